"""Settings of our side: the test suite's, with the database of the benchmark."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.benchmarks.material import make_database
from tests.settings import *  # noqa: F403

DATABASES = {"default": make_database(Path(sys.argv[1]))}
