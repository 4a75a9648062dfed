"""Plugin settings hooks of the platform; each runs any number of times with the same result."""
