"""What Truceline reads in a text, put into the terms of each public gold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.evaluate.reading.case2021 import Snippet
from truceline.evaluate.reading.muc4 import Template
from truceline.evaluate.reading.plover import Coding as PloverCoding
from truceline.model.acts import Act, is_kind_of
from truceline.model.coding import Measure, Modality, Qualifier, TimeKind
from truceline.model.evidence import Claim, Item, Stance
from truceline.read.press.rules_coder import RulesCoder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from truceline.evaluate.reading.muc4_files import Document
    from truceline.read.reader import OneRead, TextReader

_ABOUT_A_DAY = 2
_BOMBS = (
    "explo",
    "bomb",
    "blast",
    "dynamit",
    "blow up",
    "blew up",
    "went off",
    "detonat",
    "car bomb",
)
_KIDNAPS = ("kidnap", "abduct", "hostage")
_FIRES = ("burn", "arson", "set fire", "set on fire", "torch")
_THEFTS = ("robb", "stole", "loot", "theft")


def item_of(text: str, published: datetime | None, name: str) -> Item:
    """Give a text as an item of the news profile."""
    return Item(
        id=name, external_id=None, reader="text", content=text.encode(), published=published,
        published_text="", outlet=None, url=None, language="en", media_type="text/plain",
    )  # fmt: skip


def read(reader: TextReader, text: str, published: datetime | None, name: str) -> OneRead:
    """Read one English text by the rules."""
    return reader.read(text, item_of(text, published, name), "en")


# -- MUC-4 ---------------------------------------------------------------------------------------


def templates(one: OneRead, document: Document, names: Mapping[str, str]) -> list[Template]:
    """Give the incidents of a text as MUC-4 templates; `names` gives the key's word for a side."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in one.claims:
        kind = _muc_type(claim)
        if kind is None or not _counts_as_incident(claim):
            continue
        groups.setdefault((kind, ""), []).append(claim)
    return [
        _template(kind, claims, document, names) for (kind, _), claims in sorted(groups.items())
    ]


def trivial_template(document: Document) -> list[Template]:
    """Give the baseline: one attack at the dateline on or before the day of the text."""
    return [
        Template(
            type="ATTACK", date_low=None, date_high=document.day,
            places=(document.place,) if document.place else (), category="TERRORIST ACT",
        )
    ]  # fmt: skip


def _muc_type(claim: Claim) -> str | None:
    words = " ".join(c.text for c in claim.coding.cues).casefold() if claim.coding else ""
    if any(w in words for w in _KIDNAPS):
        return "KIDNAPPING"
    if any(w in words for w in _FIRES):
        return "ARSON"
    if any(w in words for w in _THEFTS):
        return "ROBBERY"
    if any(w in words for w in _BOMBS):
        return "BOMBING"
    if any(is_kind_of(a, Act.HOSTILE_ACT) for a in claim.acts):
        return "ATTACK"
    return None


def _counts_as_incident(claim: Claim) -> bool:
    coding = claim.coding
    if coding is None or coding.modality is not Modality.ASSERTED:
        return False
    past = coding.time is not None and coding.time.kind is TimeKind.BACKGROUND
    return not past and claim.stance is not Stance.CALLS_FOR and "negated" not in coding.flags


def _template(
    kind: str, claims: Sequence[Claim], document: Document, names: Mapping[str, str]
) -> Template:
    low, high = _dates(claims, document)
    places = tuple(dict.fromkeys(p.text.upper() for c in claims for p in c.places))
    actors = [names[a] for c in claims for a in c.actors if a in names]
    return Template(
        type=kind, date_low=low, date_high=high,
        places=(*places, *([document.place] if document.place and not places else [])),
        category="TERRORIST ACT", organizations=tuple(dict.fromkeys(actors)),
        confidence=_confidence(claims) if actors else None,
        killed=_range(claims, Measure.KILLED), injured=_range(claims, Measure.INJURED),
    )  # fmt: skip


def _dates(claims: Sequence[Claim], document: Document) -> tuple[date | None, date | None]:
    for claim in claims:
        kind = claim.coding.time.kind if claim.coding and claim.coding.time else None
        if claim.span is not None and kind is not TimeKind.BACKGROUND:
            days = (claim.span.latest - claim.span.earliest).days
            if days <= _ABOUT_A_DAY:
                return claim.span.earliest.date(), claim.span.earliest.date()
    return None, document.day


def _confidence(claims: Sequence[Claim]) -> str:
    first = next(c for c in claims if c.actors)
    if first.hedge:
        return "POSSIBLE"
    match first.stance:
        case Stance.ADMITS:
            return "CLAIMED OR ADMITTED"
        case Stance.ALLEGES:
            return "SUSPECTED OR ACCUSED"
        case _:
            return "REPORTED AS FACT"


def _range(claims: Sequence[Claim], measure: Measure) -> tuple[int, int | None] | None:
    best: tuple[int, int | None] | None = None
    for claim in claims:
        for count in claim.coding.counts if claim.coding else ():
            if count.measure is not measure or count.cumulative or count.low is None:
                continue
            high = count.high if count.qualifier is not Qualifier.AT_LEAST else None
            if best is None or count.low > best[0]:
                best = (count.low, high)
    return best


# -- CASE 2021 -----------------------------------------------------------------------------------

# The classes of CASE-2021 that a ceasefire mission's acts cover, in the order in which they win.
CASE_CLASSES: tuple[tuple[str, tuple[Act, ...]], ...] = (
    ("CHEM_WEAP", (Act.CHEMICAL_WEAPON,)),
    ("AIR_STRIKE", (Act.AIR_STRIKE, Act.UAV_STRIKE, Act.AIR_ATTACK)),
    ("ART_MISS_ATTACK", (Act.ARTILLERY_FIRE, Act.MISSILE_STRIKE, Act.ROCKET_FIRE, Act.MORTAR_FIRE,
                         Act.INDIRECT_FIRE, Act.CLUSTER_MUNITION)),
    ("AGREEMENT", (Act.CEASEFIRE_AGREEMENT, Act.EXCHANGE_OF_PRISONERS_AND_REMAINS)),
    ("NON_VIOL_TERRIT_TRANSFER", (Act.WITHDRAWAL,)),
    ("ABDUCT_DISSAP", (Act.DETENTION,)),
    ("REM_EXPLOS", (Act.MINE_EXPLOSION, Act.EXPLOSION, Act.MINE_LAYING)),
    ("GOV_REGAINS_TERIT", (Act.TERRITORIAL_CONTROL,)),
    ("ARMED_CLASH", (Act.HOSTILE_ACT, Act.FIRE, Act.SMALL_ARMS_FIRE, Act.GROUND_ACTION,
                     Act.GROUND_ASSAULT)),
)  # fmt: skip


def case_label(one: OneRead) -> str | None:
    """Give the class of a snippet by its acts, None where they cover none."""
    acts = {act for claim in one.claims for act in claim.acts}
    return next((name for name, covered in CASE_CLASSES if acts & set(covered)), None)


def covered(snippets: Iterable[Snippet]) -> list[Snippet]:
    """Give the snippets whose gold class our acts cover."""
    names = {name for name, _ in CASE_CLASSES}
    return [s for s in snippets if s.label in names]


# -- PLOVER --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The three-letter code of each side, as PLOVER writes countries."""

    by_side: Mapping[str, str]

    def of(self, sides: Iterable[str]) -> tuple[str, ...]:
        """Give the codes of sides that have one."""
        return tuple(self.by_side[s] for s in sides if s in self.by_side)


def plover_coding(reader: TextReader, one: OneRead, codes: Codes) -> PloverCoding | None:
    """Give source and target of a sentence: who acts (or speaks, where nobody acts) on whom."""
    for claim in one.claims:
        coding = claim.coding
        if coding is None:
            continue
        speaking = [s for layer in coding.layers for s in layer.sides]
        acting = claim.actors if claim.actors and claim.hostile else tuple(speaking) or claim.actors
        sources, others = codes.of(acting), codes.of((*coding.targets, *claim.actors))
        if sources and any(o not in sources for o in others):
            return _coding(sources, others)
    return _by_mentions(reader, one, codes)


def _by_mentions(reader: TextReader, one: OneRead, codes: Codes) -> PloverCoding | None:
    """Give the first side as source and the next as target; one after `by` comes first."""
    lines = RulesCoder(reader.ground).lines(one.document)
    mentions = [(line, a) for line in lines for a in line.actors if codes.of(a.sides)]
    if not mentions:
        return None
    by = [m for m in mentions if m[0].has(m[1].i - 1, "by") or m[0].has(m[1].i - 2, "by")]
    ordered = [*by, *(m for m in mentions if m not in by)]
    sources = codes.of(ordered[0][1].sides)
    rest = codes.of(s for _, a in ordered[1:] for s in a.sides)
    return _coding(sources, [c for c in rest if c not in sources][:1])


def _coding(sources: Sequence[str], targets: Iterable[str]) -> PloverCoding:
    first = tuple(dict.fromkeys(sources))
    return PloverCoding(
        source_codes=first, target_codes=tuple(t for t in dict.fromkeys(targets) if t not in first)
    )
