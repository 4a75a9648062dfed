"""Pages of the discussion domain, under /solerni/discussion/."""
from __future__ import annotations

from typing import Any

app_name = "solerni_discussion"
urlpatterns: list[Any] = []
