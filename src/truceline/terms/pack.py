"""A data pack to a `Pack`, or to every problem in all of its files at once."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.errors import MissionError
from truceline.model.pack import (
    ActorKind,
    Alias,
    AliasKind,
    Lexicon,
    Office,
    Pack,
    PackActor,
    Side,
    SideKind,
)
from truceline.model.problem import Problem, Severity, problem_order
from truceline.terms.calendar import day, mission_zone
from truceline.terms.check import Checker, Findings, complaint
from truceline.terms.gazetteer import read_gazetteer
from truceline.terms.pack_shapes import CLASSES, LEXICON, NAME_KEYS, PACK
from truceline.terms.tree import Node, decode, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, tzinfo

    from truceline.model.place_time import GazetteerEntry

PACK_FILE, PLACES_FILE, STATES_FILE = "pack.yaml", "places.csv", "states.csv"
LANGUAGES = "languages"
STATE_COLUMNS = ("id", "language", "state", "people", "capital")
_VERSION_LENGTH = 16


def shipped() -> Path:
    """Give the folder of the packs that come with Truceline."""
    return Path(str(files("truceline"))) / "packs"


def pack_names() -> tuple[str, ...]:
    """Give the names of the packs that come with Truceline, in alphabetical order."""
    return tuple(sorted(p.parent.name for p in shipped().glob(f"*/{PACK_FILE}")))


def pack_folder(name: str, beside: Path | None = None) -> Path:
    """Find a pack: a folder beside the mission first, else one that comes with Truceline.

    Raises MissionError when there is none.
    """
    for folder in (*([beside / name] if beside else []), shipped() / name, Path(name)):
        if (folder / PACK_FILE).is_file():
            return folder
    known = ", ".join(pack_names())
    raise MissionError(f"there is no data pack {name!r}", f"name a folder or one of: {known}")


def pack_files(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Give the files of a pack as (name, bytes), sorted by name."""
    found = (folder / name for name in (PACK_FILE, PLACES_FILE, STATES_FILE))
    return tuple(sorted((p.name, p.read_bytes()) for p in found if p.is_file()))


def load_pack(folder: Path) -> tuple[Pack | None, tuple[Problem, ...]]:
    """Read a pack with the packs it uses and its languages; None when there is any error."""
    try:
        draft = _Draft()
        _gather(folder, draft, ())
    except OSError as error:
        name = Path(error.filename or folder).name
        found = f"a file of the pack cannot be read: {error.strerror}"
        return None, (_problem(name, found, "check that it is there, and its permissions"),)
    except csv.Error as error:
        found = f"the CSV is broken: {error}"
        return None, (_problem(STATES_FILE, found, "mend the quotes in the file"),)
    problems = draft.findings.problems
    problems.extend(draft.findings.unresolved(everywhere=True))
    problems.extend(_unbound(draft))
    if problems:
        return None, tuple(sorted(problems, key=problem_order))
    try:
        return _built(draft), ()
    except MissionError as error:
        return None, (_problem(PACK_FILE, error.message, error.advice),)


@dataclass(slots=True)
class _Draft:
    """A pack being read: the trees of itself and of what it uses, itself last."""

    roots: list[tuple[str, Node]] = field(default_factory=list)
    states: list[dict[str, str]] = field(default_factory=list)
    places: list[GazetteerEntry] = field(default_factory=list)
    lexicons: dict[str, Node] = field(default_factory=dict)
    digests: list[str] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)


def _gather(folder: Path, draft: _Draft, above: tuple[Path, ...]) -> None:
    content = dict(pack_files(folder))
    shown = f"{folder.name}/{PACK_FILE}"
    if PACK_FILE not in content:
        advice = "copy the folder `template` of the shipped packs and begin there"
        draft.findings.problems.append(_problem(shown, "the file is missing", advice))
        return
    draft.digests.extend(f"{name} {hashlib.sha256(content[name]).hexdigest()}" for name in content)
    root = _tree(content[PACK_FILE], shown)
    draft.findings.problems.extend(root[1])
    if root[0] is None:
        return
    _check(root[0], shown, draft.findings)
    for used in _texts(root[0], "uses"):
        try:
            _gather(_used(used, folder, above), draft, (*above, folder.resolve()))
        except MissionError as error:
            draft.findings.problems.append(_problem(shown, error.message, error.advice))
    _parts(content, folder.name, draft)
    for language in _texts(root[0], "languages"):
        _language(language, shown, draft)
    _own_lexicon(root[0], shown, draft)
    draft.roots.append((shown, root[0]))


def _used(name: str, folder: Path, above: tuple[Path, ...]) -> Path:
    found = pack_folder(name, folder.parent)
    if found.resolve() in (*above, folder.resolve()):
        raise MissionError(f"the pack uses itself through {name!r}", "take it out of `uses`")
    return found


def _check(root: Node, shown: str, findings: Findings) -> None:
    """Check one pack; an id must be new in its file, yet it may replace that of a used pack."""
    mine = Findings(problems=findings.problems, references=findings.references)
    Checker(shown, mine).check(root, PACK)
    for scope, names in mine.defined.items():
        findings.defined.setdefault(scope, {}).update(names)


def _parts(content: Mapping[str, bytes], name: str, draft: _Draft) -> None:
    if PLACES_FILE in content:
        places, problems = read_gazetteer(content[PLACES_FILE], f"{name}/{PLACES_FILE}")
        draft.findings.problems.extend(problems)
        draft.places.extend(places)
        for place in places:
            draft.findings.define("place", place.id, f"{name}/{PLACES_FILE}")
    if STATES_FILE in content:
        for row in _states(content[STATES_FILE], f"{name}/{STATES_FILE}", draft.findings):
            draft.states.append(row)
            draft.findings.define("side", row["id"], f"{name}/{STATES_FILE}")


def _language(language: str, shown: str, draft: _Draft) -> None:
    if language in draft.lexicons:
        return
    path = shipped() / LANGUAGES / f"{language}.yaml"
    name = f"{LANGUAGES}/{language}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in path.parent.glob("*.yaml")))
        draft.findings.problems.append(
            _problem(shown, f"there is no lexicon for {language!r}", f"use one of: {known}")
        )
        return
    content = path.read_bytes()
    draft.digests.append(f"{name} {hashlib.sha256(content).hexdigest()}")
    root, problems = _tree(content, name)
    draft.findings.problems.extend(problems)
    if root is not None:
        Checker(name, draft.findings).check(root, LEXICON)
        draft.lexicons[language] = root


def _own_lexicon(root: Node, shown: str, draft: _Draft) -> None:
    """Check the words that a pack adds to a language, class by class."""
    for language, classes in _mapping(root, "lexicon").items():
        for name, keys in _items(classes):
            if name not in CLASSES:
                advice = f"use one of: {', '.join(CLASSES)}"
                message = f"{name!r} is no class of cue words"
                draft.findings.problems.append(complaint(shown, keys, message, advice))
                continue
            for key, _ in _items(keys):
                here = Node(key, keys.keys.get(key, keys.line), keys.path)
                Checker(shown, draft.findings).check(here, CLASSES[name])
        if language not in _texts(root, "languages"):
            message = f"words for {language!r}, which is not among the languages"
            advice = "add it to `languages`, or take the words out"
            draft.findings.problems.append(complaint(shown, classes, message, advice))


def _states(content: bytes, name: str, findings: Findings) -> Iterator[dict[str, str]]:
    text = decode(content, name)
    if isinstance(text, Problem):
        findings.problems.append(text)
        return
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    if tuple(reader.fieldnames or ()) != STATE_COLUMNS:
        message = f"the columns are {', '.join(reader.fieldnames or ())}"
        advice = f"write exactly {', '.join(STATE_COLUMNS)}"
        findings.problems.append(_problem(name, message, advice))
        return
    for row in reader:
        if None in row or None in row.values() or not row["id"] or not row["state"]:
            advice = "give id, language and state; `;` stands between several names"
            findings.problems.append(
                Problem(severity=Severity.ERROR, file=name, row=reader.line_num,
                        message="a row with too few or too many cells", advice=advice)
            )  # fmt: skip
            continue
        yield row


def _unbound(draft: _Draft) -> Iterator[Problem]:
    """Complain of a force without the party that it is bound through."""
    for shown, root in draft.roots:
        for side in _listed(root, "sides"):
            kind, bound = _word(side, "kind"), _word(side, "bound_through")
            if (kind == SideKind.FORCE) != bool(bound):
                message = "a force needs bound_through, and nothing else may have it"
                advice = "name the party that answers for the force"
                yield complaint(shown, side, message, advice)
        for actor in _listed(root, "actors"):
            if not any(_mapping(actor, key) for key in NAME_KEYS):
                yield complaint(shown, actor, "an actor without a name", "give it `names`")


@lru_cache(maxsize=64)
def _tree(content: bytes, name: str) -> tuple[Node | None, tuple[Problem, ...]]:
    return parse(content, name)


def _built(draft: _Draft) -> Pack:
    _, own = draft.roots[-1]
    zone, rule = _zone(own)
    sides = {side.id: side for side in _state_sides(draft.states)}
    actors: dict[str, PackActor] = {}
    opponents: list[tuple[str, str]] = []
    kinds: dict[str, AliasKind] = {}
    places = {place.id: place for place in draft.places}
    for _, root in draft.roots:
        sides.update((side.id, side) for side in map(_side, _listed(root, "sides")))
        actors.update((actor.id, actor) for actor in map(_actor, _listed(root, "actors")))
        opponents.extend((str(pair[0]), str(pair[1])) for pair in _plain(root, "opponents"))
        _place_names(root, places, kinds)
    version = hashlib.sha256("\n".join(sorted(draft.digests)).encode()).hexdigest()
    return Pack(
        id=_word(own, "id"), title=_word(own, "title"), version=version[:_VERSION_LENGTH],
        zone=zone, zone_rule=rule,
        sides=tuple(sides[name] for name in sorted(sides)),
        opponents=tuple(sorted(opponents)),
        actors=tuple(actors[name] for name in sorted(actors)),
        places=tuple(places[name] for name in sorted(places)), place_kinds=kinds,
        lexicons=_lexicons(draft),
    )  # fmt: skip


def _zone(root: Node) -> tuple[tzinfo | None, str]:
    zone = _node(root, "zone")
    if zone is None:
        return None, "no zone is known"
    return mission_zone(_word(zone, "clock")), _word(zone, "rule")


def _state_sides(rows: Iterable[Mapping[str, str]]) -> Iterator[Side]:
    by_id: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        by_id.setdefault(row["id"], []).append(row)
    for name, mine in by_id.items():
        yield Side(
            id=name, kind=SideKind.OUTSIDER, bound_through=None,
            state=_cells(mine, "state"), people=_cells(mine, "people"),
            capital=_cells(mine, "capital"),
        )  # fmt: skip


def _cells(rows: Iterable[Mapping[str, str]], column: str) -> tuple[Alias, ...]:
    return tuple(
        Alias(text=text.strip(), language=row["language"], kind=AliasKind.OFFICIAL)
        for row in rows
        for text in row[column].split(";")
        if text.strip()
    )


def _side(node: Node) -> Side:
    variants = _aliases(node, "mt_variants", AliasKind.MT_VARIANT)
    return Side(
        id=_word(node, "id"), kind=SideKind(_word(node, "kind")),
        bound_through=_word(node, "bound_through") or None,
        state=(*_aliases(node, "state"), *variants), people=_aliases(node, "people"),
        capital=_aliases(node, "capital"),
    )  # fmt: skip


def _actor(node: Node) -> PackActor:
    return PackActor(
        id=_word(node, "id"), kind=ActorKind(_word(node, "kind")),
        side=_word(node, "side") or None,
        offices=tuple(
            Office(
                role=_word(office, "role"), side=_word(office, "side") or None,
                since=_day(office, "since"), until=_day(office, "until"),
            )
            for office in _listed(node, "offices")
        ),
        aliases=tuple(a for key, kind in NAME_KEYS.items() for a in _aliases(node, key, kind)),
    )  # fmt: skip


def _place_names(
    root: Node, places: dict[str, GazetteerEntry], kinds: dict[str, AliasKind]
) -> None:
    """Add further names to places; the kind of a name that is not official is kept."""
    for node in _listed(root, "place_names"):
        place = places[_word(node, "place")]
        for key, kind in NAME_KEYS.items():
            names = tuple(alias.text for alias in _aliases(node, key, kind))
            kinds.update(dict.fromkeys(names, kind))
            place = replace_names(place, names)
        places[place.id] = place


def replace_names(place: GazetteerEntry, names: Iterable[str]) -> GazetteerEntry:
    """Give a place with further names."""
    aliases = tuple(dict.fromkeys((*place.aliases, *names)))
    return replace(place, aliases=aliases)


def _lexicons(draft: _Draft) -> dict[str, Lexicon]:
    found = {}
    for language, root in sorted(draft.lexicons.items()):
        classes: dict[str, dict[str, tuple[str, ...]]] = {}
        trees = [root, *(
            own for _, pack in draft.roots if (own := _mapping(pack, "lexicon").get(language))
        )]  # fmt: skip
        for tree in trees:
            for name, keys in (pair for pair in _items(tree) if pair[0] in CLASSES):
                mine = classes.setdefault(name, {})
                for key, phrases in _items(keys):
                    told = phrases.plain if isinstance(phrases.plain, list) else []
                    mine[key] = (*mine.get(key, ()), *(str(p) for p in told))
        found[language] = Lexicon(language=language, lemmas=_word(root, "lemmas"), classes=classes)
    return found


def _aliases(node: Node, key: str, kind: AliasKind = AliasKind.OFFICIAL) -> tuple[Alias, ...]:
    return tuple(
        Alias(text=str(text), language=language, kind=kind)
        for language, texts in _mapping(node, key).items()
        for text in (texts.plain if isinstance(texts.plain, list) else [])
    )


def _node(node: Node, key: str) -> Node | None:
    return node.value.get(key) if isinstance(node.value, dict) else None


def _mapping(node: Node, key: str) -> dict[str, Node]:
    under = _node(node, key)
    return under.value if under is not None and isinstance(under.value, dict) else {}


def _items(node: Node) -> list[tuple[str, Node]]:
    return list(node.value.items()) if isinstance(node.value, dict) else []


def _listed(node: Node, key: str) -> list[Node]:
    under = _node(node, key)
    return under.value if under is not None and isinstance(under.value, list) else []


def _plain(node: Node, key: str) -> list[list[object]]:
    return [list(n.plain) for n in _listed(node, key) if isinstance(n.plain, list)]


def _texts(node: Node, key: str) -> tuple[str, ...]:
    return tuple(str(n.value) for n in _listed(node, key))


def _word(node: Node, key: str) -> str:
    under = _node(node, key)
    return str(under.value) if under is not None and under.value is not None else ""


def _day(node: Node, key: str) -> date | None:
    return day(_word(node, key)) if _word(node, key) else None


def _problem(file: str, message: str, advice: str) -> Problem:
    return Problem(severity=Severity.ERROR, file=file, message=message, advice=advice)
