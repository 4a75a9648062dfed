"""Pages of the terms domain, under /solerni/terms/."""
from __future__ import annotations

from typing import Any

app_name = "solerni_terms"
urlpatterns: list[Any] = []
