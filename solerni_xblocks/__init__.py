"""Solerni: moderated discussions, verifiable badges and binding terms for Open edX."""
