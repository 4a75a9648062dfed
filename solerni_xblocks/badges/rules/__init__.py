"""Decisions about facts and criteria: pure functions over frozen values."""
