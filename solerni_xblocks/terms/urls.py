"""Pages of the terms domain, under /solerni/terms/."""

from __future__ import annotations

from django.urls import path

from solerni_xblocks.terms.views import documents, frontends

app_name = "solerni_terms"
urlpatterns = [
    path("api/v1/unacknowledged", frontends.unacknowledged, name="unacknowledged"),
    path("<slug:slug>/", documents.document, name="document"),
    path("<slug:slug>/<str:name>/", documents.version, name="version"),
]
