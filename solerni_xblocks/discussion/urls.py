"""Pages of the discussion domain, under /solerni/discussion/."""

from __future__ import annotations

from django.urls import path

from solerni_xblocks.discussion import views

app_name = "solerni_discussion"
urlpatterns = [
    path("threads/<uuid:uuid>/", views.open_thread, name="thread"),
    path("post/<uuid:uuid>/", views.open_post, name="post"),
    path("queue/", views.show_queue, name="queue"),
    path("queue/<uuid:uuid>/", views.decide_post, name="decide"),
]
