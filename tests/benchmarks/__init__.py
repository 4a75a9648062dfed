"""Ourselves beside named peers: ``python -m tests.benchmarks`` (``make bench``) measures, prints and writes the figures."""
