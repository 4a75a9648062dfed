"""Changing rows of the terms domain: one verb a module."""
