"""Answers and a text to the files of a mission that `check` accepts, with every choice that nobody made listed in them."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.model.agreement import ProvisionKind
from truceline.model.finding import Occurrence
from truceline.model.mission import AttributionMode
from truceline.terms.drafting.choices import agreement_choices, mission_choices
from truceline.terms.drafting.clauses import clauses
from truceline.terms.drafting.moments import enters, moments
from truceline.terms.drafting.openness import left_open
from truceline.terms.drafting.proposals import proposals
from truceline.terms.gazetteer import COLUMNS as PLACES
from truceline.terms.watched import COVERAGE, RESTRICTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from truceline.terms.drafting.answers import Answers
    from truceline.terms.drafting.choices import Choice
    from truceline.terms.drafting.moments import Moment
    from truceline.terms.drafting.openness import Open
    from truceline.terms.drafting.proposals import Proposal

_SHORT = 90
_WIDE = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A drafted mission: its files by name, the proposals, and the choices left, by file."""

    files: Mapping[str, str]
    proposals: tuple[Proposal, ...]
    choices: Mapping[str, tuple[Choice, ...]]


def drafted(answers: Answers, text: str, columns: Sequence[str]) -> Draft:
    """Draft a mission from answers and the agreement's text; `columns` are those of coded claims."""
    day = answers.announced or answers.report_from
    sides = {p.id: p.called for p in answers.parties}
    year = day.year if day else 0
    found = proposals(text, sides, year)
    entries = _entries(text, found, year)
    first = answers.report_from or (entries[0].day if entries else None) or answers.announced
    opens = left_open(text, found, entries, [f.id for f in answers.forces])
    agreement, its = _agreement(answers, text, (found, entries, opens))
    mission, ours = _mission(answers, first.isoformat() if first else "2000-01-01", first is None)
    name = f"agreements/{answers.agreement}.yaml"
    tables = {"evidence/claims.csv": columns, "evidence/coverage.csv": COVERAGE,
              "evidence/restrictions.csv": RESTRICTIONS}  # fmt: skip
    return Draft(
        files={
            "mission.yaml": mission, name: agreement, "gazetteer.csv": _gazetteer(answers),
            f"documents/{answers.agreement}.txt": text,
            **{table: ",".join(names) + "\n" for table, names in tables.items()},
        },
        proposals=found, choices={"mission.yaml": ours, name: its},
    )  # fmt: skip


def _entries(text: str, found: Sequence[Proposal], year: int) -> tuple[Moment, ...]:
    """Give the moment from which the text holds, by a clause that says so or by which fire stops; one with an hour before one without."""
    stops = {c for p in found if p.kind is ProvisionKind.CESSATION_OF_FIRE for c in p.clauses}
    said = [c for c in clauses(text) if enters(c.text) or c in stops]
    every = [moment for clause in said for moment in moments(clause.text, year or 2000)]
    return tuple(([m for m in every if m.hour is not None] or every)[:1])


def _q(text: str) -> str:
    """Write a text as a quoted scalar."""
    return json.dumps(_plain(text), ensure_ascii=False)


def _plain(text: str) -> str:
    """Give a text on one line; a sign that cannot be printed is shown as one that stands for it."""
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)


def _list(names: Sequence[str]) -> str:
    return "[" + ", ".join(_q(name) for name in names) + "]"


def _unset(choices: Sequence[Choice]) -> Iterator[str]:
    if not choices:
        yield "unset: []"
        return
    yield "# Choices that nobody has made yet. Make one, then take its line out; `truceline check` lists what is left."
    yield "unset:"
    for what, how in choices:
        yield f"  - what: {_q(what)}"
        yield f"    how: {_q(how)}"


def _quote(words: str, start: int, end: int) -> Iterator[str]:
    """Give a quote as a comment, with where it stands in the document."""
    lines = textwrap.wrap(f'"{_plain(words)}" ({start}-{end})', _WIDE)
    yield from (f"  # {line}" for line in lines)


def _agreement(
    a: Answers, text: str,
    said: tuple[Sequence[Proposal], Sequence[Moment], Sequence[Open]],
) -> tuple[str, tuple[Choice, ...]]:  # fmt: skip
    found, entries, opens = said
    choices = list(agreement_choices(a, text, found, entries))
    lines = [
        f"# A draft by `truceline mission new` from documents/{a.agreement}.txt. Nothing here is decided: each provision stands",
        "# below the words that it rests on, with their place in the document (in characters).",
        f"id: {a.agreement}", f"title: {_q(a.agreement_title)}",
        f"form: {_q(a.form or 'not said yet')}",
        f"parties: {_list([p.id for p in a.parties])}", f"mediators: {_list(a.mediators)}",
        "guarantors: []",
    ]  # fmt: skip
    if a.announced:
        lines += ["announced:", f'  at: "{a.announced}"', "  rule: mission_zone",
                  f"  by: {_q(a.announced_by or 'not said yet')}", f"  source: {_q(a.source)}"]  # fmt: skip
    lines += ["texts:", "  - id: text", f"    language: {a.language}",
              f"    issuer: {_q(a.issuer or 'not said yet')}", f"    sources: [{_q(a.source)}]"]  # fmt: skip
    lines += _entry(a, entries)
    lines += ["zones: []", "provisions:"]
    for proposal in found:
        lines += _provision(proposal, a, opens)
    if not found:
        lines += _nothing(a)
    lines += ["ambiguities:" if opens else "ambiguities: []"]
    for o in opens:
        told = o.text + (f' ("{o.quote}")' if o.quote else "")
        lines += [
            f"  - id: {o.id}",
            f"    about: {_q(', '.join(o.about))}",
            f"    text: {_q(told)}",
        ]
    lines += _unset(choices)
    return "\n".join(lines) + "\n", tuple(choices)


def _nothing(a: Answers) -> Iterator[str]:
    yield from (
        '  - id: "1"', "    class: prohibition", "    kind: cessation_of_fire",
        '    title: "not read: no clause of the text was understood"', "    acts: undefined",
        "    areas: undefined", f"    by: {_list([p.id for p in a.parties])}",
    )  # fmt: skip


def _entry(a: Answers, entries: Sequence[Moment]) -> Iterator[str]:
    """Give the readings of the entry into force; where the text names none the day of announcement stands for it, marked as unset."""
    yield "entry_into_force:"
    moment = entries[0] if entries else None
    day = moment.day if moment else a.announced or a.report_from
    yield f"  - id: {'text' if moment and moment.hour else 'unset'}"
    yield f"    text: {_q(moment.text if moment else 'the text names no day')}"
    yield f'    at: "{day or "2000-01-01"} {moment.hour if moment and moment.hour else "00:00"}"'
    yield f"    zone: {_q(moment.zone)}" if moment and moment.zone else "    rule: mission_zone"
    yield f"    held_by: {_q('the text' if moment and moment.hour else 'nobody yet')}"
    yield f"    source: {_q(a.source)}"


def _provision(p: Proposal, a: Answers, opens: Sequence[Open]) -> Iterator[str]:
    for clause in p.clauses:
        yield from _quote(clause.text, clause.start, clause.end)
    yield f"  - id: {_q(p.id)}"
    yield f"    class: {p.class_}"
    yield f"    kind: {p.kind}"
    yield f"    title: {_q(textwrap.shorten(p.clauses[0].text, _SHORT, placeholder=' ...'))}"
    named = p.named or tuple(side.id for side in a.parties)
    match p.class_:
        case "prohibition":
            yield from (
                "    acts: undefined",
                "    areas: undefined",
                f"    by: {_list(_bound(p, a))}",
            )
            if p.acts:
                yield f"    # acts that the words may mean: {', '.join(p.acts)}"
        case "exception":
            yield from ("    ground: return_fire" if "fire" in p.words.lower() else "    ground: self_defence",
                        f"    by: {_list(_bound(p, a))}")  # fmt: skip
        case "undertaking":
            yield from (f"    holders: {_list(named)}", f"    acts: {_list(p.acts)}")
        case _:
            yield from _duty(p, named)
    mine = [o.id for o in opens if p.id in o.about]
    if mine:
        yield f"    ambiguities: {_list(mine)}"


def _bound(p: Proposal, a: Answers) -> tuple[str, ...]:
    """Give whom a clause binds: the parties it names where it is one alone, else all; the forces beside their party."""
    parties = p.named if len(p.named) == 1 else tuple(side.id for side in a.parties)
    return (*parties, *(f.id for f in a.forces if f.bound_through in parties))


def _duty(p: Proposal, named: Sequence[str]) -> Iterator[str]:
    yield f"    deed: {_q(' '.join(c.text for c in p.clauses))}"
    yield f"    debtors: {_list(named)}"
    yield from _due(p)
    if p.quantity is not None:
        yield f"    quantity: {p.quantity}"
    if p.every is not None and p.quantity is not None:
        yield f"    every: {p.every}"
    if p.unit is not None:
        yield f"    unit: {p.unit}"
    yield f"    acts: {_list(p.acts)}"


def _due(p: Proposal) -> Iterator[str]:
    if p.due is None:
        yield "    due: null"
        return
    yield "    due:"
    yield f"      id: due-{p.id}"
    if isinstance(p.due, str):
        yield from (f"      text: {_q(p.due + ' from the entry into force')}", f"      period: {p.due}",
                    "      from: entry_into_force", "      counting: to_the_hour")  # fmt: skip
    else:
        end = p.due.day if p.due.hour else p.due.day + timedelta(days=1)
        yield from (f"      text: {_q(p.due.text)}", f'      at: "{end} {p.due.hour or "00:00"}"',
                    f"      zone: {_q(p.due.zone)}" if p.due.zone else "      rule: mission_zone")  # fmt: skip
    yield from ("      held_by: nobody yet", "      source: the text")


def _mission(a: Answers, first: str, unknown: bool) -> tuple[str, tuple[Choice, ...]]:  # noqa: FBT001
    choices = tuple(mission_choices(a, unknown=unknown))
    languages = a.languages or (a.language,)
    level = a.classify_from or Occurrence.CONFIRMED
    mode = a.attribution or AttributionMode.WITHHELD_UNLESS_ACKNOWLEDGED
    lines = [
        "# A draft by `truceline mission new`. The choices below `unset` are still to be made.",
        f"id: {a.id}", f"title: {_q(a.title)}",
        f"zone: {{name: {_q(a.area.name if a.area else a.title)}, clock: {_q(a.zone)}, rule: {_q('mission time, ' + a.zone)}}}",
        f"report_from: {first}",
        "mandate:", f"  text: {_q(a.mandate_text or 'not said yet')}",
        f"  attribution: {mode}", f"  classify_from: {level}",
        "parties:", *(f"  - {{id: {p.id}, names: {_names(p.names)}}}" for p in a.parties),
        "associated_forces:" if a.forces else "associated_forces: []",
        *(
            f"  - {{id: {f.id}, bound_through: {f.bound_through or 'null'}, names: {_names(f.names)}}}"
            for f in a.forces
        ),
        f"outsiders: {_list(a.mediators)}", "third_party_classes: [NGO, MEDIA]", "counting_rule: incident",
        'name_policy: "Parallel names in alphabetical order, joined with a slash."',
        f"languages: {_list(languages)}",
        "windows: {base_km: 2, max_km: 25, base_hours: 2, max_hours: 36}",
        *([f"pack: {a.pack}"] if a.pack else []),
        "sources: []",
        "evidence:",
        "  - {reader: coded_claims, file: evidence/claims.csv}",
        "  - {reader: coverage, file: evidence/coverage.csv}",
        "  - {reader: restrictions, file: evidence/restrictions.csv}",
        *_unset(choices),
    ]  # fmt: skip
    return "\n".join(lines) + "\n", choices


def _names(names: Sequence[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{code}: {_q(name)}" for code, name in names) + "}"


def _gazetteer(a: Answers) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(PLACES)
    if a.area:
        area = a.area
        writer.writerow([area.id, area.name, "", "district", area.lat, area.lon, area.radius_km, "",
                         "as given when the mission was drafted"])  # fmt: skip
    return out.getvalue()
