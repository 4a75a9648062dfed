"""Filters that templates of every domain share."""
