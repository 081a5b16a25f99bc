"""Reading by rules beside the tokenizer alone, in the same run: `python -m bench.reading [FOLDER ...]`.

Texts are the demonstration's own; folders of further texts (plain files) may be named. With
`--soak N` it reads N texts, each altered a little, and prints the memory in use on the way.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.model.evidence import Item
from truceline.read import TextReader
from truceline.terms import load_mission
from truceline.text.canonical_text import canonical_text
from truceline.text.heading import split_heading
from truceline.text.tokens import sentences_of, tokens_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MISSION = Path(__file__).resolve().parents[1] / "missions" / "karabakh-2020"
SECONDS = 10.0
STEP = 10_000


def texts(folders: Sequence[Path]) -> list[str]:
    """Give the canonical texts of the demonstration and of further folders."""
    found = []
    for folder in (MISSION / "evidence" / "texts", *folders):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            content = path.read_bytes()
            begins = split_heading(content, path.name)[0].begins
            found.append(canonical_text(content[begins:], "text/plain").text)
    return found


def reader() -> TextReader:
    """Give the reader of the demonstration."""
    mission, problems = load_mission(MISSION)
    if mission is None or mission.pack is None:
        sys.exit("\n".join(map(str, problems)))
    return TextReader(mission.pack, mission)


def item(text: str) -> Item:
    """Make an item of a text."""
    return Item(
        id="0" * 64, external_id=None, reader="text", content=text.encode(),
        published=datetime(2020, 10, 11, 12, tzinfo=UTC), published_text="", outlet=None, url=None,
        language="en", media_type="text/plain",
    )  # fmt: skip


def rate(work: Callable[[str], object], corpus: Sequence[str]) -> float:
    """Give texts a second over whole rounds of the corpus, for at least ten seconds."""
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        for text in corpus:
            work(text)
        done += len(corpus)
    return done / (time.perf_counter() - started)


def speed(corpus: Sequence[str]) -> None:
    """Print both rates and their ratio."""
    rules = reader()
    for text in corpus:
        rules.read(text, item(text), "en")
    letters = sum(map(len, corpus)) / len(corpus)
    tokens = rate(lambda text: sentences_of(text, tokens_of(text)), corpus)
    read = rate(lambda text: rules.read(text, item(text), "en"), corpus)
    print(f"{len(corpus)} texts of {letters:,.0f} characters on average, one core")
    print(f"tokenizer alone  {tokens:10,.0f} texts/s")
    print(f"rules            {read:10,.0f} texts/s   (1/{tokens / read:.0f} of the tokenizer)")


def soak(corpus: Sequence[str], count: int) -> None:
    """Read many texts and print the highest memory in use after each ten thousand."""
    rules = reader()
    for number in range(1, count + 1):
        text = f"{corpus[number % len(corpus)]} Report number {number} of place X{number}."
        rules.read(text, item(text), "en")
        if number % STEP == 0 or number == 1:
            used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{number:8,} texts   {used:6.0f} MB", flush=True)


def main() -> None:
    """Run the benchmark, or the soak."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--soak", type=int, metavar="N")
    options = parser.parse_args()
    corpus = texts(options.folders)
    if options.soak:
        soak(corpus, options.soak)
    else:
        speed(corpus)


if __name__ == "__main__":
    main()
