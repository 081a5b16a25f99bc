"""Write the list of common English words that a masked name must not be one of: `src/truceline/text/words/english.txt`.

    python -m tools.words /usr/share/dict/american-english-small /usr/share/doc/wamerican-small/copyright

From SCOWL (Debian's `wamerican-small`), whose licence asks for its notice: it stands on top of the list. Words that the list
writes with a capital letter or an apostrophe are left out: those are names.
"""

from __future__ import annotations

import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src/truceline/text/words/english.txt"


def listed(words: str, notice: str) -> str:
    """Give the list: the notice as comments, then the words in alphabetical order."""
    told = [line.strip() for line in notice.splitlines()]
    first = next(n for n, line in enumerate(told) if line.startswith("The collective work"))
    last = next(n for n, line in enumerate(told) if '"as is" without' in line)
    kept = sorted(
        {w for w in words.split() if w.isascii() and w.isalpha() and w.islower() and len(w) > 1}
    )
    return "\n".join([*(f"# {line}".rstrip() for line in told[first : last + 1]), *kept, ""])


if __name__ == "__main__":
    given, notice = (
        Path(name).read_text(encoding="utf-8", errors="replace") for name in sys.argv[1:3]
    )
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(listed(given, notice), encoding="utf-8")
