"""Where pictures of the program are taken: a served demo, a clock, a browser with a camera."""

import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Literal

import waitress
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from sitzungsdienst.acts.passwords import Passwords
from sitzungsdienst.app import OFFICE_MOUNT, create_office, create_public
from sitzungsdienst.config import Settings, load
from sitzungsdienst.demo.build import DemoUser
from sitzungsdienst.demo.serving import demo_environment, make_demo
from sitzungsdienst.german import BERLIN

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
HOST = "sitzungen.example.de"
"""The name in the pictures' addresses; Chromium is told that it is this machine."""

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=BERLIN)
"""The hour at which the office plans; the demo's coming meeting is on 16 December 2026."""

WIDTH, PHONE = 1000, 360
COLOURS = 96

GERMAN_DATES = """
for (const field of document.querySelectorAll('input[type=date], input[type=time]')) {
  const { type, value } = field;
  (window.before ||= []).push(() => Object.assign(field, { type, value }));
  const empty = type === 'date' ? 'tt.mm.jjjj' : '--:--';
  field.style.width = `${field.clientWidth}px`;
  field.style.boxSizing = 'border-box';
  field.type = 'text';
  field.value = type === 'date' ? value.split('-').reverse().join('.') || empty : value || empty;
}
"""
"""Many a Chromium knows English only; a German one writes dates and times like this."""


@dataclass
class Clock:
    """The time that both webs are told."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Studio:
    """The running demo, its clock, and the browser in front of it."""

    browser: Browser
    clock: Clock
    settings: Settings

    def citizen(self, width: int = WIDTH) -> "Camera":
        """Open a window in which nobody is signed in."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 720},
            device_scale_factor=1,
            locale="de-DE",
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        return Camera(context.new_page(), self.settings.public_url)

    def sign_in(self, user: DemoUser, at: datetime) -> "Camera":
        """Open a window in which `user` is signed in, and set the clock to `at`."""
        self.clock.now = at
        camera = self.citizen()
        camera.open(f"{OFFICE_MOUNT}/anmelden")
        camera.page.fill("#email", user.email)
        camera.page.fill("#password", user.password)
        camera.press("Anmelden")
        return camera


@dataclass(frozen=True)
class Camera:
    """A browser window that takes pictures of what it shows."""

    page: Page
    base: str

    def open(self, path: str) -> None:
        """Go to a page of the program; it must be there."""
        answer = self.page.goto(f"{self.base}{path}")
        if answer is None or answer.status != 200:
            raise SystemExit(f"screenshots: {path} answers {answer and answer.status}")

    def office(self, path: str) -> None:
        """Go to a page of the office."""
        self.open(f"{OFFICE_MOUNT}{path}")

    def press(self, label: str, role: Literal["button", "link"] = "button") -> None:
        """Press the first button, or follow the first link, of that name."""
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=label, exact=True).first.click()

    def shoot(self, name: str, height: int = 0, start: Locator | None = None) -> None:
        """Save the page as docs/images/`name`.png: from `start` on, at most `height` pixels."""
        # A scroll bar has its place even where none is painted.
        self.page.evaluate("document.documentElement.style.scrollbarGutter = 'auto'")
        self.page.evaluate(GERMAN_DATES)
        whole = int(self.page.evaluate("document.documentElement.scrollHeight"))
        width = int(self.page.evaluate("document.documentElement.clientWidth"))
        top = 0
        if start is not None:
            top = int(start.evaluate("one => one.getBoundingClientRect().top + scrollY")) - 24
        shown = min(height or whole, whole - top)
        data = self.page.screenshot(
            full_page=True,
            clip={"x": 0, "y": top, "width": width, "height": shown},
        )
        self.page.evaluate("window.before?.forEach(one => one())")
        _save(data, name)

    def ids(self, pattern: str) -> list[int]:
        """Return the numbers in the page's links that look like `pattern`."""
        links = self.page.eval_on_selector_all("main a", "all => all.map(a => a.pathname)")
        return [int(found[1]) for one in links if (found := re.search(pattern, one))]


def _save(data: bytes, name: str) -> None:
    picture = Image.open(BytesIO(data)).convert("RGB")
    small = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    target = IMAGES / f"{name}.png"
    small.save(target, optimize=True)
    print(f"{target.name} {small.width}x{small.height} {target.stat().st_size // 1024} KB")


@contextmanager
def studio() -> Iterator[Studio]:
    """Build and serve a demo for the time of the pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("screenshots: Chromium is missing: apt-get install chromium")
    with tempfile.TemporaryDirectory() as place:
        clock, folder = Clock(MONDAY), Path(place)
        environ = demo_environment(folder, HOST, 80)
        settings = load(folder, environ | {"SITZUNGSDIENST_PUBLIC_URL": f"http://{HOST}"})
        for _ in make_demo(folder, Passwords().hash, MONDAY, settings.public_url):
            pass
        office, public = create_office(settings), create_public(settings)
        office.config["CLOCK"] = public.config["CLOCK"] = clock
        door = DispatcherMiddleware(public.wsgi_app, {OFFICE_MOUNT: office.wsgi_app})
        server = waitress.create_server(door, host="127.0.0.1", port=0, threads=4)
        threading.Thread(target=server.run, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium,
                args=[
                    "--no-sandbox",
                    "--disable-background-networking",
                    f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{server.effective_port}",
                ],
            )
            yield Studio(browser, clock, settings)
            browser.close()
        server.close()
