"""Migrations of the badges domain."""
