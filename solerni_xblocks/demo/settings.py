"""Settings of the demo site. DATA_DIR holds all that it writes; it serves the loopback only, unfit for production."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

from solerni_xblocks.terms.settings.common import plugin_settings

DATA_DIR = Path(os.environ.get("DATA_DIR", ".demo")).resolve()
SECRET_KEY_FILE = DATA_DIR / "secret-key"


def _read_secret_key() -> str:
    """The key that the first start put into DATA_DIR; a passing one for tools that run before it."""
    try:
        return SECRET_KEY_FILE.read_text(encoding="ascii").strip() or secrets.token_urlsafe(50)
    except FileNotFoundError:
        return secrets.token_urlsafe(50)


SECRET_KEY = _read_secret_key()
DEBUG = False
SOLERNI_BASE_URL = os.environ.get("SOLERNI_BASE_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", urlsplit(SOLERNI_BASE_URL).hostname or "localhost"]
CSRF_TRUSTED_ORIGINS = [SOLERNI_BASE_URL]
PLATFORM_NAME = "Solerni"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "openedx_events",
    "solerni_xblocks.core",
    "solerni_xblocks.blockkit",
    "solerni_xblocks.discussion",
    "solerni_xblocks.badges",
    "solerni_xblocks.terms",
    "solerni_xblocks.members",
    "solerni_xblocks.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "solerni_xblocks.demo.headers.content_security",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "crum.CurrentRequestUserMiddleware",
    "solerni_xblocks.terms.middleware.TermsGate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "solerni_xblocks.demo.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # First, so that solerni/kit/page.html is the demo's frame, as a theme would do in the platform.
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "solerni_xblocks.demo.frame.describe_frame",
            ]
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "solerni_xblocks.demo.sqlite",
        "NAME": DATA_DIR / "demo.sqlite3",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"timeout": 20},
    }
}
CACHES = {
    # Files, since each of the two worker processes would keep a memory cache of its own.
    "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": DATA_DIR / "cache"}
}
SOLERNI_DISCUSSION_FILE_STORAGE = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": DATA_DIR / "files", "base_url": None},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"

PASSWORD_HASHERS = ["solerni_xblocks.demo.hashers.PublicPasswordHasher"]
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "solerni_xblocks.demo.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_NAME = "solerni_demo_session"
SESSION_COOKIE_SAMESITE = "Lax"

EMAIL_BACKEND = "solerni_xblocks.demo.mail_backend.MailboxBackend"
DEFAULT_FROM_EMAIL = "Solerni <ne-pas-repondre@solerni.example.org>"
CONTACT_EMAIL = "contact@solerni.example.org"
SOLERNI_TERMS_OPEN_PATHS = ["/demo"]  # personas, mailbox, clock: the demo's tools, which no platform has
SOLERNI_TERMS_BIRTH_ASKED = True
SOLERNI_CLOCK = "solerni_xblocks.demo.clock.now"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}

plugin_settings(sys.modules[__name__])  # as the platform does: filter steps, the boxes of the registration form
