"""Run in an environment that holds only the wheel: load entry points, migrate, find a template and a style sheet."""

from importlib.metadata import entry_points

import django
from django.conf import settings

ENTRIES = [
    entry
    for group in ("lms.djangoapp", "cms.djangoapp", "xblock.v1")
    for entry in entry_points(group=group)
    if entry.name.startswith("solerni_")
]
APPS = [entry.value.replace(":", ".") for entry in ENTRIES if entry.group == "lms.djangoapp"]

settings.configure(
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.staticfiles", *APPS],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    SECRET_KEY="not-a-secret",
    STATIC_URL="/static/",
    USE_TZ=True,
)
django.setup()

from django.contrib.staticfiles import finders  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.template.loader import get_template  # noqa: E402

loaded = [entry.load() for entry in ENTRIES]
call_command("migrate", verbosity=0)
get_template("solerni/kit/page.html")
if not finders.find("solerni/kit/kit.css"):
    raise SystemExit("kit.css is missing")
print("loaded", len(loaded))  # noqa: T201
