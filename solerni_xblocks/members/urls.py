"""Pages of the members domain, under /solerni/members/."""

from __future__ import annotations

from django.urls import path

from solerni_xblocks.members import views

app_name = "solerni_members"
urlpatterns = [
    path("", views.my_data, name="my_data"),
    path("export/", views.export, name="export"),
    path("close/", views.close, name="close"),
    path("reopen/", views.reopen, name="reopen"),
]
