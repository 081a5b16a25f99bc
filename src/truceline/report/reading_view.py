"""How was this text read? The text itself with its claims marked in place, on one page.

The page holds the text, which belongs to its publisher: it is written only where somebody asks.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from truceline.model.coding import Modality, Qualifier
from truceline.model.place_time import UNRESOLVED
from truceline.report.words import plural, span_utc, span_words, words_of
from truceline.text.signs import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo

    from jinja2 import Template

    from truceline.model.coding import Cited, Coding, Count, Layer
    from truceline.model.evidence import Claim, Item

# What words of a claim are marked for, the most telling first: where two meet, the first is shown.
ROLES = {
    "speaker": "who says it, and the word of saying",
    "act": "what is said to have been done, and with what",
    "actor": "who is said to have done it",
    "count": "a number that counts something",
    "time": "when",
    "hedge": "how sure the speaker is",
    "denied": "what is denied",
}
_OPEN = {
    Qualifier.ABOUT: "about ", Qualifier.AT_LEAST: "at least ", Qualifier.MORE_THAN: "more than ",
    Qualifier.AT_MOST: "at most ", Qualifier.LESS_THAN: "less than ",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text as read: its file's name, the item, the canonical text, its claims in reading order."""

    file: str
    item: Item
    text: str
    language: str
    claims: tuple[Claim, ...]
    zone: tzinfo | None
    pack: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A claim as a footnote: its number, the line that sums it up, and every field by its name."""

    number: int
    quote: str
    line: str
    fields: tuple[tuple[str, str], ...]
    flags: tuple[str, ...]
    unresolved: tuple[str, ...]


def reading_page(reading: Reading) -> str:
    """Write the page; everything that comes from the text or its file is escaped."""
    cards = tuple(_card(n, claim, reading.zone) for n, claim in enumerate(reading.claims, 1))
    return _template().render(
        r=reading, cards=cards, roles=ROLES, body=marked(reading.text, reading.claims),
        facts=_facts(reading), count=plural(len(cards), "claim"),
    )  # fmt: skip


def claim_line(claim: Claim, zone: tzinfo | None) -> str:
    """Say a claim in one line: speaker, stance, act, actor -> target, place, time, counts, hedge, flags."""
    coding = claim.coding
    targets = coding.targets if coding else ()
    acts = ", ".join(words_of(a.value) for a in claim.acts) or f"act {UNRESOLVED}"
    who = ", ".join(claim.actors) or f"actor {UNRESOLVED}"
    parts = [
        _speaker(claim), words_of(claim.stance.value), acts,
        f"{who} -> {', '.join(targets) or 'no target'}", _place(claim), _when(claim, zone),
        "; ".join(count_words(c) for c in coding.counts) if coding else "",
        coding.modality.value if coding and coding.modality is not Modality.ASSERTED else "",
        coding.attitude.value if coding and coding.attitude else "",
        f"hedged: {claim.hedge}" if claim.hedge else "",
        ", ".join(coding.flags) if coding else "",
    ]  # fmt: skip
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)


def count_words(count: Count) -> str:
    """Write a count as it was stated: `at least 3 killed`."""
    if count.low is None and count.high is None:
        number = "an unstated number of"
    elif count.low is None or count.high is None or count.low == count.high:
        number = str(count.stated)
    else:
        number = f"{count.low}-{count.high}"
    about = [count.side or "", count.status or "", "in all" if count.cumulative else ""]
    notes = ", ".join(note for note in about if note)
    words = f"{_OPEN.get(count.qualifier, '')}{number} {count.measure.value}"
    return f"{words} ({notes})" if notes else words


def marked(text: str, claims: Sequence[Claim]) -> Markup:
    """Give the text with every claim marked; where claims overlap, their marks are cut at each end."""
    begins: dict[int, list[int | str]] = {}
    ends: dict[int, list[int | str]] = {}
    for start, end, mark in _ranges(claims):
        first, last = min(start, len(text)), min(end, len(text))
        if first < last:
            begins.setdefault(first, []).append(mark)
            ends.setdefault(last, []).append(mark)
    here: Counter[int | str] = Counter()
    pieces = []
    for start, end in pairwise(sorted({0, len(text), *begins, *ends})):
        here.subtract(ends.get(start, ()))
        here.update(begins.get(start, ()))
        here = +here
        numbers = sorted(mark for mark in here if isinstance(mark, int))
        role = next((role for role in ROLES if here[role]), None)
        closing = sorted(mark for mark in ends.get(end, ()) if isinstance(mark, int))
        pieces.append(_piece(text[start:end], numbers, role, closing))
    return Markup("").join(pieces)


def _ranges(claims: Sequence[Claim]) -> Iterator[tuple[int, int, int | str]]:
    """Give every stretch to mark: claims by their number, the words of their fields by role."""
    for number, claim in enumerate(claims, 1):
        if claim.start is not None and claim.end is not None:
            yield claim.start, claim.end, number
        for role, words in _role_words(claim.coding):
            yield words.start, words.end, role


def _piece(words: str, here: Sequence[int], role: str | None, closing: Sequence[int]) -> Markup:
    """Give one stretch of text that has the same marks throughout, with the notes that end there."""
    shown = escape(clean(words))
    if here and role:
        shown = Markup('<span class="r-{}">{}</span>').format(role, shown)
    if here:
        label = ", ".join(str(n) for n in here)
        depth = "deep" if len(here) > 1 else "one"
        shown = Markup('<mark class="{}" title="claim {}">{}</mark>').format(depth, label, shown)
    for number in closing:
        shown += Markup('<sup><a href="#claim-{0}" id="at-{0}">{0}</a></sup>').format(number)
    return shown


def _role_words(coding: Coding | None) -> Iterator[tuple[str, Cited]]:
    """Give the words of a claim that carry its fields, with what they are marked for."""
    if coding is None:
        return
    for layer in coding.layers:
        yield from (("speaker", c) for c in (layer.said, layer.cue) if c is not None)
    yield from (("act", c) for c in (*coding.cues, *coding.instruments))
    yield from (("actor", c) for c in coding.actor_words)
    yield from (("count", c.cited) for c in coding.counts)
    yield from (("hedge", c) for c in coding.hedges)
    if coding.time is not None and coding.time.cited is not None:
        yield "time", coding.time.cited
    if coding.denied is not None:
        yield "denied", coding.denied


def _card(number: int, claim: Claim, zone: tzinfo | None) -> Card:
    fields = [
        ("speaker", _speaker(claim)), ("stance", words_of(claim.stance.value)),
        ("act", ", ".join(words_of(a.value) for a in claim.acts) or UNRESOLVED),
        ("actor", ", ".join(claim.actors) or UNRESOLVED), ("place", _place(claim)),
        ("time", _when(claim, zone)), ("in UTC", span_utc(claim.span) if claim.span else ""),
        ("hedge", claim.hedge or ""),
    ]  # fmt: skip
    if claim.coding is not None:
        fields.extend(_coding_fields(claim.coding))
    fields.append(("stands at", f"{claim.start}\N{EN DASH}{claim.end}"))
    fields.append(("id", claim.id))
    return Card(
        number=number, quote=claim.quote or "", line=claim_line(claim, zone),
        fields=tuple((name, value) for name, value in fields if value),
        flags=claim.coding.flags if claim.coding else (), unresolved=claim.unresolved,
    )  # fmt: skip


def _coding_fields(coding: Coding) -> Iterator[tuple[str, str]]:
    """Give what only a text's claims have, field by field."""
    yield "target", ", ".join(coding.targets)
    yield "participants", ", ".join(sorted(coding.participants))
    yield "attribution, from the outlet inwards", " > ".join(_layer(x) for x in coding.layers)
    yield "modality", words_of(coding.modality.value)
    yield "attitude", words_of(coding.attitude.value) if coding.attitude else ""
    yield "denied", coding.denied.text if coding.denied else ""
    yield "direct speech", "yes" if coding.direct else ""
    yield "words of the act", _cited(coding.cues)
    yield "words of the actor", _cited(coding.actor_words)
    yield "instrument", _cited(coding.instruments)
    yield "counts", "; ".join(count_words(c) for c in coding.counts)
    yield "came from", ", ".join(coding.origins)
    others = (f"{p.place.name} ({p.role.value})" for p in coding.other_places)
    yield "other places", "; ".join(others)
    if coding.time is not None:
        time = coding.time
        notes = [words_of(time.granularity.value), f"zone {time.zone_basis.value}"]
        notes += ["carried over from before"] if time.inherited else []
        notes += [f"counted from {time.anchor}"] if time.anchor else []
        yield "kind of time", f"{time.kind.value} ({', '.join(notes)})"
    for coder in coding.coders:
        rules = ", ".join(coder.rules) or "none named"
        yield f"read by {coder.name} {coder.version}, rules fired", rules
    yield "coders that agree", f"{coding.agreement[0]} of {coding.agreement[1]}"


def _layer(layer: Layer) -> str:
    named = layer.said.text if layer.said else ", ".join(layer.actors) or "not named"
    sides = f" [{', '.join(layer.sides)}]" if layer.sides else ""
    cue = f" by {layer.cue.text!r}" if layer.cue else ""
    return f"{named}{sides}{cue}{' (carried over)' if layer.inferred else ''}"


def _cited(words: Iterable[Cited]) -> str:
    return "; ".join(dict.fromkeys(c.text for c in words))


def _speaker(claim: Claim) -> str:
    if claim.speaker is None:
        return f"speaker {UNRESOLVED}"
    sides = ", ".join(claim.speaker.sides)
    return f"{claim.speaker.text} [{sides}]" if sides else claim.speaker.text


def _place(claim: Claim) -> str:
    names = [place.name for place in claim.places]
    return "; ".join((*names, *(f"{name} (?)" for name in claim.unplaced))) or f"place {UNRESOLVED}"


def _when(claim: Claim, zone: tzinfo | None) -> str:
    if claim.span is not None:
        return span_words(claim.span, zone or UTC)
    said = f" ({claim.time_text})" if claim.time_text else ""
    return f"time {UNRESOLVED}{said}"


def _facts(reading: Reading) -> tuple[tuple[str, str], ...]:
    item = reading.item
    facts = (
        ("published", item.published_text or "not known"),
        ("outlet", item.outlet or ""),
        ("profile", item.profile or "news"),
        ("issuer", item.issuer or ""),
        ("language", reading.language),
        ("translated", "yes" if item.translated else ""),
        ("read with", reading.pack),
        ("sha256 of the file", item.id),
        ("about the file", ", ".join(words_of(flag) for flag in reading.flags)),
    )
    return tuple((name, value) for name, value in facts if value)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("truceline.report"), autoescape=True, trim_blocks=True,
        lstrip_blocks=True, undefined=StrictUndefined, finalize=_finalize,
        keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("reading.html.j2")


def _finalize(value: object) -> object:
    """Clean every text that reaches the page; the marked text is made of cleaned parts already."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return clean(value)
    return value
