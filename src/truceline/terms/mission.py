"""A mission folder to a `Mission`, or to every problem in all of its files at once."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from truceline.errors import FileError, MissionError
from truceline.model.coverage import EVERYWHERE
from truceline.model.problem import Problem, Severity, problem_order
from truceline.model.zone import Hand
from truceline.store.door import TABLE, YAML, ZONE, look, names_in, read_inside
from truceline.terms import build, build_mission
from truceline.terms.build_zones import zones
from truceline.terms.calendar import DATE_PATTERN
from truceline.terms.check import Checker, Findings, complaint
from truceline.terms.gazetteer import read_gazetteer
from truceline.terms.known_texts import read_known_texts
from truceline.terms.outlines import outline_sense, read_features
from truceline.terms.pack import load_pack, pack_folder
from truceline.terms.samples import SAMPLE_CLOCK, SAMPLE_DAY, own
from truceline.terms.sense import agreement_sense, bonds, lineage
from truceline.terms.shapes import AGREEMENT, MISSION
from truceline.terms.timeline import MOST_COMBINATIONS, combinations
from truceline.terms.times import agreement_times, below, clock_of, mission_times, word
from truceline.terms.tree import parse
from truceline.terms.unset import unmade
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from truceline.model.agreement import Agreement
    from truceline.model.mission import KnownText, Mission
    from truceline.model.pack import Pack
    from truceline.model.place_time import GazetteerEntry
    from truceline.terms.outlines import Features
    from truceline.terms.tree import Node

MISSION_FILE, GAZETTEER_FILE, TEXTS_FILE = "mission.yaml", "gazetteer.csv", "texts.csv"
_FILES = {MISSION_FILE: YAML, GAZETTEER_FILE: TABLE, TEXTS_FILE: TABLE}
_FOLDERS = {"agreements": YAML, "zones": ZONE}
_GEOJSON = frozenset({
    "FeatureCollection", "Feature", "GeometryCollection", "Point", "MultiPoint", "LineString",
    "MultiLineString", "Polygon", "MultiPolygon",
})  # fmt: skip
_VERSION_LENGTH = 16
Found = tuple["Mission | None", tuple[Problem, ...]]


def mission_files(folder: Path) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Give the files that define a mission by their path in it, and why others were not let in.

    These are `mission.yaml`, `gazetteer.csv`, `texts.csv`, `agreements/*` and `zones/*`, without hidden
    files; evidence and labels are not among them.
    """
    kinds = {name: kind for name, kind in _FILES.items() if os.path.lexists(folder / name)}
    problems: list[Problem] = []
    for inner, kind in _FOLDERS.items():
        try:
            kinds.update(dict.fromkeys(names_in(folder, inner), kind))
        except FileError as error:
            problems.append(_missing(inner, error.message, error.advice))
    files: dict[str, bytes] = {}
    for name, kind in sorted(kinds.items()):
        try:
            files[name] = read_inside(folder, name, kind)
        except FileError as error:
            problems.append(_missing(name, error.message, error.advice))
    return files, tuple(problems)


def load_mission(folder: Path) -> Found:
    """Read a mission folder; the mission is None when there is any error.

    Every problem names the file (relative to the folder), its line and the YAML path or column.
    """
    return mission_of(folder, *mission_files(folder))


def mission_of(folder: Path, files: Mapping[str, bytes], refused: Sequence[Problem] = ()) -> Found:
    """Make a mission of its files as they were read; `refused` tells of those not let in."""
    if not folder.is_dir():
        return None, (_missing(str(folder), "the mission folder is not there", _FOLDER_ADVICE),)
    draft = _read(files, {problem.file for problem in refused})
    draft.findings.problems.extend([*refused, *_evidence(draft, folder)])
    _pack(draft, folder)
    _texts(draft, files)
    problems = tuple(sorted(draft.findings.problems, key=problem_order))
    if problems:
        return None, _in_own_words(problems, draft)
    built = _built(draft, _version(files, draft.pack))
    many = tuple(_combined(built, draft)) if built else ()
    return (None, many) if many else (built, ())


def open_mission(folder: Path) -> tuple[Mission, tuple[Problem, ...]]:
    """Load a mission or raise MissionError with every problem at once."""
    return usable(folder, load_mission(folder))


def usable(folder: Path, loaded: Found) -> tuple[Mission, tuple[Problem, ...]]:
    """Give a mission that was loaded, or raise MissionError with every problem at once."""
    mission, problems = loaded
    if mission is None:
        raise MissionError(
            f"the mission in {folder} cannot be used",
            "mend the files named above and run `truceline check` again",
            details=[str(problem) for problem in problems],
        )
    return mission, (*problems, *unmade(mission))


@dataclass(slots=True)
class _Draft:
    """A mission being read: the trees, and what was found so far."""

    mission: Node | None = None
    agreements: dict[str, Node] = field(default_factory=dict)
    places: tuple[GazetteerEntry, ...] = ()
    features: dict[str, Features] = field(default_factory=dict)
    pack: Pack | None = None
    texts: tuple[KnownText, ...] = ()
    findings: Findings = field(default_factory=Findings)
    # Whether the id of some agreement could not be read: then nobody knows which agreements there are.
    unread: bool = False


def _in_own_words(problems: tuple[Problem, ...], draft: _Draft) -> tuple[Problem, ...]:
    """Show the mission's own first day and clock in advice, as far as mission.yaml can be read."""
    first = word(draft.mission, "report_from") if draft.mission else ""
    clock = clock_of(draft.mission).written or SAMPLE_CLOCK
    day = first if re.fullmatch(DATE_PATTERN, first) else SAMPLE_DAY
    return own(problems, day, clock if clock[:1] in "+-" else SAMPLE_CLOCK)


def _read(files: Mapping[str, bytes], refused: Collection[str]) -> _Draft:
    draft = _Draft()
    for name, content in files.items():
        _read_file(name, content, draft)
    for name, advice in ((MISSION_FILE, _MISSION_ADVICE), (GAZETTEER_FILE, _GAZETTEER_ADVICE)):
        if name not in files and name not in refused:
            draft.findings.problems.append(_missing(name, "the file is missing", advice))
    if not any(name.startswith("agreements") for name in (*files, *refused)):
        problem = _missing("agreements", "there is no agreement", _AGREEMENT_ADVICE)
        draft.findings.problems.append(problem)
    _check(draft)
    return draft


def _read_file(name: str, content: bytes, draft: _Draft) -> None:
    path = PurePosixPath(name)
    problems = draft.findings.problems
    if name == GAZETTEER_FILE:
        draft.places, found = read_gazetteer(content, name)
        problems.extend(found)
    elif path.suffix == ".yaml" and path.parent.name != "zones":
        root, found = parse(content, name)
        problems.extend(found)
        if name == MISSION_FILE:
            draft.mission = root
        elif root is not None:
            draft.agreements[name] = root
        draft.unread |= root is None or not word(root, "id")
    elif path.parent.name == "agreements":
        draft.unread = True
        problems.append(_missing(name, "not a .yaml file", "rename it to end in .yaml, or move it"))
    elif path.parent.name == "zones":
        _read_zones(name, content, draft)


def _read_zones(name: str, content: bytes, draft: _Draft) -> None:
    if not (name.endswith(".geojson") and _is_geojson(content)):
        advice = "save it as GeoJSON, or move it"
        draft.findings.problems.append(_missing(name, "not a .geojson file of zones", advice))
        return
    draft.features[name], found = read_features(content, name)
    draft.findings.problems.extend(found)


def _is_geojson(content: bytes) -> bool:
    """Tell whether a file of zones is what it says; what no reader accepts enters no ledger."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("type") in _GEOJSON


def _check(draft: _Draft) -> None:
    """Check every tree; references only where the files that define their targets could be read."""
    findings, clock = draft.findings, clock_of(draft.mission)
    for place in draft.places:
        findings.define("place", place.id, GAZETTEER_FILE)
    findings.define("everywhere", EVERYWHERE, GAZETTEER_FILE)
    findings.define("both", Hand.BOTH, GAZETTEER_FILE)
    if draft.mission is not None:
        Checker(MISSION_FILE, findings).check(draft.mission, MISSION)
        findings.problems.extend(mission_times(draft.mission, clock, MISSION_FILE))
        findings.problems.extend(_shared_names(draft.mission))
        findings.problems.extend(_sides(findings))
        findings.problems.extend(bonds(draft.mission, draft.agreements, MISSION_FILE))
    for name, root in draft.agreements.items():
        Checker(name, findings).check(root, AGREEMENT)
        findings.problems.extend(agreement_times(root, clock, name))
        findings.problems.extend(agreement_sense(root, clock, name))
        findings.problems.extend(outline_sense(root, draft.features, draft.places, (clock, name)))
    findings.problems.extend(lineage(draft.agreements))
    readable = draft.mission is not None and isinstance(draft.mission.value, dict)
    if draft.unread:
        findings.forget("agreement")
    findings.problems.extend(findings.unresolved(everywhere=readable))


def _sides(findings: Findings) -> Iterator[Problem]:
    """Complain of an id that is party, force or outsider at once."""
    scopes = [findings.defined.get(scope, {}) for scope in ("party", "force", "outsider")]
    for name in sorted({n for scope in scopes for n in scope}):
        places = [scope[name] for scope in scopes if name in scope]
        if len(places) > 1:
            found = f"{name!r} is used for two kinds of side: {' and '.join(places)}"
            yield _missing(MISSION_FILE, found, "a side is a party, a force or an outsider")


def _shared_names(mission: Node) -> Iterator[Problem]:
    """Complain of a name that two voices, two sides or two people share: who is meant would be a guess."""
    for keys in (("sources",), ("parties", "associated_forces"), ("people",)):
        taken: dict[str, str] = {}
        for member in (m for key in keys for m in _items(below(mission, key))):
            owner = word(member, "id")
            for node in _name_nodes(member):
                first = taken.setdefault(fold(str(node.value)), owner)
                if first != owner:
                    found = f"the name {node.value!r} already belongs to {first!r}"
                    yield complaint(MISSION_FILE, node, found, "leave each name with one only")


def _name_nodes(member: Node) -> Iterator[Node]:
    # Coders write the id of a side, never the id of a source.
    side = below(member, "role") is None
    keys = ("id", "name", "names", "aliases") if side else ("name", "aliases")
    parts = [below(member, key) for key in keys]
    for part in (p for p in parts if p is not None):
        inner = list(part.value.values()) if isinstance(part.value, dict) else _items(part)
        yield from (node for node in [part, *inner] if isinstance(node.value, str))


def _items(node: Node | None) -> list[Node]:
    return node.value if node is not None and isinstance(node.value, list) else []


def _evidence(draft: _Draft, folder: Path) -> Iterator[Problem]:
    """Complain of evidence files that are not there, or that lie outside the mission folder."""
    for entry in _items(below(draft.mission, "evidence") if draft.mission else None):
        name, node = word(entry, "file"), below(entry, "file") or entry
        if not name:
            continue
        try:
            look(folder, name)
        except FileError as error:
            found = f"the evidence file {name!r}: {error.message}"
            yield complaint(MISSION_FILE, node, found, error.advice)


def _built(draft: _Draft, version: str) -> Mission | None:
    clock = clock_of(draft.mission)
    if draft.mission is None or clock.zone is None:
        return None
    agreements = (
        build.agreement(root, clock, zones(root, clock, draft.places, draft.features))
        for root in draft.agreements.values()
    )
    ordered = tuple(sorted(agreements, key=_first_instant))
    built = build_mission.mission(draft.mission, clock.zone, ordered, draft.places, version)
    return replace(built, pack=draft.pack, known_texts=draft.texts)


def _combined(mission: Mission, draft: _Draft) -> Iterator[Problem]:
    """Complain of an agreement with more rival readings at once than can be followed."""
    files = {word(root, "id"): name for name, root in draft.agreements.items()}
    for agreement in mission.agreements:
        if (number := combinations(agreement, mission)) > MOST_COMBINATIONS:
            said = f"{number} combinations of rival readings, {MOST_COMBINATIONS} at most can be followed"
            yield _missing(files[agreement.id], said, "keep the readings that somebody holds")


def _first_instant(agreement: Agreement) -> tuple[str, str]:
    return (min(reading.instant for reading in agreement.readings).isoformat(), agreement.id)


def _pack(draft: _Draft, folder: Path) -> None:
    """Load the data pack that a mission names, and complain where it lacks one of its sides."""
    if draft.mission is None or (node := below(draft.mission, "pack")) is None:
        return
    problems = draft.findings.problems
    try:
        draft.pack, found = load_pack(pack_folder(word(draft.mission, "pack"), folder))
    except MissionError as error:
        problems.append(complaint(MISSION_FILE, node, error.message, error.advice))
        return
    # A pack that takes the mission's places tells of their faults once more.
    problems.extend(p for p in found if p not in problems)
    known = {side.id for side in draft.pack.sides} if draft.pack else set()
    for scope in ("party", "force"):
        for name in draft.findings.defined.get(scope, {}) if known else ():
            if name not in known:
                advice = f"add the side {name} to the pack, or use another pack"
                message = f"the data pack does not know the {scope} {name!r}"
                problems.append(complaint(MISSION_FILE, node, message, advice))


def _texts(draft: _Draft, files: Mapping[str, bytes]) -> None:
    clock = clock_of(draft.mission)
    if TEXTS_FILE in files and clock.zone is not None:
        draft.texts, found = read_known_texts(files[TEXTS_FILE], TEXTS_FILE, clock.zone)
        draft.findings.problems.extend(found)


def _version(files: Mapping[str, bytes], pack: Pack | None) -> str:
    """Digest over the sorted pairs of relative path and sha256 of the mission's files, and its pack."""
    lines = [f"{name}\0{hashlib.sha256(files[name]).hexdigest()}\n" for name in sorted(files)]
    lines.extend([f"pack\0{pack.version}\n"] if pack else [])
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:_VERSION_LENGTH]


def _missing(file: str, message: str, advice: str) -> Problem:
    return Problem(severity=Severity.ERROR, file=file, message=message, advice=advice)


_FOLDER_ADVICE = "name a folder that holds mission.yaml, such as missions/karabakh-2020"
_MISSION_ADVICE = "write mission.yaml, or begin with `truceline mission new FOLDER`"
_GAZETTEER_ADVICE = "write gazetteer.csv; its header line alone is enough to begin with"
_AGREEMENT_ADVICE = "write at least one agreements/NAME.yaml; docs/verbs/terms.md shows how"
