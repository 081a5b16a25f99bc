"""A fictional mission whose terms and rows reach every answer of the judge, told line by line; `python -m tests.judge.golden_world` writes it.

The kept text is read by people as much as by the test: each line is an answer with its reasons.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.builders import TRUCE, ZONE, Row, mission, project, reading, row
from truceline.model.acts import Act
from truceline.model.agreement import (
    Ambiguity,
    Announcement,
    Breach,
    Counting,
    Deadline,
    Event,
    EventKind,
    ExceptionClause,
    ExceptionKind,
    Obligation,
    Period,
    Prohibition,
    Undertaking,
    Zone,
)
from truceline.model.agreement import ProvisionKind as Kind
from truceline.model.coverage import CoverageRecord, Loss, Restriction, RestrictionClass
from truceline.model.decision import Decision, Reasons, Verdict
from truceline.model.deed import Unit
from truceline.model.judgement import AgreementOutcome, Classification, ObligationStanding, Standing
from truceline.model.mission import AttributionMode, Mission
from truceline.model.report import Assessment
from truceline.pipeline import Cut
from truceline.review import decide

FILES = Path(__file__).parent / "golden"
AS_OF = Cut(instant=datetime(2020, 10, 27, 20, tzinfo=UTC), text="28 October")
SAID = Announcement(
    instant=datetime(2020, 10, 9, tzinfo=UTC), text="2020-10-09", by="both", source="fiction",
    document=True,
)  # fmt: skip
ZONES = (
    Zone(id="z", name="around Alpha", lat=40.0, lon=46.0, radius_km=20.0),
    Zone(id="y", name="around Gamma", lat=39.5, lon=46.5, radius_km=20.0),
    Zone(id="of", name="north", lat=40.0, lon=46.1, radius_km=25.0, of=("north",)),
)


def prohibition(name: str, **changes: object) -> Prohibition:
    """Make a clause: by default nobody fires indirectly around Alpha, a serious breach."""
    made = Prohibition(
        id=name, kind=Kind.CESSATION_OF_FIRE, title=name, by=("AA", "BB"),
        acts=(Act.INDIRECT_FIRE,), areas=("z",), breach=Breach.SERIOUS,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def deadline(name: str, day: int, after: str | None = None) -> Deadline:
    """Make a due date in October, or two days after a provision."""
    period = Period(length="P2D", start=after, counting=Counting.TO_THE_HOUR) if after else None
    at = None if after else datetime(2020, 10, day, tzinfo=UTC)
    return Deadline(
        id=name, text=name, zone="UTC", instant=at, period=period, held_by="x", source="x"
    )


def duty(name: str, **changes: object) -> Obligation:
    """Make an obligation of AA to hand over, through Relief."""
    made = Obligation(
        id=name, kind=Kind.EXCHANGE_REMAINS, title=name, deed=name, debtors=("AA",),
        intermediary="Relief", unit=Unit.REMAINS, acts=(Act.EXCHANGE_OF_PRISONERS_AND_REMAINS,),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def event(
    name: str, kind: EventKind, day: int, *provisions: str, until: int | None = None
) -> Event:
    """Make an event announced on a day of October that acts then, or moves a date until another."""
    at = datetime(2020, 10, day, tzinfo=UTC)
    said = replace(SAID, instant=at, text=f"2020-10-{day}")
    return Event(
        id=name, kind=kind, text=name, announced=said, provisions=provisions,
        readings=(deadline(f"{name}-until", until),) if until else (),
    )  # fmt: skip


PROHIBITIONS = (
    prohibition("serious"),
    prohibition("minor", breach=Breach.MINOR, acts=(Act.HOSTILE_ACT,), areas=("z", "y")),
    prohibition("no-acts", acts=(), breach=None, ambiguities=("vague",)),
    prohibition("no-area", areas=(), ambiguities=("vague",)),
    prohibition("anywhere", areas=(), anywhere=True, kind=Kind.NO_AIR_OPERATIONS),
    prohibition("of-places", areas=("of",), kind=Kind.NO_MINING),
    prohibition("offensive", qualifier="offensive", kind=Kind.NO_RECONNAISSANCE),
    prohibition("one-side", by=("AA",), kind=Kind.FREEZE_POSITIONS),
    prohibition("mirror-a", by=("AA", "CC"), against="BB", kind=Kind.NO_OFFENSIVE_ACTION),
    prohibition("mirror-b", by=("BB",), against="AA", kind=Kind.NO_OFFENSIVE_ACTION),
    prohibition("in-words", exceptions=("return fire on order", "drills"), kind=Kind.PROTECTED_OBJECTS),
    prohibition("suspended", kind=Kind.NO_FORTIFICATION),
    ExceptionClause(
        id="defence", kind=Kind.RETURN_FIRE_EXCEPTION, title="self-defence", by=("AA", "BB"),
        ground=ExceptionKind.SELF_DEFENCE, provisions=("minor", "offensive", "mirror-a", "mirror-b"),
        preconditions=("the hotline is tried first", "in proportion"),
    ),
    ExceptionClause(
        id="police", kind=Kind.RETURN_FIRE_EXCEPTION, title="police", by=("AA",),
        ground=ExceptionKind.LAW_ENFORCEMENT, provisions=("serious", "minor"),
    ),
)  # fmt: skip
DUTIES = (
    duty("free"),
    duty("dated", due=(deadline("20 October", 20),)),
    duty("rival", due=(deadline("20 October", 20), deadline("30 October", 30))),
    duty("moved", due=(deadline("20 October", 20),)),
    duty("silent", acts=(Act.WITHDRAWAL,), due=(deadline("20 October", 20),)),
    duty("then", debtors=("BB",), acts=(Act.HANDOVER_OF_LISTS,), due=(deadline("two days after", 0, "counted"),)),
    duty("counted", quantity=10),
    duty("quarrel", unit=Unit.PRISONERS),
    duty("both", debtors=("AA", "BB")),
    Undertaking(id="best", kind=Kind.NEGOTIATE, title="talk", holders=("AA", "BB"), acts=(Act.NEGOTIATION,)),
)  # fmt: skip


def world(mode: AttributionMode = AttributionMode.WITHHELD_UNLESS_ACKNOWLEDGED) -> Mission:
    """Give the mission: a truce of every kind of clause, an old one before it, a newer one that is silent about it."""
    base = mission(mode)
    truce = replace(
        TRUCE, zones=ZONES, provisions=(*PROHIBITIONS, *DUTIES), announced=SAID, mediators=("FR",),
        ambiguities=(Ambiguity(id="vague", about="all", text="the text says nothing of it"),),
        events=(
            event("pause", EventKind.SUSPENDS, 14, "suspended"),
            event("again", EventKind.RESUMES, 16, "suspended"),
            event("more-time", EventKind.EXTENDS, 18, "moved", until=31),
        ),
    )  # fmt: skip
    newer = replace(
        TRUCE, id="newer", title="Newer", announced=replace(SAID, instant=datetime(2020, 10, 24, tzinfo=UTC)),
        readings=(replace(reading("local", 8), instant=datetime(2020, 10, 25, tzinfo=UTC)),),
        provisions=(prohibition("1", areas=(), anywhere=True),), renews=("old",),
    )  # fmt: skip
    at = datetime(2020, 10, 11, tzinfo=ZONE)
    post = CoverageRecord(
        area="z", channel="patrol", start=at, end=at + timedelta(days=2), effective_fraction=1.0,
        reason="post", lost_to=Loss.NONE,
    )  # fmt: skip
    fog = replace(post, area="alpha", start=at + timedelta(days=2), end=at + timedelta(days=3),
                  effective_fraction=0.5, lost_to=Loss.WEATHER)  # fmt: skip
    bar = Restriction(
        area="z", channel=None, start=at + timedelta(hours=6), end=at + timedelta(hours=12),
        kind=RestrictionClass.DENIAL, by="BB", remaining=0.5, reason="turned back",
    )  # fmt: skip
    return replace(
        base, agreements=(base.agreements[0], truce, newer), coverage=(post, fog),
        restrictions=(bar,), report_from=date(2020, 10, 9),
    )  # fmt: skip


ADMITS = {"kind": "admission", "origin": "BB MoD", "origin_side": "BB", "basis": "own_act"}
AA_ADMITS = {"kind": "admission", "origin": "AA MoD", "origin_side": "AA", "accused": "AA", "basis": "own_act"}  # fmt: skip
CC_ADMITS = AA_ADMITS | {"origin": "CC army", "origin_side": "CC", "accused": "CC"}
LOOKED = {"kind": "verification", "origin": "Watch", "origin_side": "NGO", "basis": "inspected", "access": "own"}  # fmt: skip


def on(day: int, hour: int = 14, **fields: str) -> Row:
    """Make the cells of a row on a day of October."""
    return {
        "t_from_local": f"2020-10-{day:02} {hour:02}:00",
        "pub_date": f"2020-10-{day:02}",
    } | fields


def incidents() -> list[Row]:
    """Give a row or two for each answer that an incident may get."""
    return [
        row("ADMITTED", **ADMITS, **on(11, 9)),
        row("SAID", **on(11, 20)),
        row("BEFORE", **ADMITS, **on(9)),
        row("BETWEEN", **ADMITS, **on(10, 12, t_from_local="2020-10-10 12:30")),
        row(
            "SPAN",
            **ADMITS,
            t_from_local="2020-10-12",
            t_to_local="2020-10-13",
            pub_date="2020-10-14",
        ),
        row("UNTIMED", **ADMITS, t_from_local="", pub_date="2020-10-15", places="Gamma"),
        row("EARLY", **ADMITS, t_from_local="", pub_date="2020-10-08", places="Delta"),
        row("ELSEWHERE", **ADMITS, **on(12, 9, places="Beta")),
        row("NEAR", **ADMITS, **on(12, 18, places="North district", act="ground_assault")),
        row("NOWHERE", **ADMITS, **on(13, 3, places="", act="mortar_fire")),
        row("VAGUE", **ADMITS, **on(13, 9, act="attack")),
        row("NAMELESS", **LOOKED, **on(13, 22, act="", accused="")),
        row("HEARD", **LOOKED | {"basis": "saw"}, **on(14, 9, act="explosion", accused="")),
        row("LOOKED", **LOOKED, **on(14, 20, accused="")),
        row("OURS", **AA_ADMITS, **on(15, 9)),
        row("FORCE", **CC_ADMITS, **on(15, 20, places="Gamma", act="mortar_fire")),
        row("DEFENDED", **ADMITS, **on(16, 9, invokes="self_defence")),
        row("POLICED", **ADMITS, **on(16, 20, invokes="law_enforcement;return_fire")),
        row("REFUTED", **on(17, 9)),
        row("PERMITTED", **ADMITS, **on(17, 20, invokes="self_defence", act="rocket_fire")),
        row("REJECTED", **ADMITS, **on(18, 9, invokes="demining", act="tank_fire")),
        row("LATE", **ADMITS, **on(26, 9)),
        row("MIRRORED", **on(19, 9, act="artillery_shelling")),
        row("MIRROR", origin="BB MoD", origin_side="BB", accused="AA", **on(19, 9)),
    ]


def step(name: str, day: int, progress: str = "", **fields: str) -> Row:
    """Make a row about carrying out, published on a day of October."""
    return row(
        name, kind="implementation", act="exchange_bodies_prisoners", accused="AA", places="",
        t_from_local=f"2020-10-{day:02}", time_precision="day", pub_date=f"2020-10-{day:02}",
        progress=progress,
    ) | fields  # fmt: skip


RELIEF = {"origin": "Relief", "origin_side": ""}
BB = {"origin": "BB MoD", "origin_side": "BB"}
FRANCE = {"origin": "FR government", "origin_side": "FR"}


def steps() -> list[Row]:
    """Give rows about carrying out: every role, word, denial, retraction and count."""
    count = {"quantity": "4", "unit": "remains", "extent": "this_time", "recipient": "BB"}
    return [
        step("ASTEP", 12, "offered"),
        step("AQUARREL", 12, "offered", unit="prisoners"),
        step("BQUARREL", 13, "refused", **BB, unit="prisoners"),
        step("DENIED", 22, "done", **BB, kind="denial", unit="remains"),
        step("BETWEEN1", 23, "partly_done", **RELIEF, **count),
        step("BETWEEN2", 24, "", **RELIEF, **count | {"quantity": "7", "extent": "so_far"}),
        step("MEDIATOR", 24, "begun", **FRANCE, **count | {"quantity": "3"}),
        step("ACOUNT", 21, "", **count),
        step("ACOUNT2", 22, "", **count | {"quantity": "6"}),
        step("TEN", 25, "", **LOOKED | {"basis": "told"}, **count | {"quantity": "10", "extent": "so_far"}),
        step("PRESS", 25, "done", origin="Wire", origin_side=""),
        step("REPEATED", 25, "done", **LOOKED | {"basis": "repeats"}),
        step("BLISTS", 26, "done", **LOOKED | {"basis": "saw"}, act="handover_of_lists", accused="BB"),
        step("BOTH", 26, "done", **LOOKED | {"basis": "saw"}, accused="BB", unit="remains"),
        row("TALK", kind="implementation", act="negotiations", accused="", places="", t_from_local="", pub_date="2020-10-20"),
    ]  # fmt: skip


def decisions() -> tuple[Decision, ...]:
    """Give what two people decided of the rows."""
    plain = project([*incidents(), *steps()], world(), cut=AS_OF)
    claims = {c.external_id: c.id for c in plain.claims}
    made: list[Decision] = []
    for name, verdict, words in (
        ("REFUTED", Verdict.REFUTED, Reasons(occurrence="no crater")),
        (
            "PERMITTED",
            Verdict.PERMITTED_BY_EXCEPTION,
            Reasons(occurrence="hotline log", provision="truce/minor"),
        ),
        (
            "REJECTED",
            Verdict.EXCEPTION_REJECTED,
            Reasons(occurrence="no mines there", provision="truce/minor"),
        ),
        (
            "",
            Verdict.NOT_FULFILLED,
            Reasons(occurrence="counted again", provision="truce/rival", at="2020-10-21T00:00:00Z"),
        ),
    ):
        subject = [claims[name]] if name else []
        made.append(decide(subject, verdict, "Ada Ax", words, made))
        made.append(decide(subject, verdict, "Ben By", words, made))
    return tuple(made)


def lines(found: Assessment) -> list[str]:
    """Tell every judgement in a line, by the names of rows, in an order that hangs on no id."""
    names = {c.id: c.external_id or "" for c in found.claims}
    rows = {i.id: "+".join(sorted(names[m] for m in i.members)) for i in found.incidents}
    told = []
    for j in found.judgements:
        match j:
            case Classification():
                answers = "; ".join(f"{a.reading} {a.in_force}: {a.sentence}" for a in j.answers)
                told.append(
                    f"{rows[j.incident]} | {j.provision} | {j.classification} | {j.after_entry} | {' / '.join(j.reasons)} | {answers}"
                )
            case Standing():
                tallies = ", ".join(f"{t.count} {t.occurrence}" for t in j.tallies)
                recorded = ", ".join(f"{r.count} {r.classification}" for r in j.recorded)
                deficits = ", ".join(f"{'+'.join(d.causes)} {d.share}" for d in j.deficits)
                told.append(
                    f"{j.provision} {j.zone} {j.day} | {j.standing} | {j.effective_fraction} {j.hours} h | {tallies} | {recorded} | {j.uncertain} {j.contested} | {deficits} | {j.sentence}"
                )
            case ObligationStanding():
                said = "; ".join(
                    f"{p.role} {p.who} of {'+'.join(p.debtors)} {p.progress} {p.basis} {names[p.claim]} {p.at:%d %H} {p.published:%d}"
                    for p in j.positions
                )
                counts = "; ".join(
                    f"{a.unit} {a.giver}>{a.recipient} "
                    + ", ".join(
                        f"{c.by} {c.value} {c.extent} {c.handovers} {c.as_of:%d} {'+'.join(sorted(names[n] for n in c.claims))}"
                        for c in a.counts
                    )
                    + f" ~{a.difference}"
                    for a in j.accounts
                )
                told.append(
                    f"{j.provision} | {j.state} {j.tracked_only} {j.amended} {j.late} {j.since} {bool(j.decision)} | {'+'.join(sorted(names[c] for c in j.claims))} | {j.sentence} | {said} | {counts}"
                )
            case AgreementOutcome():
                told.append(
                    f"{j.provision} | {j.violence.outcome}: {j.violence.sentence} | {j.purpose.outcome}: {j.purpose.sentence}"
                )
    bound = [
        f"{rows[b.incident]} binds to {b.agreement} of {'+'.join(b.candidates)} beside {'+'.join(b.beside)}: {b.after_entry}"
        for b in found.bindings
    ]
    return sorted([*told, *bound])


def worlds() -> dict[str, str]:
    """Give the kept texts by name: the mandate that withholds who acted, and the one that may say it."""
    rows = [*incidents(), *steps()]
    return {
        f"{mode}.txt": "\n".join(lines(project(rows, world(mode), decisions(), AS_OF))) + "\n"
        for mode in AttributionMode
    }


if __name__ == "__main__":
    for name, text in worlds().items():
        (FILES / name).write_text(text, encoding="utf-8")
