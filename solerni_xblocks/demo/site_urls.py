"""Addresses of the site's own pages."""

from __future__ import annotations

from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import path
from django.views.generic import RedirectView

from solerni_xblocks.demo import api_views, enrolment, registration_views, views

app_name = "solerni_demo"
urlpatterns = [
    path("", views.show_home, name="home"),
    path("login", views.LogIn.as_view(), name="login"),
    path("logout", views.leave, name="logout"),
    path("register", registration_views.show_registration, name="register"),
    path("api/user/v2/account/registration/", registration_views.answer_registration, name="registration_api"),
    path("change_enrollment", enrolment.change_enrolment, name="change_enrolment"),
    path("login_refresh", api_views.refresh_cookies, name="login_refresh"),
    path("oauth2/access_token", api_views.issue_token, name="access_token"),
    path("heartbeat", api_views.tell_health, name="heartbeat"),
    path("certificates/<uuid:uuid>", api_views.show_certificate, name="certificate"),
    path("demo/enter/<slug:username>", views.enter, name="enter"),
    path("demo/language", views.choose_language, name="language"),
    path("demo/view-as", views.choose_view, name="view_as"),
    path("demo/mail/", views.list_mails, name="mails"),
    path("demo/mail/<int:mail_id>/", views.show_mail, name="mail"),
    path("demo/mail/<int:mail_id>/html", views.show_mail_html, name="mail_html"),
    path("demo/clock/", views.show_clock, name="clock"),
    path("demo/events/", views.list_events, name="events"),
    path("favicon.ico", RedirectView.as_view(url=staticfiles_storage.url("solerni_demo/sign.svg"))),
]
