"""Elements of drawings as text, escaped; numbers written the same on every machine."""

from __future__ import annotations

import re
from html import escape
from math import cos, pi, sin

from truceline.text.signs import clean


def num(value: float) -> str:
    """Write a coordinate with one decimal, never as `-0`."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def tag(name: str, *children: str, **attributes: str | float | None) -> str:
    """Write an element; `_` in a name stands for `-`, a last `_` is dropped, None is left out."""
    parts = [name]
    for key, value in attributes.items():
        if value is not None:
            text = value if isinstance(value, str) else num(value)
            parts.append(f'{key.removesuffix("_").replace("_", "-")}="{escape(clean(text))}"')
    head = " ".join(parts)
    return f"<{head}>{''.join(children)}</{name}>" if children else f"<{head}/>"


def text(words: str, x: float, y: float, class_: str, anchor: str = "start") -> str:
    """Write words at a point."""
    return tag("text", escape(clean(words)), x=x, y=y, class_=class_, text_anchor=anchor)


def titled(words: str) -> str:
    """Write the words that a reader of the drawing's parts hears."""
    return tag("title", escape(clean(words)))


def symbol(shape: str, x: float, y: float, size: float, class_: str) -> str:
    """Draw a symbol of about `size` radius round a point; its shape tells who reports."""
    match shape:
        case "circle":
            return tag("circle", cx=x, cy=y, r=size, class_=class_)
        case "square":
            side = size * 1.8
            left, top = x - side / 2, y - side / 2
            return tag("rect", x=left, y=top, width=side, height=side, class_=class_)
        case "triangle":
            return _polygon(3, x, y, size * 1.25, class_)
        case "diamond":
            return _polygon(4, x, y, size * 1.3, class_)
        case "pentagon":
            return _polygon(5, x, y, size * 1.1, class_)
        case _:
            return _polygon(6, x, y, size * 1.1, class_)


def _polygon(corners: int, x: float, y: float, size: float, class_: str) -> str:
    angles = [2 * pi * n / corners - pi / 2 for n in range(corners)]
    points = " ".join(f"{num(x + size * cos(a))},{num(y + size * sin(a))}" for a in angles)
    return tag("polygon", points=points, class_=class_)


_OWN = re.compile(
    r'(?<= id=")(?:hatch|dots|lines|paper)(?=")|(?<=url\(#)(?:hatch|dots|lines|paper)(?=\))'
)


def frame(width: float, height: float, label: str, description: str, *children: str) -> str:
    """Wrap a drawing with the title and description that stand for it; its patterns get names of their own.

    A drawing that holds links is a group, as what is one picture to a screen reader can hold none.
    """
    key = "".join(c for c in label.lower() if c.isascii() and c.isalpha())[:40]
    drawn = _OWN.sub(lambda found: f"{found[0]}-{key}", "".join(children))
    return tag(
        "svg",
        tag("title", escape(clean(label)), id=f"t-{key}"),
        tag("desc", escape(clean(description)), id=f"d-{key}"),
        drawn,
        viewBox=f"0 0 {num(width)} {num(height)}", role="group" if "<a " in drawn else "img",
        aria_labelledby=f"t-{key} d-{key}", class_="drawing",
    )  # fmt: skip


def fill(index: int) -> str:
    """Name the class of the n-th side's colour; there are four, then they repeat."""
    return f"s{index % 4}"
