"""Visits of the site by a browser that note what happens."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, Request

DAY = "2026-11-24T12:00:00Z"
"""The day on the browser's clock unless a test says otherwise: before any review is due."""


@dataclass
class Visitor:
    """A context of its own that notes what happens: requests, failures, what the console says."""

    context: BrowserContext
    requests: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def page(self) -> Page:
        """A new page that is listened to."""
        page = self.context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", self._failed)
        page.on("response", lambda r: self.troubles.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
        page.on("console", lambda m: self.troubles.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        return page

    def _failed(self, request: Request) -> None:
        # Leaving a page stops what it was still loading (the picture for the tab): that is no failure.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"failed: {request.url} {request.failure}")


class Visitors:
    """Makes visitors; each has storage, a clock and a screen of its own."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.made: list[BrowserContext] = []

    def __call__(self, *, width: int = 1300, height: int = 900, day: str | None = DAY, **options: object) -> Visitor:
        context = self.browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(10_000)
        if day is not None:
            context.clock.set_fixed_time(day)
        self.made.append(context)
        return Visitor(context)
