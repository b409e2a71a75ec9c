"""A real Chromium that shows a file, and remembers what else the file made it do."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDE = (1360, 860)
PHONE = (360, 740)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page in a browser.

    Attributes:
        page: To look at.
        asked: The addresses it asked for, beside itself.
        said: What it wrote on the console, and the dialogs that it opened.
    """

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def chromium() -> str:
    """Where Chromium is; without one the test is skipped, but never where changes are judged."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None and "CI" not in os.environ:
        pytest.skip("there is no Chromium here")
    assert found, "there is no Chromium here: install Debian's package chromium"
    return found


@asynccontextmanager
async def shown(
    file: Path, size: tuple[int, int] = WIDE, *, dark: bool = False
) -> AsyncIterator[Shown]:
    """Show a file in a window of that size."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium())
        width, height = size
        page = await browser.new_page(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        seen = Shown(page)
        page.on("request", lambda request: seen.asked.append(request.url))
        page.on("console", lambda message: seen.said.append(message.text))
        page.on("pageerror", lambda error: seen.said.append(str(error)))
        page.on("dialog", lambda dialog: seen.said.append(dialog.message))
        await page.goto(file.as_uri())
        seen.asked.remove(file.as_uri())
        try:
            yield seen
        finally:
            await browser.close()
