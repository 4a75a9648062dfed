"""Decisions about posts, given plain values. One module a rule; ``moderation`` puts them together."""
