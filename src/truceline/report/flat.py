"""The assessment as flat tables, a row a noun, for spreadsheets, maps and other people's programs.

Every column says what it holds, and whether it may leave the mission: who is accused, who speaks and what they said stay. Times stand in the
mission's zone and in UTC; a place is one point with a radius around all that may be meant; a count has what could be seen beside it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import TYPE_CHECKING

from truceline.model.days import day_of
from truceline.model.finding import Occurrence
from truceline.model.judgement import ObligationStanding
from truceline.model.place_time import enclosing, utc_text

if TYPE_CHECKING:
    from truceline.model.acts import Act
    from truceline.model.evidence import Item
    from truceline.model.place_time import Place, Span
    from truceline.report.scene import Scene

# What the columns of a coder's row begin with, by which they are read back.
CODED = "coded_"
_TABLE_OF_CLAIMS = "coded_claims"
Value = str | int | float | bool | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its Frictionless type, what it holds; `inner` columns do not leave the mission."""

    name: str
    kind: str
    about: str
    inner: bool = False


@dataclass(frozen=True, slots=True)
class FlatTable:
    """One table: its name, what a row is, its columns, and its rows in their order.

    `further` gives the columns that follow, which hang on what the mission's coders wrote.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Scene], Iterable[Row]]
    further: Callable[[Scene], tuple[Column, ...]] = lambda _: ()


_WHEN = (
    Column(
        "earliest_local", "datetime", "earliest instant that may be meant, in the mission's zone"
    ),
    Column("latest_local", "datetime", "latest instant that may be meant, in the mission's zone"),
    Column("earliest_utc", "datetime", "earliest instant that may be meant, UTC"),
    Column("latest_utc", "datetime", "latest instant that may be meant, UTC"),
    Column("time_precision", "string", "how precisely the time is known"),
)
_WHERE = (
    Column(
        "place",
        "string",
        "names of all places that may be meant, by the mission's name policy, with `; ` between",
    ),
    Column("lat", "number", "latitude of the middle of all that may be meant, degrees, WGS 84"),
    Column("lon", "number", "longitude of the middle of all that may be meant, degrees, WGS 84"),
    Column(
        "radius_m",
        "integer",
        "radius around that point in which all that may be meant lies, metres",
    ),
)


def _instants(span: Span | None, scene: Scene) -> Row:
    if span is None:
        return (None,) * len(_WHEN)
    first, last = span.earliest, span.latest
    return (
        _local(first, scene), _local(last, scene), utc_text(first), utc_text(last), span.precision.value,
    )  # fmt: skip


def _where(places: Sequence[Place]) -> Row:
    if not places:
        return (None,) * len(_WHERE)
    lat, lon, radius = enclosing(places)
    return _list(place.name for place in places), round(lat, 6), round(lon, 6), round(radius * 1000)


def _list(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def _local(instant: datetime | None, scene: Scene) -> str | None:
    return None if instant is None else instant.astimezone(scene.mission.zone).isoformat()


def _utc(instant: datetime | None) -> str | None:
    return None if instant is None else utc_text(instant)


def _seen_on_day_of(number: int | None, scene: Scene) -> float | None:
    """Give the share of area and day that somebody could see on the day of an incident, by its number."""
    return (
        None if number is None else _seen(day_of(scene.incidents[number - 1], scene.mission), scene)
    )


def _seen(day: date | None, scene: Scene) -> float | None:
    return scene.observed(day).fraction if day else None


def _acts(acts: tuple[Act, ...], told: dict[tuple[Act, ...], str], scene: Scene) -> str:
    """Name acts as they may be printed; `told` keeps what was named before."""
    if acts not in told:
        told[acts] = _list(a.value for a in scene.mission.told_acts(acts))
    return told[acts]


def _incidents(scene: Scene) -> Iterable[Row]:
    told: dict[tuple[Act, ...], str] = {}
    for number, incident in enumerate(scene.incidents, 1):
        finding = scene.findings[incident.id]
        day = day_of(incident, scene.mission)
        yield (
            number, incident.id, day.isoformat() if day else None, *_instants(incident.span, scene),
            *_where(incident.places), _acts(incident.acts, told, scene), incident.engagement,
            len(incident.members), len(finding.origins), incident.contested, finding.occurrence.value, finding.row.value,
            finding.attribution.state.value, finding.attribution.party, _list(incident.alleged_actors),
            _seen(day, scene),
        )  # fmt: skip


def _items(scene: Scene) -> Iterable[Row]:
    held = Counter(claim.item for claim in scene.assessment.claims)
    licences = {
        name.casefold(): source.licence
        for source in scene.mission.sources
        for name in (source.id, source.name, *source.aliases)
        if source.licence
    }
    for item in (*scene.assessment.items, *scene.assessment.excluded):
        named = (item.issuer, item.outlet)
        yield (
            item.id, item.external_id, item.reader, _local(item.published, scene), _utc(item.published), item.published_text,
            item.outlet, item.url, item.language, item.media_type, item.translated, held[item.id],
            next((licences[n.casefold()] for n in named if n and n.casefold() in licences), None), item.issuer,
            _row_in(item),
        )  # fmt: skip


def _row_in(item: Item) -> str | None:
    """Give the row of a table as it was entered; None for what is no row, and for lists of persons."""
    if item.media_type != "application/json" or item.reader == "persons":
        return None
    row = json.loads(item.content).get("row")
    return None if row is None else json.dumps(row, ensure_ascii=False, sort_keys=True)


def _coded(scene: Scene) -> Mapping[str, Mapping[str, str]]:
    """Give the row that a coder wrote, as it was entered, by item."""
    return {
        item.id: json.loads(item.content)["row"]
        for item in scene.assessment.items
        if item.reader == _TABLE_OF_CLAIMS
    }


def _coded_columns(scene: Scene) -> tuple[Column, ...]:
    """Give a column for each that the coders' rows have, their own included."""
    names = sorted({name for row in _coded(scene).values() for name in row})
    return tuple(
        Column(f"{CODED}{name}", "string", f"`{name}` as the coder wrote it", inner=True)
        for name in names
    )


def _claims(scene: Scene) -> Iterable[Row]:
    coded = _coded(scene)
    names = [column.name.removeprefix(CODED) for column in _coded_columns(scene)]
    told: dict[tuple[Act, ...], str] = {}
    for claim in scene.assessment.claims:
        row = coded.get(claim.item, {})
        yield (
            claim.id, claim.item, claim.external_id, scene.number_of_claim.get(claim.id), claim.reading.value,
            _acts(claim.acts, told, scene), claim.stance.value, *_instants(claim.span, scene),
            *_where(claim.places), claim.place_text, claim.harm.killed, claim.harm.injured, _local(claim.published, scene),
            _utc(claim.published), claim.outlet, claim.url, claim.language, claim.basis.value,
            _seen_on_day_of(scene.number_of_claim.get(claim.id), scene),
            claim.speaker.text if claim.speaker else None, _list(claim.actors), claim.quote, claim.paraphrase,
            *(row.get(name) or None for name in names),
        )  # fmt: skip


def _findings(scene: Scene) -> Iterable[Row]:
    for finding in scene.assessment.findings:
        yield (
            finding.incident, scene.numbers[finding.incident], finding.occurrence.value, finding.contradicted, finding.row.value,
            finding.assessed.value, len(finding.origins), sum(o.outlets for o in finding.origins),
            _seen_on_day_of(scene.numbers[finding.incident], scene), finding.release.state.value,
            finding.attribution.state.value, finding.attribution.party, finding.attribution.likelihood,
            finding.attribution.confidence, _list(r.sentence for r in finding.reasons),
        )  # fmt: skip


def _standings(scene: Scene) -> Iterable[Row]:
    for standing in scene.standings:
        counted = {tally.occurrence.value: tally.count for tally in standing.tallies}
        yield (
            standing.provision, scene.title_of(standing.provision), standing.day.isoformat(), standing.zone, standing.standing.value,
            round(standing.effective_fraction, 4), round(standing.hours, 2), standing.counting_rule, sum(counted.values()),
            *(counted.get(name, 0) for name in _COUNTED), standing.contested, standing.uncertain, standing.sentence,
        )  # fmt: skip


def _obligations(scene: Scene) -> Iterable[Row]:
    for duty in scene.assessment.judgements:
        if isinstance(duty, ObligationStanding):
            yield (
                duty.provision, scene.title_of(duty.provision), duty.state.value, _local(duty.since, scene), _utc(duty.since),
                duty.late, duty.amended, duty.tracked_only, len(duty.claims), duty.sentence,
            )  # fmt: skip


_COUNTED = tuple(occurrence.value for occurrence in Occurrence)

TABLES = (
    FlatTable("incidents", "an incident: claims taken to be of one event", (
        Column("number", "integer", "the number of this run's report"),
        Column("id", "string", "a hash of the claims that it holds"),
        Column("day", "date", "day in the mission's zone on which it is counted"),
        *_WHEN, *_WHERE,
        Column("acts", "string", "acts as they may be printed"),
        Column("engagement", "string", "the engagement that it is counted with, once"),
        Column("claims", "integer", "claims that it holds"),
        Column("origins", "integer", "origins that support it, each counted once"),
        Column("contested", "boolean", "whether a side denies it or accuses the other"),
        Column("occurrence", "string", "whether it happened, on the scale of the method"),
        Column("rule", "string", "the row of the table of occurrences that applied; it tells of what two people have not decided yet", inner=True),
        Column("attribution", "string", "whether and how far it is said who did it", inner=True),
        Column("party", "string", "who did it, where that is said", inner=True),
        Column("alleged_actors", "string", "whom claims accuse", inner=True),
        Column("coverage", "number", "share of the mission's area and of that day that somebody could see, 0 to 1"),
    ), _incidents),
    FlatTable("claims", "one statement that something happened, with who said it where", (
        Column("id", "string", "a hash of the claim"),
        Column("item", "string", "SHA-256 of the item that it stands in"),
        Column("external_id", "string", "the coder's own id"),
        Column("incident", "integer", "number of the incident that holds it"),
        Column("reading", "string", "who read it: coded by a person, checked, or by the machine alone"),
        Column("acts", "string", "acts as they may be printed"),
        Column("stance", "string", "what the claim does: alleges, denies, admits, confirms, reports ..."),
        *_WHEN, *_WHERE,
        Column("place_text", "string", "the place in the words of the source", inner=True),
        Column("killed", "integer", "people said to be killed"),
        Column("injured", "integer", "people said to be injured"),
        Column("published_local", "datetime", "when it was published, in the mission's zone"),
        Column("published_utc", "datetime", "when it was published, UTC"),
        Column("outlet", "string", "where it was published"),
        Column("url", "string", "address of the item"),
        Column("language", "string", "language of the item"),
        Column("basis", "string", "how the speaker knows"),
        Column("coverage", "number", "share of the mission's area that somebody could see on the day of its incident, 0 to 1"),
        Column("speaker", "string", "who says it", inner=True),
        Column("actors", "string", "who is said to have acted", inner=True),
        Column("quote", "string", "the words, verbatim", inner=True),
        Column("paraphrase", "string", "the coder's paraphrase", inner=True),
    ), _claims, _coded_columns),
    FlatTable("findings", "what an incident's evidence amounts to", (
        Column("incident", "string", "the incident's id"),
        Column("number", "integer", "its number in this run's report"),
        Column("occurrence", "string", "whether it happened, on the scale of the method"),
        Column("contradicted", "boolean", "whether evidence of weight speaks against it"),
        Column("rule", "string", "the row of the table of occurrences that applied; it tells of what two people have not decided yet", inner=True),
        Column("assessed", "string", "what the evidence alone gives, before any decision"),
        Column("origins", "integer", "origins that support it, each counted once"),
        Column("outlets", "integer", "outlets that repeat them"),
        Column("coverage", "number", "share of the mission's area and of the incident's day that somebody could see, 0 to 1"),
        Column("release", "string", "whether it may leave the mission", inner=True),
        Column("attribution", "string", "whether and how far it is said who did it", inner=True),
        Column("party", "string", "who did it, where that is said", inner=True),
        Column("likelihood", "string", "how likely, in words of the method", inner=True),
        Column("confidence", "string", "how sure of that", inner=True),
        Column("reasons", "string", "the reasons, in order", inner=True),
    ), _findings),
    FlatTable("standings", "how a day stands under a provision", (
        Column("provision", "string", "AGREEMENT/PROVISION"),
        Column("title", "string", "the provision's title"),
        Column("day", "date", "day in the mission's zone"),
        Column("zone", "string", "the zone that it is about, empty for all"),
        Column("standing", "string", "what may be said of the day"),
        Column("coverage", "number", "share of area and day that somebody could see, 0 to 1"),
        Column("monitored_hours", "number", "hours in which somebody could see"),
        Column("counting_rule", "string", "what one unit of the counts is"),
        Column("incidents", "integer", "units counted that day, whatever their occurrence"),
        *(Column(name, "integer", f"of these, {name.replace('_', ' ')}") for name in _COUNTED),
        Column("contested", "integer", "of these, contested"),
        Column("uncertain", "integer", "units that may belong to another day or zone"),
        Column("sentence", "string", "the report's sentence", inner=True),
    ), _standings),
    FlatTable("obligations", "how an obligation stands", (
        Column("provision", "string", "AGREEMENT/PROVISION"),
        Column("title", "string", "the provision's title"),
        Column("state", "string", "how it stands"),
        Column("since_local", "datetime", "since when, in the mission's zone"),
        Column("since_utc", "datetime", "since when, UTC"),
        Column("late", "boolean", "whether it was met after it was due"),
        Column("amended", "boolean", "whether a later agreement changed it"),
        Column("tracked_only", "boolean", "whether the mandate lets it be tracked, not judged"),
        Column("claims", "integer", "claims that it rests on"),
        Column("sentence", "string", "the report's sentence", inner=True),
    ), _obligations),
    FlatTable("items", "one thing that arrived: a coder's row, a text, a row of coverage", (
        Column("id", "string", "SHA-256 of its content"),
        Column("external_id", "string", "the sender's own id"),
        Column("reader", "string", "the reader that took it in"),
        Column("published_local", "datetime", "when it was published, in the mission's zone"),
        Column("published_utc", "datetime", "when it was published, UTC; empty: it counts at no cut-off"),
        Column("published_text", "string", "the date as it was given"),
        Column("outlet", "string", "where it was published"),
        Column("url", "string", "its address"),
        Column("language", "string", "its language"),
        Column("media_type", "string", "the form of its content"),
        Column("translated", "boolean", "whether it is a translation"),
        Column("claims", "integer", "claims that were read in it"),
        Column("licence", "string", "under what its words may be published, where the mission says so"),
        Column("issuer", "string", "who issued it", inner=True),
        Column("row", "string", "the row of a table as it was entered, with the mission's own columns, as JSON", inner=True),
    ), _items),
)  # fmt: skip


def cells(table: FlatTable, scene: Scene, *, public: bool) -> tuple[tuple[Column, ...], list[Row]]:
    """Give a table's columns and rows, without what may not leave the mission if `public`."""
    columns = (*table.columns, *table.further(scene))
    kept = [n for n, column in enumerate(columns) if not (public and column.inner)]
    return tuple(columns[n] for n in kept), list(map(itemgetter(*kept), table.rows(scene)))
