"""What `truceline mission new` asks, or reads from a file: the answers that a draft begins with, every fault of them at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from truceline.errors import MissionError
from truceline.model.finding import Occurrence
from truceline.model.mission import AttributionMode
from truceline.terms.calendar import DATE_PATTERN, day, mission_zone
from truceline.terms.check import Checker, Findings, complaint
from truceline.terms.observability import channels
from truceline.terms.shape import Fields, Listing, Maybe, Names, Number, Shape, Text, Word
from truceline.terms.shapes import FILE_ID
from truceline.terms.times import below, word
from truceline.terms.tree import parse

if TYPE_CHECKING:
    from datetime import date

    from truceline.model.problem import Problem
    from truceline.terms.tree import Node

_ANY = Text()
_ID = Text(pattern=FILE_ID, expected="an id of letters, digits, dots, dashes")
_DAY = Text(pattern=DATE_PATTERN, expected="a day such as 2020-10-10")
_SIDE: dict[str, Shape] = {"id": _ID, "names": Names()}
ANSWERS = Fields(
    must={
        "title": _ANY, "zone": _ANY, "parties": Listing(Fields(must=_SIDE, may={}), least=2),
        "agreement": Fields(
            must={"id": _ID, "title": _ANY, "text": _ANY, "language": _ANY, "source": _ANY},
            may={"issuer": _ANY, "announced": _DAY, "announced_by": _ANY, "form": _ANY},
        ),
    },
    may={
        "associated_forces": Listing(
            Fields(must={**_SIDE, "bound_through": Maybe(_ANY)}, may={})
        ),
        "mediators": Listing(_ID), "report_from": _DAY, "languages": Listing(_ANY, least=1),
        "area": Fields(
            must={"id": _ID, "name": _ANY, "lat": Number(-90, 90), "lon": Number(-180, 180),
                  "radius_km": Number(0, 1000, above=True)},
            may={},
        ),
        "channels": Listing(Word(channels())),
        "mandate": Fields(
            must={},
            may={"text": _ANY, "attribution": Word.of(AttributionMode), "classify_from": Word.of(Occurrence)},
        ),
        "pack": _ANY,
    },
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A party or an associated force: its id, its names by language, and whom it is bound through."""

    id: str
    names: tuple[tuple[str, str], ...]
    bound_through: str | None = None

    @property
    def called(self) -> tuple[str, ...]:
        """Its names."""
        return tuple(name for _, name in self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """The mission's area as a circle: one place of its gazetteer."""

    id: str
    name: str
    lat: float
    lon: float
    radius_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a draft begins with; what is None, or empty, nobody chose."""

    id: str
    title: str
    zone: str
    parties: tuple[Side, ...]
    agreement: str
    agreement_title: str
    text: str
    language: str
    source: str
    issuer: str | None = None
    form: str | None = None
    announced: date | None = None
    announced_by: str | None = None
    forces: tuple[Side, ...] = ()
    mediators: tuple[str, ...] = ()
    report_from: date | None = None
    languages: tuple[str, ...] = ()
    area: Area | None = None
    channels: tuple[str, ...] = ()
    mandate_text: str | None = None
    attribution: AttributionMode | None = None
    classify_from: Occurrence | None = None
    pack: str | None = None


@dataclass(slots=True)
class _Read:
    """A node of the answers, by key; nothing here complains, the checks have gone before."""

    node: Node
    problems: list[Problem] = field(default_factory=list)

    def maybe(self, key: str) -> str | None:
        found = below(self.node, key)
        return None if found is None or found.value is None else str(found.value)

    def text(self, key: str) -> str:
        return word(self.node, key)

    def at(self, key: str) -> _Read | None:
        found = below(self.node, key)
        return None if found is None else _Read(found)

    def listed(self, key: str) -> tuple[_Read, ...]:
        found = below(self.node, key)
        return tuple(map(_Read, found.value)) if found and isinstance(found.value, list) else ()

    def words(self, key: str) -> tuple[str, ...]:
        return tuple(str(item.node.value) for item in self.listed(key))


def read_answers(
    content: bytes, file: str, mission: str
) -> tuple[Answers | None, tuple[Problem, ...]]:
    """Read a file of answers for a mission of that id, or give every problem; the text is named, and not read here."""
    root, problems = parse(content, file)
    if root is None:
        return None, problems
    findings = Findings()
    Checker(file, findings).check(root, ANSWERS)
    found = (*problems, *findings.problems)
    if not found:
        found = tuple(_sense(root, file))
    return (None, found) if found else (_answers(_Read(root), mission), ())


def _sense(root: Node, file: str) -> list[Problem]:
    """Complain of a zone that is none, a day of no calendar, and of a force bound through nobody named."""
    problems = []
    said, agreement = _Read(root), below(root, "agreement")
    for node, test in (
        (below(root, "zone"), mission_zone),
        (below(root, "report_from"), day),
        (below(agreement, "announced") if agreement else None, day),
    ):
        if node is None:
            continue
        try:
            test(str(node.value))
        except MissionError as error:
            problems.append(complaint(file, node, error.message, error.advice))
    parties = {party.text("id") for party in said.listed("parties")}
    for force in said.listed("associated_forces"):
        through = below(force.node, "bound_through")
        if through is not None and through.value is not None and through.value not in parties:
            told = f"{through.value!r} is no party"
            problems.append(
                complaint(file, through, told, f"use {', '.join(sorted(parties))}, or null")
            )
    return problems


def _answers(said: _Read, mission: str) -> Answers:
    agreement = said.at("agreement")
    assert agreement is not None  # noqa: S101  the check has seen it
    mandate, area = said.at("mandate"), said.at("area")
    attribution = mandate.maybe("attribution") if mandate else None
    level = mandate.maybe("classify_from") if mandate else None
    announced, first = agreement.maybe("announced"), said.maybe("report_from")
    return Answers(
        id=mission, title=said.text("title"), zone=said.text("zone"),
        parties=tuple(_side(p) for p in said.listed("parties")),
        forces=tuple(_side(f) for f in said.listed("associated_forces")),
        agreement=agreement.text("id"), agreement_title=agreement.text("title"),
        text=agreement.text("text"), language=agreement.text("language"),
        source=agreement.text("source"), issuer=agreement.maybe("issuer"),
        form=agreement.maybe("form"), announced=day(announced) if announced else None,
        announced_by=agreement.maybe("announced_by"), mediators=said.words("mediators"),
        report_from=day(first) if first else None, languages=said.words("languages"),
        area=_area(area) if area else None, channels=said.words("channels"),
        mandate_text=mandate.maybe("text") if mandate else None,
        attribution=AttributionMode(attribution) if attribution else None,
        classify_from=Occurrence(level) if level else None, pack=said.maybe("pack"),
    )  # fmt: skip


def _side(said: _Read) -> Side:
    names = below(said.node, "names")
    known = names.value if names is not None and isinstance(names.value, dict) else {}
    return Side(
        id=said.text("id"), bound_through=said.maybe("bound_through"),
        names=tuple(sorted((code, str(name.value)) for code, name in known.items())),
    )  # fmt: skip


def _area(said: _Read) -> Area:
    numbers = {key: float(said.maybe(key) or 0) for key in ("lat", "lon", "radius_km")}
    return Area(id=said.text("id"), name=said.text("name"), **numbers)
