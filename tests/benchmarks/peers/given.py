"""The unsigned credentials that our side composed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def load() -> dict[str, Any]:
    """``documents``, proof ``options``, ``contexts`` by URL, the ``seed`` of the key in hexadecimal."""
    given: dict[str, Any] = json.loads(Path(sys.argv[1]).with_name("credentials.json").read_text(encoding="utf-8"))
    return given
