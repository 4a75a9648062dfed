"""Calls to other machines end in time, stay small, and follow nobody elsewhere; against a real server."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator

import pytest

from solerni_xblocks.core import httpkit
from tests.doubles.services import FakeService, Reply


@pytest.fixture
def service() -> Iterator[FakeService]:
    found = FakeService()
    yield found
    found.close()


def call(service: FakeService, **more: object) -> httpkit.Answer:
    return httpkit.post(service.url, body=b"x", headers={"X-Own": "1"}, **more)


def test_the_answer_comes_with_status_headers_and_body(service) -> None:
    service.reply = Reply(status=418, body=b"tea", headers={"Retry-After": "9"})
    answer = call(service)
    assert (answer.status, answer.body, answer.headers["retry-after"]) == (418, b"tea", "9")
    assert (service.asked[0].body, service.asked[0].headers["x-own"]) == (b"x", "1")


@pytest.mark.parametrize(
    "reply", [Reply(late=5), Reply(body=b"x" * 500, drip=0.05), Reply(drips_headers=True)], ids=["late", "drip", "head"]
)
def test_a_slow_answer_ends_at_the_deadline(service, reply) -> None:
    service.reply = reply
    start = time.monotonic()
    with pytest.raises(httpkit.Unreachable) as trouble:
        call(service, seconds=0.4)
    assert trouble.value.code == "timeout" and time.monotonic() - start < 2


@pytest.mark.parametrize("packed", [False, True])
def test_a_long_answer_is_cut_off_also_when_it_was_packed(service, packed) -> None:
    body = b"0" * 5_000_000
    headers = {"Content-Encoding": "deflate"} if packed else {}
    service.reply = Reply(body=zlib.compress(body) if packed else body, headers=headers)
    with pytest.raises(httpkit.Unreachable) as trouble:
        call(service, seconds=5)
    assert trouble.value.code == "too_large"


def test_a_redirect_is_not_followed(service) -> None:
    service.reply = Reply(status=307, headers={"Location": service.url})
    assert call(service).status == 307 and len(service.asked) == 1


@pytest.mark.parametrize("reply", [Reply(headers={"Content-Length": "99"}, body=b"short"), Reply(status=1)])
def test_a_broken_answer_is_no_answer(service, reply) -> None:
    service.reply = reply
    with pytest.raises(httpkit.Unreachable):
        call(service, seconds=1)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://[", "nonsense", "ftp://127.0.0.1/"])
def test_an_address_that_leads_nowhere_is_told_at_once(url) -> None:
    with pytest.raises(httpkit.Unreachable) as trouble:
        httpkit.post(url, body=b"", headers={})
    assert trouble.value.code == "connection"


def test_no_key_of_the_machines_netrc_takes_the_place_of_ours(service, tmp_path, monkeypatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    httpkit.post(service.url, body=b"", headers={"Authorization": "Bearer ours"})
    assert service.asked[0].headers["authorization"] == "Bearer ours"
