"""``python -m tests.databases ENGINE [--lasting] COMMAND …``: run COMMAND while a throw-away server of ENGINE is up.

COMMAND finds it through its environment; our exit status is its own. ``--lasting``: commits reach the disk.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from tests.databases import servers


def main() -> int:
    """Start, run, end, whatever happens: being terminated ends the server too."""
    engine, *command = sys.argv[1:] or [""]
    is_lasting = command[:1] == ["--lasting"]
    command = command[is_lasting:]
    if engine not in servers.ENGINES or not command:
        sys.exit(f"Usage: python -m tests.databases {{{'|'.join(servers.ENGINES)}}} [--lasting] COMMAND …")
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        with servers.start(engine, is_lasting=is_lasting) as environment:
            return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode
    except servers.ServerError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    sys.exit(main())
