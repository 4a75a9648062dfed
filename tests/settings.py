"""Settings of the test suite: the demo's, on a database of its own that several threads can share."""

from __future__ import annotations

from solerni_xblocks.demo.settings import *  # noqa: F403
from solerni_xblocks.demo.settings import DATABASES
from tests.databases.settings import choose_database

# SQLite with the demo's engine: its locks are the ones to test.
DATABASES["default"] = choose_database(DATABASES["default"])
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SOLERNI_TERMS_BIRTH_ASKED = False  # as without a setting: accounts of tests need no birth date unless they are about it
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SOLERNI_BASE_URL = "https://learn.example.org"
SOLERNI_DISCUSSION_FILE_STORAGE = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
SOLERNI_CLOCK = "django.utils.timezone.now"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
