"""A headless Chromium, as Debian ships it."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

from tests.conftest import needs


class Browser:
    """One window with a page in it."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver
        self._heard = list[dict[str, Any]]()

    def get(self, url: str) -> None:
        """Go somewhere."""
        self.driver.get(url)

    def js(self, code: str, *arguments: object) -> Any:
        """Run JavaScript that returns something."""
        return self.driver.execute_script(code, *arguments)

    def until(self, code: str, *arguments: object, seconds: float = 60) -> Any:
        """Wait until JavaScript returns something that is true, and give it."""
        return WebDriverWait(self.driver, seconds, 0.05).until(lambda _: self.js(code, *arguments), code)

    def text(self, selector: str) -> str:
        """Give what is written in an element."""
        return str(self.js("return document.querySelector(arguments[0]).innerText", selector))

    def protocol(self, command: str, **values: Any) -> Any:
        """Ask Chromium itself."""
        return self.driver.execute_cdp_cmd(command, values)

    def photograph(self) -> bytes:
        """Give the whole page as a PNG."""
        found = self.protocol("Page.captureScreenshot", captureBeyondViewport=True, format="png")
        return base64.b64decode(found["data"])

    def heard(self, what: str) -> list[dict[str, Any]]:
        """Give what Chromium has said of one kind since it was opened."""
        for entry in self.driver.get_log("performance"):  # type: ignore[no-untyped-call]
            self._heard.append(json.loads(entry["message"])["message"])
        return [message["params"] for message in self._heard if message["method"] == what]

    def complaints(self) -> list[str]:
        """Give what has stood on the console since the last look."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]


@contextmanager
def browser(language: str = "en", dark: bool = False, size: tuple[int, int] = (1240, 1000)) -> Iterator[Browser]:
    """Open one that speaks a language and prefers a theme."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        needs("chromium or its driver is missing: apt-get install chromium chromium-driver")
    with TemporaryDirectory(prefix="swv6-chromium-", ignore_cleanup_errors=True) as folder:
        options = webdriver.ChromeOptions()
        options.binary_location = str(chromium)
        flags = ("headless=new", "no-sandbox", "disable-dev-shm-usage", "disable-gpu", "hide-scrollbars",
                 "force-device-scale-factor=1", f"lang={language}", f"accept-lang={language}",
                 f"user-data-dir={folder}", f"window-size={size[0]},{size[1]}")  # fmt: skip
        for flag in flags:
            options.add_argument(f"--{flag}")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        window = webdriver.Chrome(options, Service(str(driver)))
        try:
            page = Browser(window)
            scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
            calm = {"name": "prefers-reduced-motion", "value": "reduce"}  # a colour on its way is nobody's contrast
            page.protocol("Emulation.setEmulatedMedia", features=[scheme, calm])
            page.protocol(
                "Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1, mobile=False
            )
            yield page
        finally:
            window.quit()
