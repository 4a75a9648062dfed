"""Throw-away servers: data in a temporary folder, reached by a Unix socket in it, nothing on the network.

Unix sockets rather than ports: no port is guessed, and nobody else on the machine can connect.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL, SIGQUIT
from time import monotonic, sleep

from tests.databases.settings import COLLATION, ENGINE, NAME, SOCKET

PATIENCE = 120
"""Seconds after which a server that does not answer is given up."""

MEGABYTE = 1 << 20


class ServerError(Exception):
    """A server that is not installed or does not start; the text says why."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """One engine in ``folder``: what makes its data, serves it, asks whether it answers, and prepares it then.

    ``account`` runs it when we are root; ``farewell`` is the signal that ends it at once; ``socket`` is the host that
    Django is given.
    """

    socket: Path
    account: str
    make: list[str]
    serve: list[str]
    ask: list[str]
    farewell: int
    prepare: str = "true"


def describe_mariadb(folder: Path, *, is_lasting: bool) -> Server:
    """MariaDB with InnoDB and utf8mb4, and the time zones that its official image has too."""
    data, socket, start = folder / "data", folder / "socket", folder / "start.sql"
    start.write_text(
        f"CREATE DATABASE {NAME} CHARACTER SET utf8mb4 COLLATE {COLLATION};\n"
        f"CREATE USER {NAME}@localhost;\nGRANT ALL ON *.* TO {NAME}@localhost;\n",
        encoding="ascii",
    )
    careless = ["--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync", "--skip-innodb-doublewrite"]
    # Who measures fills tables by the million: pages stay in memory, and an index of words is sorted in few passes.
    roomy = ["--innodb-log-file-size=2G", "--innodb-sort-buffer-size=64M"]
    size = _share_memory() if is_lasting else 256 * MEGABYTE
    client = _find("mariadb", "--no-defaults", f"--socket={socket}", f"--user={NAME}")
    return Server(
        socket=socket,
        account="mysql",
        make=[
            *_find("mariadb-install-db", "--no-defaults", f"--datadir={data}"),
            "--skip-test-db",
            "--skip-name-resolve",
        ],
        serve=[
            *_find("mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={socket}"),
            # Not /tmp: a server that starts takes away what another has there.
            f"--tmpdir={folder}",
            "--skip-networking",
            f"--init-file={start}",
            "--character-set-server=utf8mb4",
            f"--collation-server={COLLATION}",
            f"--innodb-buffer-pool-size={size}",
            *(roomy if is_lasting else careless),
        ],
        ask=[*client, f"--execute=USE {NAME}"],
        farewell=SIGKILL,
        prepare=f"mariadb-tzinfo-to-sql /usr/share/zoneinfo | {shlex.join(client)} mysql",
    )


def describe_postgresql(folder: Path, *, is_lasting: bool) -> Server:
    """PostgreSQL with UTF-8."""
    data = folder / "data"
    careless = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
    return Server(
        socket=folder,
        account="postgres",
        make=[
            *_find("initdb", f"--pgdata={data}", f"--username={NAME}", "--auth=trust"),
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        ],
        serve=[
            *_find("postgres", "-D", str(data), "-k", str(folder), "-c", "listen_addresses="),
            *([] if is_lasting else careless),
        ],
        ask=_find("psql", f"--host={folder}", f"--username={NAME}", "--dbname=postgres", "--command=SELECT 1"),
        farewell=SIGQUIT,
    )


ENGINES = {"mariadb": describe_mariadb, "postgresql": describe_postgresql}


@contextmanager
def start(engine: str, *, is_lasting: bool = False) -> Iterator[dict[str, str]]:
    """A server of ``engine``; gives the environment that leads the settings to it. It ends with its data.

    ``is_lasting``: commits reach the disk, as in a platform, for whoever measures. Raises ServerError.
    """
    with tempfile.TemporaryDirectory(prefix="solerni-db-", ignore_cleanup_errors=True) as path:
        folder = Path(path)
        server = ENGINES[engine](folder, is_lasting=is_lasting)
        as_account = _become(server.account, folder)
        log = folder / "log"
        with log.open("wb") as sink:
            if subprocess.run(server.make, stdout=sink, stderr=sink, cwd=folder, check=False, **as_account).returncode:
                raise ServerError(f"{engine} cannot make its data:\n{_read_end(log)}")
            # A session of its own: Ctrl-C is for us, who then end it.
            with subprocess.Popen(
                server.serve, stdout=sink, stderr=sink, cwd=folder, start_new_session=True, **as_account
            ) as process:
                try:
                    _await(server, process, log)
                    subprocess.run(server.prepare, shell=True, stdout=sink, stderr=sink, check=True)  # noqa: S602 - ours
                    yield {ENGINE: engine, SOCKET: str(server.socket)}
                finally:
                    process.send_signal(server.farewell)


def _share_memory() -> int:
    """A third of the machine's memory in whole megabytes: what a server that is not alone on it may be given."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 3 // MEGABYTE * MEGABYTE


def _become(account: str, folder: Path) -> dict[str, str]:
    """Neither server should run as root: then it runs under the account that its Debian package made."""
    if os.geteuid():
        return {}
    shutil.chown(folder, account, account)
    return {"user": account, "group": account}


def _await(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers. Raises ServerError."""
    end = monotonic() + PATIENCE
    while subprocess.run(server.ask, capture_output=True, check=False).returncode:
        if process.poll() is not None or monotonic() > end:
            raise ServerError(f"the server does not start:\n{_read_end(log)}")
        sleep(0.1)


def _find(program: str, *given: str) -> list[str]:
    """The command, its program found where Debian puts it. Raises ServerError."""
    places = [os.environ.get("PATH", ""), "/usr/sbin", *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin")))]
    found = shutil.which(program, path=os.pathsep.join(places))
    if found is None:
        raise ServerError(f"{program} is not installed: sudo apt install mariadb-server postgresql")
    return [found, *given]


def _read_end(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-2000:]
