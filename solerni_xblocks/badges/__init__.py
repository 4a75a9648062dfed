"""Badges: facts are recorded, criteria evaluated, awards explained and signed as credentials that anyone can verify."""
