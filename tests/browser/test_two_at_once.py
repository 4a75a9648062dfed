"""Two learners post at once against two processes of four threads: every post is kept, once, and nothing fails."""

from __future__ import annotations

import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

pytestmark = pytest.mark.browser
COURSE = "course-v1:Solerni+DECOUVRIR+2026"
BLOCK = "block-v1:Solerni+DECOUVRIR+2026+type@solerni_discussion+block@cafe_discussion"
TERMS = "block-v1:Solerni+DECOUVRIR+2026+type@solerni_terms+block@conditions"
POSTS = 200


class Member:
    """Somebody with a session, speaking to handlers as the browser does."""

    def __init__(self, site: str, name: str) -> None:
        self.site = site
        self.session = requests.Session()
        # As a browser does where the connection was closed while it rested; what is sent twice is written once.
        self.session.mount(site, HTTPAdapter(max_retries=Retry(2, allowed_methods=None)))
        self.session.get(f"{site}/login", timeout=30)
        self.session.headers["Accept"] = "text/html"
        answer = self.session.post(f"{site}/demo/enter/{name}", data=self._token(), timeout=30)
        if "/solerni/terms/" in answer.url:
            form = {"language": "fr", "answer": "accept", "agree": "on", "next": "/", **self._token()}
            form["version"] = answer.text.split('name="version" value="')[1].split('"')[0]
            answer = self.session.post(f"{site}/solerni/terms/terms/", data=form, timeout=30)
        assert answer.status_code == 200, answer.status_code

    def _token(self) -> dict[str, str]:
        return {"csrfmiddlewaretoken": self.session.cookies["csrftoken"]}

    def call(self, block: str, handler: str, data: dict[str, object]) -> requests.Response:
        headers = {"X-CSRFToken": self.session.cookies["csrftoken"]}
        url = f"{self.site}/courses/{COURSE}/xblock/{block}/handler/{handler}"
        return self.session.post(url, json=data, headers=headers, timeout=60)

    def accept_terms(self) -> None:
        page = self.session.get(f"{self.site}/xblock/{TERMS}", timeout=30).text
        if 'data-version="' in page:
            version = page.split('data-version="')[1].split('"')[0]
            answer = self.call(TERMS, "accept_terms", {"version": version, "language": "fr", "agree": True})
            assert answer.status_code == 200, answer.text


def test_two_hundred_posts_by_two_learners_at_once_are_two_hundred_rows(site: str) -> None:
    members = [Member(site, "lea"), Member(site, "sam")]
    for member in members:
        member.accept_terms()
    opening = {"title": "Deux à la fois", "text": "Allez-y.", "submission": str(uuid.uuid4())}
    thread = members[0].call(BLOCK, "publish_thread", opening).json()["thread"]

    def send(number: int) -> tuple[int, str]:
        data = {"thread": thread, "text": f"Message {number}.", "submission": str(uuid.uuid4())}
        answer = members[number % 2].call(BLOCK, "publish_post", data)
        return answer.status_code, answer.json().get("uuid", answer.text)

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(send, range(POSTS)))
    assert {status for status, _ in answers} == {200}
    assert len({one for _, one in answers}) == POSTS

    seen: set[str] = set()
    after = ""
    while True:
        page = members[0].call(BLOCK, "read_thread", {"thread": thread, **({"after": after} if after else {})}).json()
        seen |= set(re.findall(r'data-solerni-post="([^"]+)"', page["html"]))
        after = page.get("after") or ""
        if not after:
            break
    assert seen >= {one for _, one in answers}
    assert len(seen) == POSTS + 1
    listed = members[1].call(BLOCK, "list_threads", {}).json()["html"]
    line = listed.split(f'data-solerni-thread="{thread}"')[1].split("</li>")[0]
    assert f"{POSTS}\N{NO-BREAK SPACE}réponses" in line or f"{POSTS} réponses" in line
