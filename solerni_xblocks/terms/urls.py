"""Pages of the terms domain, under /solerni/terms/."""

from __future__ import annotations

from django.urls import path

from solerni_xblocks.terms import views

app_name = "solerni_terms"
urlpatterns = [
    path("<slug:slug>/", views.document, name="document"),
    path("<slug:slug>/<str:name>/", views.version, name="version"),
]
