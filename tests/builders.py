"""Small fictional missions and evidence for tests: parties AA and BB, force CC bound through AA."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from truceline.collect import readers
from truceline.collect.coded_claims import COLUMNS, LATER
from truceline.model.acts import Act
from truceline.model.agreement import Agreement, Ambiguity, Obligation, Prohibition, Reading
from truceline.model.agreement import ProvisionKind as Kind
from truceline.model.decision import Reasons, Verdict
from truceline.model.evidence import Arrival
from truceline.model.finding import Occurrence
from truceline.model.mission import (
    AssociatedForce,
    AttributionMode,
    CountingRule,
    Mandate,
    Mission,
    Party,
    Source,
    SourceRole,
    Windows,
)
from truceline.model.place_time import GazetteerEntry, PlaceKind
from truceline.model.problem import Problem
from truceline.pipeline import Cut, Gathered, assess
from truceline.review import decide
from truceline.weigh.origins import origins

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.model.decision import Decision
    from truceline.model.evidence import Claim
    from truceline.model.finding import Finding
    from truceline.model.incident import Incident
    from truceline.model.report import Assessment

ZONE = timezone(timedelta(hours=4))
END = Cut(instant=datetime(2021, 1, 1, tzinfo=UTC), text="end")
Row = dict[str, str]


def entry(
    id_: str, name: str, lat: float, lon: float, radius: float = 4.0, *,
    kind: PlaceKind = PlaceKind.SETTLEMENT, within: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
) -> GazetteerEntry:  # fmt: skip
    """Make a gazetteer entry."""
    return GazetteerEntry(
        id=id_, name=name, aliases=aliases, kind=kind, lat=lat, lon=lon, radius_km=radius,
        within=within, source="fiction",
    )  # fmt: skip


def source(id_: str, role: SourceRole, owner: str | None = None) -> Source:
    """Make a source known by its id with spaces."""
    return Source(
        id=id_, name=id_.replace("-", " "), role=role, owner=owner, parent=None, reliability="F"
    )


GAZETTEER = (
    entry("alpha", "Alpha", 40.0, 46.0, aliases=("Alfa",), within=("north",)),
    entry("beta", "Beta", 40.5, 47.0),
    entry("gamma", "Gamma", 39.5, 46.5),
    entry("delta", "Delta", 41.2, 48.5),
    entry("north", "North district", 40.0, 46.1, 25.0, kind=PlaceKind.DISTRICT),
    entry("spring-a", "Spring", 40.2, 46.2, aliases=("Spring A",)),
    entry("spring-b", "Spring", 40.9, 47.2, aliases=("Spring B",)),
)
SOURCES = (
    source("AA-MoD", SourceRole.PARTY_ORGAN, "AA"),
    source("BB-MoD", SourceRole.PARTY_ORGAN, "BB"),
    source("CC-army", SourceRole.PARTY_ORGAN, "CC"),
    source("Watch", SourceRole.THIRD_PARTY),
    source("Relief", SourceRole.INTERMEDIARY),
    source("Wire", SourceRole.MEDIA),
    source("Daily", SourceRole.MEDIA),
)


def reading(id_: str, hour: int) -> Reading:
    """Make a reading of an entry into force on 10 October 2020 at an hour UTC."""
    return Reading(
        id=id_, text="12:00", zone=id_, instant=datetime(2020, 10, 10, hour, tzinfo=UTC),
        held_by="somebody", source="fiction",
    )  # fmt: skip


TRUCE = Agreement(
    id="truce", title="Truce", form="joint statement", parties=("AA", "BB"), mediators=(),
    guarantors=(), texts=(), readings=(reading("local", 8), reading("capital", 9)), zones=(),
    provisions=(
        Prohibition(id="1", kind=Kind.CESSATION_OF_FIRE, title="cease fire", ambiguities=("acts",)),
        Obligation(
            id="1a", kind=Kind.EXCHANGE_REMAINS, title="exchange", deed="exchange remains",
            debtors=("AA", "BB"), acts=(Act.EXCHANGE_OF_PRISONERS_AND_REMAINS,),
        ),
    ),
    ambiguities=(Ambiguity(id="acts", about="acts", text="no act is named"),),
)  # fmt: skip
OLD = replace(
    TRUCE,
    id="old",
    title="Old ceasefire",
    readings=(replace(reading("local", 0), instant=datetime(1994, 5, 12, tzinfo=UTC)),),
    provisions=TRUCE.provisions[:1],
)


def mission(mode: AttributionMode = AttributionMode.WITHHELD_UNLESS_ACKNOWLEDGED) -> Mission:
    """Make the fictional mission."""
    return Mission(
        id="fiction", title="Fiction", version="v1", zone=ZONE, zone_name="local",
        zone_rule="local time, UTC+4", report_from=date(2020, 10, 8),
        mandate=Mandate(
            text="watch", attribution=mode,
            classify_from=Occurrence.CORROBORATED,
        ),
        parties=(Party(id="AA", names=(("en", "Aland"),)), Party(id="BB", names=(("en", "Beland"),))),
        forces=(AssociatedForce(id="CC", bound_through="AA", names=(("en", "Celand"),)),),
        outsiders=("FR",), third_party_classes=("NGO", "MEDIA"), sources=SOURCES,
        counting_rule=CountingRule.INCIDENT, name_policy="parallel", agreements=(OLD, TRUCE),
        gazetteer=GAZETTEER, coverage=(), windows=Windows(), evidence=(),
    )  # fmt: skip


def row(claim_id: str, **fields: str) -> Row:
    """Make a row of coded claims: by default AA MoD accuses BB of shelling Alpha on 11 October."""
    full = dict.fromkeys((*COLUMNS, *LATER), "") | {
        "claim_id": claim_id, "url": f"https://example.org/{claim_id}", "lang": "en",
        "pub_date": "2020-10-11", "origin": "AA MoD", "origin_side": "AA", "kind": "accusation",
        "act": "artillery_shelling", "accused": "BB", "t_from_local": "2020-10-11 14:00",
        "time_precision": "minute", "places": "Alpha", "paraphrase": f"Text of {claim_id}.",
        "outlet": f"{claim_id}.example",
    }  # fmt: skip
    return full | fields


def table(rows: Sequence[Row]) -> bytes:
    """Write rows as the CSV a coder would hand in."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]) if rows else list(COLUMNS), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read_table(content: bytes, of: Mission | None = None) -> tuple[list[Arrival], list[Problem]]:
    """Read a CSV through the reader's door."""
    found = list(readers()["coded_claims"].read("claims.csv", content, of or mission()))
    arrivals = [f for f in found if isinstance(f, Arrival)]
    return arrivals, [f for f in found if isinstance(f, Problem)]


def project(
    rows: Sequence[Row],
    of: Mission | None = None,
    decisions: Iterable[Decision] = (),
    cut: Cut = END,
) -> Assessment:
    """Run the stages over rows."""
    return assess(*gathered_of(rows, of, decisions, cut))


def gathered_of(
    rows: Sequence[Row],
    of: Mission | None = None,
    decisions: Iterable[Decision] = (),
    cut: Cut = END,
) -> tuple[Gathered, Cut]:
    """Give what a projection of rows rests on."""
    arrivals, problems = read_table(table(rows), of)
    gathered = Gathered(
        mission=of or mission(), arrivals=tuple(arrivals), decisions=tuple(decisions),
        problems=tuple(problems), ledger={},
    )  # fmt: skip
    return gathered, cut


def ruled(
    rows: Sequence[Row],
    names: Sequence[str],
    verdict: Verdict = Verdict.SAME_EVENT,
    reason: str | Reasons = "seen",
) -> tuple[Decision, ...]:
    """Let two people decide about the claims of some rows, by the coders' ids."""
    claims = [claim_of(project(rows), name).id for name in names]
    first = decide(claims, verdict, "Ada Ax", reason, ())
    return first, decide(claims, verdict, "Ben By", reason, [first])


def claim_of(assessment: Assessment, external_id: str) -> Claim:
    """Find a claim by the coder's id."""
    return next(c for c in assessment.claims if c.external_id == external_id)


def incident_of(assessment: Assessment, external_id: str) -> Incident:
    """Find the incident that holds a claim."""
    wanted = claim_of(assessment, external_id).id
    return next(i for i in assessment.incidents if wanted in i.members)


def finding_of(assessment: Assessment, external_id: str) -> Finding:
    """Find the finding on the incident that holds a claim."""
    wanted = incident_of(assessment, external_id).id
    return next(f for f in assessment.findings if f.incident == wanted)


def behind(assessment: Assessment) -> list[str]:
    """Give whose word the claims of an assessment are, the sides by name, as the mission alone may know."""
    open_mandate = replace(assessment.mission.mandate, attribution=AttributionMode.ASSESSED)
    return [
        o.id for o in origins(assessment.claims, replace(assessment.mission, mandate=open_mandate))
    ]


def partition(assessment: Assessment) -> set[frozenset[str]]:
    """Give the incidents as sets of the coders' ids."""
    names = {c.id: c.external_id or "" for c in assessment.claims}
    return {frozenset(names[m] for m in i.members) for i in assessment.incidents}
