"""Members: what the service owes each account. Today the duties export and forget, discharged and recorded."""
