"""Pages in a real browser: what stands in view, and what an accessibility checker says of them."""

from __future__ import annotations

from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from tests.report.test_browser import CHROMIUM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

needs_browser = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs chromium")
_AXE = files("axe_playwright_python") / "axe.min.js"
_IN_VIEW = """
bottom => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.height && box.bottom <= bottom) found.push(node.data);
  }
  return found.join('').replace(/\\s+/g, ' ');
}
"""


@contextmanager
def shown(page: str, width: int = 1360, scheme: Any = "light") -> Iterator[Page]:
    """Open a page in a window of 900 lines; nothing may be fetched from anywhere."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True,
            offline=True,
        )  # fmt: skip
        tab = context.new_page()
        tab.set_content(page)
        yield tab
        browser.close()


def in_view(page: str, bottom: int) -> str:
    """Give the words that stand above a line of the page, in reading order, without unfolding anything."""
    with shown(page) as tab:
        return str(tab.evaluate(_IN_VIEW, bottom))


def complaints(page: str, width: int, scheme: str) -> list[str]:
    """Give what axe finds wrong with a page in which everything is unfolded."""
    with shown(page, width, scheme) as tab:
        tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        tab.evaluate(_AXE.read_text(encoding="utf-8"))
        found = tab.evaluate("axe.run()")
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found["violations"]]
