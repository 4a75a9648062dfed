"""Addresses of the demo site: the platform's shapes, our plugin pages, and the demo's own."""
from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("solerni/discussion/", include("solerni_xblocks.discussion.urls")),
    path("solerni/badges/", include("solerni_xblocks.badges.urls")),
    path("solerni/terms/", include("solerni_xblocks.terms.urls")),
    path("solerni/members/", include("solerni_xblocks.members.urls")),
]
