"""The page that prints the table of occurrences; `make table` writes it, a test holds it to the code."""

from __future__ import annotations

from pathlib import Path

from truceline.model.finding import GIVES
from truceline.weigh.table import (
    CAP,
    FOUND_NOTHING,
    LEAVES_TRACES,
    MORE,
    OPEN_CAP,
    TABLE,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "method" / "table.md"


def text() -> str:
    """Give the page as the code stands."""
    rows = "\n".join(f"| `{r.name}` | {GIVES[r.name]} | {r.sentence} |" for r in TABLE)
    acts = ", ".join(f"`{act}`" for act in LEAVES_TRACES)
    more = "\n".join(f"{n}. {words}" for n, (words, _) in enumerate(MORE, 1))
    return f"""# The table of occurrences

Written from `weigh/table.py` by `make table`. Each row has a test. The highest status of the rows that hold is the finding; of rows that
give the same, the first is named.

| row | gives | needs |
|---|---|---|
{rows}

**What contradicts** is a mark beside the status and caps it at *{CAP}*: a body without an interest
{FOUND_NOTHING}; or everybody who said so took it back. Acts
that leave traces, with all more special ones: {acts}.

**What holds back**: *corroborated* becomes *{OPEN_CAP}* where a body without an interest could not determine it, or where monitors still
inquire.

**What would change a finding** are the smallest origins more that raise it, tried in this order, and each origin without which it falls:

{more}

A mission lowers a row with `tighter` in [mission.yaml](../reference/settings.md); it can raise none. `refuted` and `cannot_be_determined`
are said by people only.
"""


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
