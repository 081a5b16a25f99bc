"""The picture of the README is what the demonstration finds, and says what the README says of it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from tools.picture import PICTURE, picture

README = Path(__file__).resolve().parents[2] / "README.md"


def test_the_picture_is_what_the_demonstration_finds() -> None:
    drawn = PICTURE.read_text(encoding="utf-8")
    assert drawn == picture() + "\n", "run `make picture`"
    ET.fromstring(drawn)  # noqa: S314  our own drawing
    words = re.sub(r"<[^>]+>", " ", drawn)
    for told in (
        "unsubstantiated",
        "confirmed (by admission), awaiting two people",
        "not observed",
    ):
        assert told in words


def test_the_readme_says_in_its_first_lines_for_whom_it_is_and_for_whom_not() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    first = "\n".join(lines[:15])
    for told in (
        "**For**",
        "**Not for**",
        "**Try it**",
        "**You bring**",
        "**You get**",
        "docs/picture.svg",
    ):
        assert told in first
