"""Pages of the members domain, under /solerni/members/."""
from __future__ import annotations

from typing import Any

app_name = "solerni_members"
urlpatterns: list[Any] = []
