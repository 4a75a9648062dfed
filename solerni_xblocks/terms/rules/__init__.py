"""Decisions of the terms domain: which version governs, what is owed, what may be published. Pure."""
