"""Pages of the badges domain, under /solerni/badges/. Credentials promise them: see data.Addresses."""

from __future__ import annotations

from django.urls import path

from solerni_xblocks.badges import views

app_name = "solerni_badges"
urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("awards/<uuid:uuid>/", views.award, name="award"),
    path("awards/<uuid:uuid>/credential.json", views.credential, name="credential"),
    path("issuer/", views.issuer, name="issuer"),
    path("issuer/did.json", views.did_document, name="did"),
    path("achievements/<uuid:uuid>/", views.achievement, name="achievement"),
    path("achievements/<uuid:uuid>/image.svg", views.image, name="image"),
]
