"""Why a document cannot be signed or trusted. A code for programs; words are made elsewhere."""

from __future__ import annotations


class CredentialError(ValueError):
    """``code`` names the reason; ``detail`` a term, a URL or a field of the document."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
