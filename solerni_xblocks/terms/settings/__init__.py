"""Plugin settings hooks of the terms domain; each runs any number of times with the same result."""
