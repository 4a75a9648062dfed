"""The optional libraries of the rules: what each is for, and which of them this process cannot load."""

from __future__ import annotations


class LibraryMissing(Exception):
    """A library that a measure needs is not installed; the rule does not judge."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)
