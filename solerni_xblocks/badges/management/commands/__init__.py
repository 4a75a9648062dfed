"""Commands of the badges domain."""
