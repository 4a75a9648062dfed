"""Ourselves beside named peers: ``python -m tests.benchmarks`` measures, prints a table and writes the figures."""
