"""Addresses of the demo site: the platform's shapes, our plugin pages, and the demo's own."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

handler400 = "solerni_xblocks.demo.views.refuse_request"
handler403 = "solerni_xblocks.demo.views.refuse_access"
handler404 = "solerni_xblocks.demo.views.miss_page"
handler500 = "solerni_xblocks.demo.views.admit_fault"

urlpatterns = [
    path("solerni/discussion/", include("solerni_xblocks.discussion.urls")),
    path("solerni/badges/", include("solerni_xblocks.badges.urls")),
    path("solerni/terms/", include("solerni_xblocks.terms.urls")),
    path("solerni/members/", include("solerni_xblocks.members.urls")),
    path("admin/", admin.site.urls),
    path("", include("solerni_xblocks.demo.block_urls")),
    path("", include("solerni_xblocks.demo.site_urls")),
]
