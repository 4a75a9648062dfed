"""A fresh demo site for each file of tests, a real Chromium, and eyes: screenshots and axe for every page looked at."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
KEPT = os.environ.get("SOLERNI_SCREENSHOTS", "")
"""Where pictures are to go; empty: none is taken, pages are looked at by axe alone."""
DARK = ROOT / "build/screenshots"
"""Pictures in the dark are to be looked at, not kept."""
WIDTHS = (1280, 390)
WALKS_ONLY = bool(os.environ.get("SOLERNI_WALKS_ONLY"))
"""Pages are walked and not looked at: templates and styles are the same at both ends of the matrix."""
AXE = Axe().axe_script
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": AXE_TAGS}}
"""Every rule is run; only of those that fail does each place come back, which spares megabytes a page."""
AXE_COLOURS = {**AXE_OPTIONS, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What the dark can change in a page that was judged in the light."""
PATIENCE = 10_000
"""Milliseconds that a page has for what is expected of it: two sites and two browsers share the processors."""
FRAMES = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn())))"


def find_free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def first_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a demo that was started once, before anybody came."""
    folder = tmp_path_factory.mktemp("first")
    with serve_demo(folder):
        pass
    return folder / "data"


@pytest.fixture(scope="module")
def site(first_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh demo, served as ``make demo`` serves it."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(first_data, folder / "data")
    with serve_demo(folder) as address:
        yield address


@contextmanager
def serve_demo(folder: Path) -> Iterator[str]:
    """Serve the demo of ``folder`` until it is not needed; nothing failed in it meanwhile."""
    port = find_free_port()
    environment = {**os.environ, "PORT": str(port), "DATA_DIR": str(folder / "data")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    log = (folder / "log.txt").open("w+")
    server = subprocess.Popen(
        [sys.executable, "-m", "solerni_xblocks.demo"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server, folder / "log.txt")
        yield address
    finally:
        server.terminate()
        server.wait(20)
        log.close()
    text = (folder / "log.txt").read_text()
    assert "Traceback" not in text, text[-5000:]


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            pytest.fail(f"The demo stopped: {log.read_text()}")
        try:
            requests.get(address, timeout=2)
            return
        except requests.RequestException:
            time.sleep(0.1)
    pytest.fail(f"The demo does not answer: {log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "chromium is needed: make chromium"
    expect.set_options(timeout=PATIENCE)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield launched
        launched.close()


class Visitor:
    """Somebody at a browser: one context, one page, and what went wrong in it."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.site = site
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("console", self._hear)
        self.page.on("request", self._watch)

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _watch(self, request: Any) -> None:
        if not request.url.startswith((self.site, "data:", "blob:", "about:")):
            self.faults.append(f"request to another host: {request.url}")

    def open(self, path: str) -> Page:
        """Go to ``path`` of the site; the page must exist."""
        answer = self.page.goto(path if path.startswith("http") else self.site + path)
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"
        return self.page

    def become(self, persona: str) -> None:
        """Log in with one click on the home page."""
        self.open("/")
        with self.page.expect_navigation():
            self.page.locator(f"[data-solerni-persona='{persona}']").first.click()
        if "/solerni/terms/terms/" in self.page.url:
            self.page.locator("[data-solerni-terms-tick]").check()
            self.page.locator("[data-solerni-terms-accept]").click()
            self.page.wait_for_url(lambda url: "/solerni/terms/" not in url)

    def look(self, name: str) -> None:
        """No violation for axe at both widths, light and dark; pictures where they are wanted."""
        if WALKS_ONLY:
            return
        before = self.page.viewport_size
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self._settle()
            self._shoot(ROOT / KEPT / f"{name}-{width}.png")
            self.check_accessible(f"{name} at {width}")
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{name} at {width} scrolls sideways by {wide} px"
        self.page.emulate_media(color_scheme="dark")
        self._settle()
        self._shoot(DARK / f"{name}-390-dark.png")
        self.check_accessible(f"{name} in the dark", AXE_COLOURS)
        self.page.emulate_media(color_scheme="light")
        if before:
            self.page.set_viewport_size(before)

    def _settle(self) -> None:
        """Until the page is drawn as it is now: motion is reduced, so two frames are enough."""
        self.page.evaluate(FRAMES)

    def _shoot(self, file: Path) -> None:
        """One picture of the whole page, with few colours."""
        if KEPT:
            file.parent.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=file, full_page=True, animations="disabled")
            Image.open(file).convert("RGB").quantize(64).save(file, optimize=True)

    def check_accessible(self, name: str, options: dict[str, Any] = AXE_OPTIONS) -> None:
        """axe finds no violation in the page as it is now."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        results = self.page.evaluate("options => axe.run(options)", options)
        found = [
            f"{one['id']}: {node['target']} {re.sub(chr(10), ' ', node.get('failureSummary', ''))}"
            for one in results["violations"]
            for node in one["nodes"]
        ]
        assert not found, f"{name}: " + "\n".join(found)


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Callable[..., Visitor]]:
    """Make visitors: ``visitor("lea", language="en")``. At the end none has seen a fault."""
    made: list[Visitor] = []

    def make(persona: str = "", *, language: str = "fr", width: int = 1280) -> Visitor:
        context = browser.new_context(
            locale=language, viewport={"width": width, "height": 900}, reduced_motion="reduce"
        )
        one = Visitor(context, site)
        made.append(one)
        if persona:
            one.become(persona)
        return one

    yield make
    faults = [fault for one in made for fault in one.faults]
    for one in made:
        one.context.close()
    assert faults == []
