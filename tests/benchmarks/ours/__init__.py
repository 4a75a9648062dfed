"""What we do with the same data, asked as our users ask it."""
