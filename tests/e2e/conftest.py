"""A browser before a running server, with the demonstration loaded."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from attestation.management.commands.load_demo import DEMO_PASSWORD
from attestation.regime_files import load_regimes
from positions.norms import load_norms
from tests.snapshots import put_back

# The browser's driver keeps an event loop in this thread; the database is used from it all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = shutil.which("chromium")
#: So many thousandths of a second is waited for what a page is to show.
WAIT = 15_000
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium, or skip where there is none."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        expect.set_options(timeout=WAIT)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where databases are kept aside."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def law(transactional_db: None, kept: Path) -> None:
    """Have norms and rule-sets on file: the test before has left nothing, for a server sees only what is committed."""
    put_back("law", _load_law, kept)


@pytest.fixture
def demo(transactional_db: None, kept: Path) -> None:
    """Have the demonstration on file."""
    put_back("demo", _load_demo, kept)


def _load_law() -> None:
    load_norms(settings.BASE_DIR / "fixtures" / "norms")
    load_regimes(settings.BASE_DIR / "fixtures" / "regimes")


def _load_demo() -> None:
    _load_law()
    settings.DEBUG = True
    call_command("load_demo", stdout=io.StringIO())
    settings.DEBUG = False


@pytest.fixture
def open_as(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Give a way to open a page as a user, each time in a browser of her own, in a language and at a width."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, *, user: str | None, password: str, language: str, width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=live_server.url)
        contexts.append(context)
        context.set_default_timeout(WAIT)
        context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}])
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.asked = asked  # type: ignore[attr-defined]
        if user is not None:
            page.goto("/accounts/login/")
            page.fill("input[name=login]", user)
            page.fill("input[name=password]", password)
            page.press("input[name=password]", "Enter")
            page.wait_for_url(lambda url: "/accounts/" not in url)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def visit(open_as: Callable[..., Page], demo: None) -> Callable[..., Page]:
    """Give a way to open a page as a user of the demonstration."""

    def open_page(path: str, *, user: str | None = "hr", language: str = "kk", width: int = 1280) -> Page:
        return open_as(path, user=user, password=DEMO_PASSWORD, language=language, width=width)

    return open_page


@pytest.fixture
def violations() -> Callable[[Page], list[Any]]:
    """Give a way to ask axe what is wrong with a page."""
    from axe_playwright_python.sync_playwright import Axe

    def run(page: Page) -> list[Any]:
        found: list[Any] = Axe().run(page).response["violations"]
        return [(item["id"], [node["target"] for node in item["nodes"]]) for item in found]

    return run
