"""System checks of what keeps evidence: asked when a site is deployed, without a database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Warning

from solerni_xblocks.core import conf

CHECKPOINTS = "SOLERNI_TERMS_CHECKPOINTS"


def check_checkpoints(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Checkpoints go to a file that can be written; how old the last one is, solerni_terms_verify says."""
    kept = conf.get(CHECKPOINTS)
    if not kept:
        message = "Checkpoints of the proofs stay in the database alone: who can change proofs can change them too."
        return [
            Warning(message, hint=f"Set {CHECKPOINTS} to a file that is copied elsewhere.", id="solerni_terms.W031")
        ]
    target = Path(kept)
    if os.access(target if target.exists() else target.parent, os.W_OK):
        return []
    return [Warning(f"{CHECKPOINTS} cannot be written: {kept}", id="solerni_terms.W032")]
