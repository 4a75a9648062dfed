"""From a folder and a port to a site that answers: checks that touch nothing, then migrations, seed and gunicorn.

Django is set up by ``prepare``; what comes before it (port, folder, database file) needs no settings.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import os
import re
import secrets
import shutil
import signal
import socket
import sqlite3
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from threading import Timer
from typing import IO, Any

HOST = "127.0.0.1"
DATABASE = "demo.sqlite3"
SETTLING = "settling"
WARMING = 5.0
"""Seconds after which a worker loads what rules need: the first pages come first."""
LOCK = "solerni-demo.lock"
"""Held while the demo runs; also the mark of a folder that the demo made."""

WORKERS = 2
THREADS = 4


class Fault(Exception):
    """The demo cannot start; the text says why and what to do, in one line."""


def read_port(text: str) -> int:
    """The TCP port written in ``text``. Raises Fault."""
    port = int(text) if re.fullmatch("[0-9]{1,5}", text) else 0
    if not 1 <= port <= 65535:
        raise Fault(f"PORT must be a number between 1 and 65535, not {text[:40]!r}.")
    return port


def claim_port(port: int) -> socket.socket:
    """A listening socket, so that the port is ours before anything is written. Raises Fault."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise Fault(f"Port {port} of {HOST} cannot be used ({error.strerror}). Choose another with PORT=…") from error
    return listener


@contextlib.contextmanager
def open_data_dir(data_dir: Path) -> Iterator[IO[str]]:
    """Make the folder if needed and hold it until the lock file is closed: one demo at a time. Raises Fault."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (data_dir / LOCK).open("a", encoding="ascii")
    except OSError as error:
        raise Fault(f"DATA_DIR {data_dir} cannot be written ({error.strerror}).") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Fault(f"DATA_DIR {data_dir} is in use by another demo. Stop it, or choose another.") from error
        yield lock


def check_packages() -> None:
    """The packages that only the demo needs are installed. Raises Fault."""
    missing = [name for name in ("gunicorn", "whitenoise") if importlib.util.find_spec(name) is None]
    if missing:
        raise Fault(f"{' and '.join(missing)} are missing: pip install 'solerni-xblocks[demo]'.")


def require_demo(data_dir: Path) -> None:
    """Refuse a folder where no demo was ever started, without writing anything. Raises Fault."""
    if not (data_dir / LOCK).exists():
        raise Fault(f"There is no demo in {data_dir}: nothing was done. Start it there first, or set DATA_DIR.")


def check_database(path: Path) -> None:
    """Refuse a database that is damaged, read-only or not ours, without changing it. Raises Fault."""
    if not path.exists():
        return
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=5, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute(f"PRAGMA user_version = {version:d}")  # a write that changes nothing: is it allowed?
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise Fault(f"The database {path} cannot be used ({error}). It was left as it is.") from error
    if answer != "ok":
        raise Fault(f"The database {path} is damaged. It was left as it is: restore a copy, or start with reset.")
    if tables and "django_migrations" not in tables:
        raise Fault(f"The database {path} is not one of the demo. It was left as it is: choose another DATA_DIR.")


def keep_secret_key(path: Path) -> None:
    """Make the site's secret key at the first start, readable by its owner only. Raises Fault."""
    try:
        if path.exists():
            path.read_text(encoding="ascii")
            return
        with open(path, "x", encoding="ascii", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(50))
    except (OSError, ValueError) as error:
        raise Fault(f"The secret key {path} cannot be read or written.") from error


def erase(data_dir: Path) -> None:
    """Remove what the demo wrote into its folder: database, cache, secret key; nothing else. Raises Fault."""
    try:
        for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "secret-key", SETTLING):
            (data_dir / name).unlink(missing_ok=True)
        shutil.rmtree(data_dir / "cache", ignore_errors=True)
    except OSError as error:
        raise Fault(f"{error.filename} cannot be removed ({error.strerror}).") from error


def prepare() -> list[str]:
    """Set Django up, migrate and seed when something is missing; returns what was done. Raises Fault."""
    import django  # noqa: PLC0415 - settings read the secret key, which is there now

    django.setup()
    from django.db import DatabaseError, connections  # noqa: PLC0415 - Django is set up now

    try:
        return [*_migrate(), *_seed()]
    except DatabaseError as error:
        raise Fault(f"The database cannot be used ({error}). Nothing was overwritten.") from error
    finally:
        connections.close_all()


def _migrate() -> list[str]:
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up by the caller
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    if unknown:
        app, name = min(unknown)
        raise Fault(f"The database was made by another version of Solerni ({app}.{name}). It was left as it is.")
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return []
    call_command("migrate", verbosity=0, interactive=False)
    call_command("solerni_discussion_evidence", "--guard", stdout=StringIO())
    return ["migrations"]


def _seed() -> list[str]:
    from solerni_xblocks.demo import seed  # noqa: PLC0415 - Django is set up by the caller

    missing = seed.list_missing()
    if missing:
        seed.seed_missing()
    return missing


def make_application() -> Any:
    """The WSGI application, with the static files of every app before it."""
    from django.contrib.staticfiles import finders  # noqa: PLC0415 - Django is set up by the caller
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415
    from whitenoise import WhiteNoise  # noqa: PLC0415

    # Straight from the packages, without a copy that could be stale after an upgrade; the browser asks each time.
    files = WhiteNoise(get_wsgi_application(), max_age=0, allow_all_origins=False)
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            files.add_file_to_dictionary(f"/static/{path}", storage.path(path))
    return files


def _begin_work(worker: Any) -> None:
    """Ctrl-C is the parent's; what time brings is settled, and what rules need is loaded, beside the requests."""
    from solerni_xblocks.demo import settling  # noqa: PLC0415 - Django is set up by the caller
    from solerni_xblocks.discussion import api  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settling.start(Path(os.environ["DATA_DIR"]) / SETTLING)
    warming = Timer(WARMING, api.warm_up_rules)
    warming.daemon = True
    warming.start()


def serve(listener: socket.socket, lock: IO[str]) -> None:
    """Answer on ``listener`` until Ctrl-C or SIGTERM; requests under way are finished. Does not return.

    Only the parent process keeps ``lock``: the folder is free as soon as it ends.
    """
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 - needed here only, slow to import
    from gunicorn.arbiter import Arbiter  # noqa: PLC0415

    class Site(BaseApplication):
        """The demo under gunicorn, configured here and nowhere else."""

        def load_config(self) -> None:
            values = {
                "bind": f"fd://{listener.detach()}",
                "workers": WORKERS,
                "threads": THREADS,
                "worker_class": "gthread",
                "preload_app": True,
                "timeout": 60,
                "graceful_timeout": 5,
                "loglevel": "warning",
                "proc_name": "solerni-demo",
                "control_socket_disable": True,
                "post_fork": lambda arbiter, worker: lock.close(),
                "post_worker_init": _begin_work,
            }
            for name in values.keys() & self.cfg.settings.keys():
                self.cfg.set(name, values[name])

        def load(self) -> Any:
            return make_application()

    class Patient(Arbiter):
        """Ctrl-C lets requests under way finish, as SIGTERM does."""

        handle_int = Arbiter.handle_term

    Patient(Site()).run()
