"""``python -m tests.databases ENGINE COMMAND …``: run COMMAND while a throw-away server of ENGINE is up.

COMMAND finds it through its environment; our exit status is its own.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from tests.databases import servers


def main() -> int:
    """Start, run, end, whatever happens: being terminated ends the server too."""
    if len(sys.argv) < 3 or sys.argv[1] not in servers.ENGINES:
        sys.exit(f"Usage: python -m tests.databases {{{'|'.join(servers.ENGINES)}}} COMMAND …")
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        with servers.start(sys.argv[1]) as environment:
            return subprocess.run(sys.argv[2:], env={**os.environ, **environment}, check=False).returncode
    except servers.ServerError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    sys.exit(main())
