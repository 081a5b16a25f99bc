"""In a browser: no sideways scroll on a phone, enough contrast in light and dark."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path

import pytest

from tests.report.assessments import small
from tests.report.test_page import page_of

CHROMIUM = "/usr/bin/chromium"
LIGHT, DARK = 1, 0
AA = 4.5
pytestmark = pytest.mark.skipif(
    not Path(CHROMIUM).exists(), reason="needs chromium at /usr/bin/chromium (apt install chromium)"
)
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars",
)  # fmt: skip
# The frame's own policy forbids script, so the page around it measures.
_MEASURE = """
const frame = document.querySelector('iframe');
frame.onload = () => {
  const inner = frame.contentDocument, view = frame.contentWindow;
  const parts = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => { const [r, g, b] = parts(c).slice(0, 3).map(v => {
    v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) {
    const c = view.getComputedStyle(e).backgroundColor;
    const p = parts(c); if (p.length < 4 || p[3] === 1) return c; }
    return 'rgb(255, 255, 255)'; };
  let worst = [99, ''];
  for (const e of inner.body.querySelectorAll('*')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || e.closest('svg')) continue;
    const [a, b] = [light(view.getComputedStyle(e).color), light(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst[0]) worst = [ratio, e.outerHTML.slice(0, 80)];
  }
  document.title = JSON.stringify({width: inner.documentElement.scrollWidth, worst,
    ground: light(view.getComputedStyle(inner.body).backgroundColor)});
};
"""


def measure(page: str, folder: Path, scheme: int) -> dict[str, object]:
    """Load a page in a frame as wide as a phone, and measure it."""
    file = folder / "measure.html"
    file.write_text(
        "<!doctype html><title>none</title><meta name='color-scheme' content='light dark'>"
        f"<iframe style='width:390px;height:900px;border:0' srcdoc=\"{escape(page)}\"></iframe>"
        f"<script>{_MEASURE}</script>",
        encoding="utf-8",
    )
    profile = folder / "profile"
    command = [
        CHROMIUM, *_FLAGS, f"--user-data-dir={profile}", "--virtual-time-budget=5000",
        f"--blink-settings=preferredColorScheme={scheme}", "--dump-dom", file.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=90, check=True, text=True)
    shutil.rmtree(profile, ignore_errors=True)
    title = re.search(r"<title>(.*?)</title>", done.stdout, flags=re.DOTALL)
    assert title is not None
    measured = json.loads(unescape(title[1]))
    assert isinstance(measured, dict)
    return measured


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_a_phone_shows_the_page_without_sideways_scroll(tmp_path: Path, scheme: int) -> None:
    found = measure(page_of(small()), tmp_path, scheme)
    assert found["width"] == 390
    ground, worst = found["ground"], found["worst"]
    assert isinstance(ground, float)
    assert (ground < 0.1) == (scheme == DARK)
    assert isinstance(worst, list)
    assert worst[0] >= AA, worst
