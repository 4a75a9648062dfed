"""``python -m solerni_xblocks.demo [serve | reset | manage …]``: the embedded LMS and Studio.

PORT (8000) and DATA_DIR (./.demo) come from the environment. ``serve``, which is the default, makes the folder and the
database when they are missing. ``reset`` erases them. ``manage`` runs a management command of Django on them.
"""

# ruff: noqa: T201 - a command speaks on the terminal

from __future__ import annotations

import os
import sys
from pathlib import Path

from solerni_xblocks.demo import serving
from solerni_xblocks.demo.serving import Fault

SETTINGS = "solerni_xblocks.demo.settings"


def main(arguments: list[str]) -> int:
    """Run one command; the answer is the exit status. A fault is one line on stderr."""
    command, *rest = arguments or ["serve"]
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    data_dir = Path(os.environ.get("DATA_DIR") or ".demo").resolve()
    os.environ["DATA_DIR"] = str(data_dir)
    os.umask(0o077)  # accounts, sessions and mails are nobody else's
    try:
        if command == "serve" and not rest:
            return run_site(data_dir)
        if command == "reset" and not rest:
            return reset(data_dir)
        if command == "manage":
            return manage(data_dir, rest)
    except Fault as fault:
        print(f"Solerni demo: {fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # before there was anything to stop; the next start goes on from there
        return 130
    print((__doc__ or "").strip(), file=sys.stdout if command in ("help", "-h", "--help") else sys.stderr)
    return 0 if command in ("help", "-h", "--help") else 2


def run_site(data_dir: Path) -> int:
    """Serve until stopped. Nothing is written before the port is ours and the database is sound."""
    serving.check_packages()
    port = serving.read_port(os.environ.get("PORT") or "8000")
    os.environ["PORT"] = str(port)
    with serving.claim_port(port) as listener, serving.open_data_dir(data_dir) as lock:
        serving.check_database(data_dir / serving.DATABASE)
        serving.keep_secret_key(data_dir / "secret-key")
        serving.prepare()
        print(describe_site(data_dir), flush=True)
        serving.serve(listener, lock)
    return 0


def reset(data_dir: Path) -> int:
    """Erase the demo's data; the next start begins afresh."""
    serving.require_demo(data_dir)
    with serving.open_data_dir(data_dir):
        serving.erase(data_dir)
    print(f"The data of the demo in {data_dir} is erased.")
    return 0


def manage(data_dir: Path, arguments: list[str]) -> int:
    """Run Django's ``manage.py`` on the demo's data."""
    serving.require_demo(data_dir)
    serving.check_database(data_dir / serving.DATABASE)
    serving.keep_secret_key(data_dir / "secret-key")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - DATA_DIR is set now

    execute_from_command_line(["python -m solerni_xblocks.demo manage", *arguments])
    return 0


def describe_site(data_dir: Path) -> str:
    """Where the site is, who can log in, how to stop."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up now
    from django.utils.translation import override  # noqa: PLC0415

    from solerni_xblocks.demo.personas import PERSONAS  # noqa: PLC0415

    with override("en"):
        rows = [(persona.name, persona.username, persona.password, str(persona.role)) for persona in PERSONAS]
    table = [f"  {name:<8}{username:<10}{password:<14}{role}" for name, username, password, role in rows]
    head = [f"Solerni demo: {settings.SOLERNI_BASE_URL}/", f"Data: {data_dir}", "", "One click on the page, or log in:"]
    return "\n".join([*head, f"  {'Who':<8}{'User':<10}{'Password':<14}Role", *table, "", "Stop with Ctrl-C."])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
