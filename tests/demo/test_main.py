"""Starting, stopping and failing to start: ``python -m solerni_xblocks.demo``."""

from __future__ import annotations

import socket
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from solerni_xblocks.demo import serving
from solerni_xblocks.demo.__main__ import main
from tests.demo.site import find_free_port


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: Any) -> Path:
    """A folder that does not exist yet, and a free port, in the environment."""
    folder = tmp_path / "data"
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.setenv("PORT", str(find_free_port()))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.settings")
    return folder


@pytest.fixture
def fault(data_dir: Path, capsys: Any, monkeypatch: Any) -> Any:
    """Start, expect a refusal before Django is touched, and return its only line."""

    def never(*arguments: Any) -> None:
        raise AssertionError("too late")

    def start(command: str = "serve") -> str:
        monkeypatch.setattr(serving, "prepare", never)
        assert main([command]) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.count("\n") == 1
        assert "Traceback" not in printed.err
        return str(printed.err)

    return start


@pytest.mark.parametrize("port", ["0", "65536", "80a", "-1", "８０", "9" * 5000])
def test_a_bad_port_is_named(fault: Any, monkeypatch: Any, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    line = fault()
    assert "PORT must be a number" in line
    assert len(line) < 200


def test_a_port_in_use_is_named_before_anything_is_written(fault: Any, data_dir: Path, monkeypatch: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        assert f"Port {port}" in fault()
    assert not data_dir.exists()


def test_a_data_dir_that_is_a_file_is_named(fault: Any, data_dir: Path) -> None:
    data_dir.write_text("mine")
    assert str(data_dir) in fault()
    assert data_dir.read_text() == "mine"


def test_a_data_dir_below_a_file_is_named(fault: Any, data_dir: Path, monkeypatch: Any) -> None:
    data_dir.write_text("mine")
    monkeypatch.setenv("DATA_DIR", str(data_dir / "below"))
    assert "cannot be written" in fault()


@pytest.mark.parametrize("command", ["serve", "reset"])
def test_a_folder_in_use_by_another_demo_is_left_alone(fault: Any, data_dir: Path, command: str) -> None:
    with serving.open_data_dir(data_dir):
        assert "in use by another demo" in fault(command)


def test_garbage_in_place_of_the_database_is_left_as_it_is(fault: Any, data_dir: Path) -> None:
    data_dir.mkdir()
    database = data_dir / "demo.sqlite3"
    database.write_bytes(b"not a database" * 1000)
    assert str(database) in fault()
    assert database.read_bytes() == b"not a database" * 1000


def test_a_damaged_database_is_left_as_it_is(fault: Any, data_dir: Path) -> None:
    data_dir.mkdir()
    database = data_dir / "demo.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE django_migrations (name TEXT)")
        connection.executemany("INSERT INTO django_migrations VALUES (?)", [("x" * 500,)] * 500)
    connection.close()
    content = bytearray(database.read_bytes())
    content[8192:40960] = b"\xff" * 32768
    database.write_bytes(content)
    assert "left as it is" in fault()
    assert database.read_bytes() == bytes(content)


def test_a_folder_in_place_of_the_database_is_named(fault: Any, data_dir: Path) -> None:
    (data_dir / "demo.sqlite3").mkdir(parents=True)
    assert "demo.sqlite3" in fault()


def test_somebody_elses_database_is_refused(fault: Any, data_dir: Path) -> None:
    data_dir.mkdir()
    with sqlite3.connect(data_dir / "demo.sqlite3") as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    assert "is not one of the demo" in fault()


def test_a_database_that_cannot_be_written_is_named(data_dir: Path, monkeypatch: Any) -> None:
    data_dir.mkdir()
    database = data_dir / "demo.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE django_migrations (name TEXT)")
    connection.close()
    connect = sqlite3.connect
    read_only = f"file:{database}?mode=ro"
    monkeypatch.setattr(sqlite3, "connect", lambda path, **kwargs: connect(read_only, uri=True, **kwargs))
    with pytest.raises(serving.Fault, match="readonly"):
        serving.check_database(database)


def test_a_secret_key_that_cannot_be_read_is_named(fault: Any, data_dir: Path) -> None:
    (data_dir / "secret-key").mkdir(parents=True)
    assert "secret-key" in fault()


def test_the_secret_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    serving.keep_secret_key(path)
    first = path.read_text()
    serving.keep_secret_key(path)
    assert path.read_text() == first
    assert len(first) > 40
    assert path.stat().st_mode & 0o777 == 0o600


def test_reset_erases_what_the_demo_wrote_and_nothing_else(data_dir: Path, capsys: Any) -> None:
    (data_dir / "cache").mkdir(parents=True)
    for name in ("demo.sqlite3", "demo.sqlite3-wal", "secret-key", "letter.txt", serving.LOCK):
        (data_dir / name).write_text("x")
    assert main(["reset"]) == 0
    assert {path.name for path in data_dir.iterdir()} == {"letter.txt", serving.LOCK}
    assert str(data_dir) in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["reset"], ["manage", "solerni_terms", "list"]])
def test_a_folder_that_the_demo_did_not_make_is_left_alone(data_dir: Path, capsys: Any, arguments: list[str]) -> None:
    assert main(arguments) == 1
    assert not data_dir.exists()
    (data_dir / "cache").mkdir(parents=True)
    (data_dir / "secret-key").write_text("mine")
    assert main(arguments) == 1
    assert {path.name for path in data_dir.iterdir()} == {"cache", "secret-key"}
    assert f"There is no demo in {data_dir}" in capsys.readouterr().err


def test_manage_names_a_damaged_database_in_one_line(data_dir: Path, capsys: Any) -> None:
    data_dir.mkdir()
    (data_dir / serving.LOCK).touch()
    (data_dir / serving.DATABASE).write_bytes(b"random bytes" * 500)
    assert main(["manage", "solerni_terms", "list"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert {path.name for path in data_dir.iterdir()} == {serving.LOCK, serving.DATABASE}


def test_packages_that_only_the_demo_needs_are_asked_for(data_dir: Path, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(serving.importlib.util, "find_spec", lambda name: None)
    assert main(["serve"]) == 1
    assert "pip install 'solerni-xblocks[demo]'" in capsys.readouterr().err
    assert not data_dir.exists()


@pytest.mark.parametrize("arguments", [["fly"], ["serve", "now"], ["reset", "all"]])
def test_an_unknown_command_shows_the_known_ones(data_dir: Path, capsys: Any, arguments: list[str]) -> None:
    assert main(arguments) == 2
    assert "reset" in capsys.readouterr().err


def test_help_is_not_a_failure(data_dir: Path, capsys: Any) -> None:
    assert main(["--help"]) == 0
    assert "DATA_DIR" in capsys.readouterr().out


def test_manage_runs_a_command_of_django(data_dir: Path, capsys: Any) -> None:
    data_dir.mkdir()
    (data_dir / serving.LOCK).touch()
    assert main(["manage", "check"]) == 0


def test_who_stops_the_first_start_is_not_shown_a_traceback(data_dir: Path, capsys: Any, monkeypatch: Any) -> None:
    def stop(*arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(serving, "prepare", stop)
    assert main(["serve"]) == 130
    assert capsys.readouterr().err == ""
