"""A data pack to a `Pack`, or to every problem in all of its files at once."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.errors import FileError, MissionError
from truceline.model.problem import Problem, Severity, problem_order
from truceline.store.door import TABLE, YAML, look, read_inside
from truceline.terms.check import Checker, Findings, complaint
from truceline.terms.gazetteer import read_gazetteer
from truceline.terms.pack_build import built
from truceline.terms.pack_checks import sense
from truceline.terms.pack_draft import (
    Draft,
    StateRow,
    error,
    items,
    listed,
    mapping,
    texts,
)
from truceline.terms.pack_shapes import CLASSES, LEXICON, PACK
from truceline.terms.tree import Node, decode, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from truceline.model.pack import Pack

PACK_FILE, PLACES_FILE, STATES_FILE = "pack.yaml", "places.csv", "states.csv"
# A pack inside a mission's folder that has no places of its own takes the mission's: one file for both.
MISSION_FILE, GAZETTEER_FILE = "mission.yaml", "gazetteer.csv"
LANGUAGES, TEMPLATE = "languages", "template"
_FILES = {PACK_FILE: YAML, PLACES_FILE: TABLE, STATES_FILE: TABLE}
STATE_COLUMNS = ("id", "language", "state", "people", "capital")


def shipped() -> Path:
    """Give the folder of the packs that come with Truceline."""
    return Path(str(files("truceline"))) / "packs"


def pack_names() -> tuple[str, ...]:
    """Give the names of the packs that come with Truceline, in alphabetical order.

    The template is no pack of a conflict and is not among them; it is still found by its name.
    """
    found = (p.parent.name for p in shipped().glob(f"*/{PACK_FILE}"))
    return tuple(sorted(name for name in found if name != TEMPLATE))


def language_names() -> tuple[str, ...]:
    """Give the codes of the languages that there is a lexicon for, in alphabetical order."""
    return tuple(sorted(p.stem for p in (shipped() / LANGUAGES).glob("*.yaml")))


def pack_folder(name: str, beside: Path | None = None) -> Path:
    """Find a pack: a folder in `beside` first, else one that comes with Truceline.

    Without `beside` the name may also be a path from here. Raises MissionError when there is none.
    """
    places = (shipped(), Path()) if beside is None else (beside, shipped())
    for place in places:
        if (place / name / PACK_FILE).is_file():
            if place == beside:
                _refuse_outside(place, name)
            return place / name
    known = ", ".join(pack_names())
    raise MissionError(f"there is no data pack {name!r}", f"name a folder or one of: {known}")


def _refuse_outside(place: Path, name: str) -> None:
    """Refuse a pack that a mission or a pack names and that lies elsewhere than beside it."""
    try:
        look(place, f"{name}/{PACK_FILE}")
    except FileError as error:
        raise MissionError(f"the data pack {name!r}: {error.message}", error.advice) from error


def pack_files(folder: Path) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Give the files of a pack by name, and why others were not let in."""
    files: dict[str, bytes] = {}
    problems = []
    for name, kind in _FILES.items():
        try:
            if os.path.lexists(folder / name):
                files[name] = read_inside(folder, name, kind)
        except FileError as refused:
            shown = f"{folder.resolve().name}/{name}"
            problems.append(error(shown, refused.message, refused.advice))
    mission = folder.resolve().parent
    if PLACES_FILE not in files and all(
        (mission / n).is_file() for n in (MISSION_FILE, GAZETTEER_FILE)
    ):
        try:
            files[GAZETTEER_FILE] = read_inside(mission, GAZETTEER_FILE, TABLE)
        except FileError as refused:
            problems.append(error(GAZETTEER_FILE, refused.message, refused.advice))
    return files, tuple(problems)


def load_pack(folder: Path) -> tuple[Pack | None, tuple[Problem, ...]]:
    """Read a pack with the packs it uses and its languages; None when there is any error."""
    draft = Draft()
    _gather(folder, draft, ())
    problems = draft.findings.problems
    problems.extend(draft.findings.unresolved(everywhere=True))
    problems.extend(sense(draft))
    if problems:
        return None, tuple(sorted(problems, key=problem_order))
    return built(draft), ()


def _gather(folder: Path, draft: Draft, above: tuple[Path, ...]) -> None:
    if folder.resolve() in draft.gathered:
        return
    draft.gathered.add(folder.resolve())
    content, refused = pack_files(folder)
    draft.findings.problems.extend(refused)
    shown = f"{folder.resolve().name}/{PACK_FILE}"
    if PACK_FILE not in content:
        if refused:
            return
        advice = "begin with `truceline pack new FOLDER`, which copies the template"
        draft.findings.problems.append(error(shown, "the file is missing", advice))
        return
    draft.digests.extend(f"{name} {hashlib.sha256(content[name]).hexdigest()}" for name in content)
    root, problems = _tree(content[PACK_FILE], shown)
    draft.findings.problems.extend(problems)
    if root is not None:
        _check(root, shown, draft.findings)
        _used(root, folder, draft, above)
    _parts(content, folder.resolve().name, draft)
    if root is not None:
        for language in listed(root, "languages"):
            _language(language, shown, draft)
        _own_lexicon(root, shown, draft)
        draft.roots.append((shown, root))


def _check(root: Node, shown: str, findings: Findings) -> None:
    """Check one pack; an id must be new in its file, yet it may replace that of a used pack."""
    mine = Findings(problems=findings.problems, references=findings.references)
    Checker(shown, mine).check(root, PACK)
    for scope, names in mine.defined.items():
        findings.defined.setdefault(scope, {}).update(names)


def _used(root: Node, folder: Path, draft: Draft, above: tuple[Path, ...]) -> None:
    """Read the packs that a pack uses; each is read once, and none may use itself."""
    shown = f"{folder.resolve().name}/{PACK_FILE}"
    here = (*above, folder.resolve())
    for node in listed(root, "uses"):
        if not isinstance(node.value, str):
            continue
        try:
            found = pack_folder(node.value, folder.resolve().parent)
        except MissionError as missing:
            draft.findings.problems.append(complaint(shown, node, missing.message, missing.advice))
            continue
        if found.resolve() in here:
            message = f"the pack uses itself through {node.value!r}"
            draft.findings.problems.append(complaint(shown, node, message, "take it out of `uses`"))
            continue
        _gather(found, draft, here)


def _parts(content: Mapping[str, bytes], name: str, draft: Draft) -> None:
    for file, shown in ((PLACES_FILE, f"{name}/{PLACES_FILE}"), (GAZETTEER_FILE, GAZETTEER_FILE)):
        if file in content:
            places, problems = read_gazetteer(content[file], shown)
            draft.findings.problems.extend(problems)
            draft.places.extend(places)
            for place in places:
                draft.findings.define("place", place.id, shown)
    if STATES_FILE in content:
        for row in _states(content[STATES_FILE], f"{name}/{STATES_FILE}", draft.findings):
            draft.states.append(row)
            draft.findings.define("side", row.cells["id"], f"{name}/{STATES_FILE}")


def _language(node: Node, shown: str, draft: Draft) -> None:
    language = node.value
    if not isinstance(language, str) or language in draft.lexicons:
        return
    if language not in language_names():
        message = f"there is no lexicon for {language!r}"
        advice = f"use one of: {', '.join(language_names())}"
        draft.findings.problems.append(complaint(shown, node, message, advice))
        return
    name = f"{LANGUAGES}/{language}.yaml"
    content = read_inside(shipped(), name, YAML)
    draft.digests.append(f"{name} {hashlib.sha256(content).hexdigest()}")
    root, problems = _tree(content, name)
    draft.findings.problems.extend(problems)
    if root is not None:
        Checker(name, draft.findings).check(root, LEXICON)
        draft.lexicons[language] = root


def _own_lexicon(root: Node, shown: str, draft: Draft) -> None:
    """Check the words that a pack adds to a language, class by class."""
    for language, classes in mapping(root, "lexicon").items():
        for name, keys in items(classes):
            if name not in CLASSES:
                advice = f"use one of: {', '.join(CLASSES)}"
                message = f"{name!r} is no class of cue words"
                draft.findings.problems.append(complaint(shown, keys, message, advice))
                continue
            for key, _ in items(keys):
                here = Node(key, keys.keys.get(key, keys.line), keys.path)
                Checker(shown, draft.findings).check(here, CLASSES[name])
        if language not in texts(root, "languages"):
            message = f"words for {language!r}, which is not among the languages"
            advice = "add it to `languages`, or take the words out"
            draft.findings.problems.append(complaint(shown, classes, message, advice))


def _states(content: bytes, name: str, findings: Findings) -> Iterator[StateRow]:
    text = decode(content, name)
    if isinstance(text, Problem):
        findings.problems.append(text)
        return
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if tuple(reader.fieldnames or ()) != STATE_COLUMNS:
            message = f"the columns are {', '.join(reader.fieldnames or ())}"
            advice = f"write exactly {', '.join(STATE_COLUMNS)}"
            findings.problems.append(error(name, message, advice))
            return
        yield from _rows(reader, name, findings)
    except csv.Error as broken:
        message = f"the CSV is broken: {broken}"
        findings.problems.append(error(name, message, "mend the quotes in the file"))


def _rows(reader: csv.DictReader[str], name: str, findings: Findings) -> Iterator[StateRow]:
    for row in reader:
        if None in row or None in row.values() or not row["id"] or not row["state"]:
            advice = "give id, language and state; `;` stands between several names"
            findings.problems.append(
                Problem(severity=Severity.ERROR, file=name, row=reader.line_num,
                        message="a row with too few or too many cells", advice=advice)
            )  # fmt: skip
            continue
        yield StateRow(name, reader.line_num, row)


@lru_cache(maxsize=64)
def _tree(content: bytes, name: str) -> tuple[Node | None, tuple[Problem, ...]]:
    return parse(content, name)
