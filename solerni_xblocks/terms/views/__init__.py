"""Pages of the terms domain, a module a subject."""
