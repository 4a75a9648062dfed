"""Commands of the terms domain."""
