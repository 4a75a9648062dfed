"""Storages that a setting of ours describes, in the shape of an entry of Django's STORAGES.

Not an alias in STORAGES: platforms that still set DEFAULT_FILE_STORAGE can have no alias of their own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage
from django.core.files.storage.handler import StorageHandler
from django.core.signals import setting_changed

from solerni_xblocks.core import conf

_NAME = "solerni"


class StoreFailed(Exception):
    """The storage did not take what it was given; each kind of storage has its own errors for that."""


@cache
def find_store(setting: str) -> Storage | None:
    """The storage that ``setting`` describes; None where it is empty.

    Raises: InvalidStorageError (ImproperlyConfigured) for a backend that does not exist.
    """
    described = conf.get(setting)
    return StorageHandler({_NAME: described})[_NAME] if described else None


def keep(store: Storage, name: str, content: bytes) -> str:
    """Under which name ``store`` keeps ``content``. Raises StoreFailed, whatever the storage raises."""
    try:
        return store.save(name, ContentFile(content))
    except Exception as error:  # those of services that are reached by network derive from nothing in common
        raise StoreFailed from error


def is_in_the_open(store: Storage) -> bool:
    """Whether what ``store`` keeps can be read past us: below a folder that is served, or by the leave of its own."""
    if isinstance(store, FileSystemStorage):
        served = [Path(root).resolve() for root in (settings.MEDIA_ROOT, settings.STATIC_ROOT) if root]
        return any(Path(store.location).resolve().is_relative_to(root) for root in served)
    return str(getattr(store, "default_acl", "")).startswith("public")


def _forget(*, setting: str, **kwargs: Any) -> None:
    if setting in conf.SETTINGS:
        find_store.cache_clear()


setting_changed.connect(_forget, dispatch_uid=f"{__name__}.find_store")
