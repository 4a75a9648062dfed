"""What peers do with the same data. Each module runs as a process of its own, in an environment of its own."""
