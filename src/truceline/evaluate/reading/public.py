"""The public gold in one call: MUC-4, CASE-2021 and PLOVER, each beside its trivial baselines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING

from truceline.errors import UsageError
from truceline.evaluate.reading import adapt, case2021, muc4, muc4_files, plover
from truceline.read import TextReader
from truceline.store.door import GOLD, read_named
from truceline.terms.pack import load_pack, pack_folder
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from truceline.evaluate.reading.intervals import Figure

MUC4, CASE, PLOVER = "muc4_dev", "case2021_task2_half.tsv", "plover_gsr.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Figures of one data set by one engine, with what to know about them.

    `confusion`: for each field what was read for what, as (labelled, read, times).
    """

    data: str
    engine: str
    note: str
    figures: tuple[Figure, ...]
    confusion: Mapping[str, tuple[tuple[str, str, int], ...]] = field(default_factory=dict)


def score_public(folder: Path, progress: Callable[[str], None]) -> tuple[Block, ...]:
    """Score what a folder of public gold holds; raises UsageError when it holds none of it."""
    blocks: list[Block] = []
    if (folder / MUC4).is_dir():
        progress("MUC-4 ...")
        blocks.extend(_muc4(folder / MUC4))
    if (folder / CASE).is_file():
        progress("CASE-2021 ...")
        blocks.extend(_case(folder / CASE))
    if (folder / PLOVER).is_file():
        progress("PLOVER ...")
        blocks.extend(_plover(folder / PLOVER))
    if not blocks:
        known = f"{MUC4}, {CASE} or {PLOVER}"
        raise UsageError(f"there is no gold in {folder}", f"name a folder that holds {known}")
    return tuple(blocks)


def _text(path: Path) -> str:
    return read_named(path, GOLD).decode("utf-8")


def _reader(name: str) -> TextReader:
    pack, problems = load_pack(pack_folder(name))
    if pack is None:
        raise UsageError(f"the pack {name!r} does not load", "run `truceline pack check` on it",
                         details=[str(p) for p in problems])  # fmt: skip
    return TextReader(pack)


def _muc4(folder: Path) -> Iterator[Block]:
    reader = _reader("latin-america-1989")
    names = {side.id: side.state[0].text.upper() for side in reader.pack.sides}
    tests = [
        ("MUC-4 TST1", "tst1-muc3", "key-tst1*", None),
        ("MUC-4 dev, odd", "dev-muc3-*", "key-dev*", True),
    ]
    for title, texts, keys, odd in tests:
        documents = [d for path in sorted(folder.glob(texts))
                     for d in muc4_files.read_documents(_text(path))]  # fmt: skip
        gold = {name: templates for path in sorted(folder.glob(keys))
                for name, templates in muc4_files.read_keys(_text(path)).templates.items()}  # fmt: skip
        if odd is not None:
            gold = muc4_files.half(gold.items(), odd=odd)
        found = {}
        for document in documents:
            if document.id in gold:
                zone = reader.pack.zone
                published = datetime.combine(document.day, time(12), zone) if document.day else None
                one = adapt.read(reader, document.text, published, document.id)
                found[document.id] = adapt.templates(one, document, names)
        trivial = {d.id: adapt.trivial_template(d) for d in documents if d.id in gold}
        note = f"{len(gold)} texts; F by slot after Chinchor 1992"
        for engine, answers in (("rules", found), ("one ATTACK a text", trivial)):
            figures = muc4.figures(muc4.score(gold, answers))
            yield Block(data=title, engine=engine, note=note, figures=figures)


def _case(path: Path) -> Iterator[Block]:
    reader = _reader("world")
    snippets = case2021.read_snippets(_text(path))
    train, test = case2021.half(snippets, odd=False), case2021.half(snippets, odd=True)
    rules = {}
    for snippet in test:
        label = adapt.case_label(adapt.read(reader, snippet.text, None, str(snippet.id)))
        if label is not None:
            rules[snippet.id] = label
    engines = (
        ("rules", rules),
        ("TF-IDF SVM", case2021.tfidf_svm_baseline(train, test)),
        ("most frequent class", case2021.most_frequent_baseline(train, test)),
    )
    inside = adapt.covered(test)
    for data, gold in (
        ("CASE-2021, classes of our acts", inside),
        ("CASE-2021, all classes", list(test)),
    ):
        for engine, answers in engines:
            scores = case2021.score(gold, answers)
            note = f"odd half, {len(gold)} snippets; trained on the even half where trained"
            figures = (scores.weighted, scores.macro, scores.accuracy, scores.answered)
            yield Block(data=data, engine=engine, note=note, figures=figures)


def _plover(path: Path) -> Iterator[Block]:
    reader = _reader("world")
    rows = plover.half(plover.read_rows(_text(path)), odd=True)
    codes = adapt.Codes(by_side=_codes(reader))
    found = {}
    for row in rows:
        coding = adapt.plover_coding(reader, adapt.read(reader, row.text, None, row.id), codes)
        if coding is not None:
            found[row.id] = coding
    note = f"odd half, {len(rows)} sentences, {len(found)} with a claim; countries of source and target"
    for engine, answers in (
        ("rules", found),
        ("first mentions", plover.first_mention_baseline(rows)),
    ):
        scores = plover.score(rows, answers)
        figures = (scores.source_country, scores.target_country)
        yield Block(data="PLOVER", engine=engine, note=note, figures=figures)


def _codes(reader: TextReader) -> dict[str, str]:
    """Give the gold's country code of each side, by its English names."""
    known = plover.country_names()
    found: dict[str, str] = {}
    for side in reader.pack.sides:
        names: Iterable[str] = (fold(a.text) for a in (*side.state, *side.people, *side.capital))
        code = next((known[name] for name in names if name in known), None)
        if code is not None:
            found[side.id] = code
    return found
