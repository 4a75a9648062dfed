"""The platform under us, as ports with two adapters: ``openedx`` in an LMS or Studio, ``standalone`` elsewhere."""
