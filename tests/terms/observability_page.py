"""The page of the observability matrix, made from its data; `python -m tests.terms.observability_page` writes it."""

from __future__ import annotations

from pathlib import Path

from truceline.terms.observability import matrix

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "observability.md"
_HEAD = """# Who can see what

What a silence means depends on who could have seen the act. A record of coverage counts for a provision only where its
channel can see all acts that the provision forbids, in the light in which it looked. A row holds for its [act](acts.md) and every more
special one that has no row of its own; what no row names, the channel cannot see. Where a provision names no act, hostile acts are asked for.

How much a channel sees of what it can see is the record's own `effective_fraction`; distance, fog and darkness lower it.

| channel | act | by day | by night | why | source |
|---|---|---|---|---|---|
"""


def page() -> str:
    """Give the text of the page."""
    words = {True: "yes", False: "no"}
    return _HEAD + "".join(
        f"| `{s.channel}` | `{s.act}` | {words[s.day]} | {words[s.night]} | {s.why} | {s.source} |\n"
        for s in matrix()
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
