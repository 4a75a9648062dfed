"""Members: what the service owes each account. Duties discharged and recorded; accounts closed and taken back."""
