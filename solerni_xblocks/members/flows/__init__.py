"""Changing rows of the members domain: one verb a module."""
