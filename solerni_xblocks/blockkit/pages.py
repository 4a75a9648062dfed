"""What domains put beside every full page, whoever made the frame; the frame names no domain."""

from __future__ import annotations

_beside: list[str] = []


def put_beside(template: str) -> None:
    """Let every page end with ``template``, rendered in the page's context; told twice, shown once."""
    if template not in _beside:
        _beside.append(template)


def list_beside() -> list[str]:
    """The templates that were put beside pages, in their order."""
    return list(_beside)
