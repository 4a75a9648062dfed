"""Settings of the test suite: the demo's, in memory."""

from __future__ import annotations

from solerni_xblocks.demo.settings import *  # noqa: F403

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SOLERNI_BASE_URL = "https://learn.example.org"
SOLERNI_CLOCK = "django.utils.timezone.now"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
