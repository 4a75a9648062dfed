"""Pages of the badges domain, under /solerni/badges/."""
from __future__ import annotations

from typing import Any

app_name = "solerni_badges"
urlpatterns: list[Any] = []
