"""A real browser for tests of pages: from disk, without a network, and nothing may complain."""

from __future__ import annotations

import os
import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Where CI asks for a browser, one that is missing is a failure and not a skip.
needs_browser = pytest.mark.skipif(
    CHROMIUM is None and "KG_REQUIRE_BROWSER" not in os.environ, reason="no Chromium is installed"
)


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--disable-gpu", "--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Opens an address; at the end nothing may have been logged, or have run that must not."""
    opened = []

    def open_address(address, **settings):
        context = browser.new_context(offline=True, **settings)
        page = context.new_page()
        page.requests_seen, page.complaints = [], []
        page.on("request", lambda request: page.requests_seen.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(address)
        opened.append((context, page))
        return page

    yield open_address
    for context, page in opened:
        assert page.complaints == []
        assert page.evaluate("window.__pwned") is None
        context.close()


def wait_for_drawing(page):
    page.wait_for_function("() => window.kgPage?.page.labelsDrawn >= 0")
