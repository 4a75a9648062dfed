"""Commands of the discussion domain."""
