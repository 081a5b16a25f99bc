"""How fast are 100,000 incidents judged? `python -m bench.standings [INCIDENTS [OBSERVATIONS]]`.

20 prohibitions, 4 zones, 100 days: 400 zone-days each; every incident has its share of the observations and a finding
of its own. The peer is SQLite, which is given the same incidents as a table and asked for one thing only, the
tallies by provision, zone, day and occurrence; its figures must be ours. Printed are both times and the rates. Ends
with 1 where the figures differ or the judging takes more than 60 seconds for 100,000.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from tests.builders import finding_of, incident_of, mission, project, row
from tests.builders import reading as entry_reading
from truceline.judge import judge
from truceline.model.acts import Act, is_kind_of
from truceline.model.agreement import Breach, Prohibition, Zone
from truceline.model.agreement import ProvisionKind as Kind
from truceline.model.coverage import CoverageRecord, Loss
from truceline.model.finding import LADDER
from truceline.model.judgement import Standing
from truceline.model.place_time import Place, PlaceKind, Span, TimePrecision

if TYPE_CHECKING:
    from truceline.model.evidence import Claim
    from truceline.model.finding import Finding
    from truceline.model.incident import Incident
    from truceline.model.mission import Mission

PROVISIONS, DAYS, MOST_SECONDS = 20, 100, 60.0
FIRST = datetime(2020, 10, 11, tzinfo=UTC)
ZONES = tuple(
    Zone(id=f"z{n}", name=f"z{n}", lat=40.0 + n // 2, lon=46.0 + 1.5 * (n % 2), radius_km=50.0)
    for n in range(4)
)
ACTS = (Act.ARTILLERY_FIRE, Act.MORTAR_FIRE, Act.AIR_STRIKE, Act.INCURSION, Act.MINE_LAYING)
BANNED = (Act.FIRE, Act.AIR_ATTACK, Act.GROUND_ACTION, Act.MINE_LAYING, Act.HOSTILE_ACT)


def world() -> Mission:
    """Give a mission with 20 prohibitions in four zones, watched by patrols in part."""
    base = mission()
    truce = replace(
        base.agreements[1], readings=(entry_reading("local", 8),), zones=ZONES,
        provisions=tuple(
            Prohibition(id=f"p{n}", kind=Kind.CESSATION_OF_FIRE, title=f"p{n}", by=("AA", "BB"),
                        acts=(BANNED[n % len(BANNED)],), areas=tuple(z.id for z in ZONES),
                        breach=Breach.SERIOUS)
            for n in range(PROVISIONS)
        ),
    )  # fmt: skip
    coverage = tuple(
        CoverageRecord(area=zone.id, channel="patrol", start=FIRST + timedelta(days=d, hours=6),
                       end=FIRST + timedelta(days=d, hours=16), effective_fraction=0.5, reason="",
                       lost_to=Loss.WEATHER)
        for zone in ZONES for d in range(DAYS)
    )  # fmt: skip
    return replace(base, agreements=(truce,), coverage=coverage, report_from=date(2020, 10, 11))


Made = tuple[list["Incident"], list["Finding"], dict[str, "Claim"]]


def made(incidents: int, observations: int) -> Made:
    """Make incidents over four zones and 100 days, each with its claims and finding."""
    rng = random.Random(18)  # noqa: S311  figures of a benchmark
    sample = project([row("A")])
    one, found = incident_of(sample, "A"), finding_of(sample, "A")
    claim = next(c for c in sample.claims if c.external_id == "A")
    each = max(1, observations // incidents)
    claims: dict[str, Claim] = {}
    events, findings = [], []
    for n in range(incidents):
        at = FIRST + timedelta(minutes=rng.randrange(DAYS * 24 * 60))
        span = Span(earliest=at, latest=at, text="", precision=TimePrecision.MINUTE, zone_rule="")
        place = Place(
            text="", name="", lat=rng.uniform(39.5, 41.5), lon=rng.uniform(45.3, 48.2),
            radius_km=rng.choice((1.0, 4.0, 12.0)), kind=PlaceKind.SETTLEMENT,
        )  # fmt: skip
        acts = (rng.choice(ACTS),)
        members = tuple(f"c{n}-{k}" for k in range(each))
        for name in members:
            claims[name] = replace(
                claim, id=name, span=span, places=(place,), acts=acts, published=at
            )
        events.append(
            replace(one, id=f"i{n:06}", members=members, span=span, places=(place,), acts=acts)
        )
        findings.append(replace(found, incident=f"i{n:06}", occurrence=rng.choice(LADDER[1:])))
    return events, findings, claims


TALLIES = """
WITH near AS (
    SELECT i.id, z.id AS zone, i.radius, z.radius AS wide,
        2 * 6371.0088 * asin(min(1, sqrt(
            pow(sin(radians(z.lat - i.lat) / 2), 2)
            + cos(radians(i.lat)) * cos(radians(z.lat)) * pow(sin(radians(z.lon - i.lon) / 2), 2)
        ))) AS km
    FROM incident i CROSS JOIN zone z
), lies AS (
    SELECT id, zone FROM near WHERE km + radius <= wide
)
SELECT p.id AS provision, lies.zone, i.day, i.occurrence, count(*) AS n
FROM incident i JOIN lies ON lies.id = i.id JOIN banned p ON p.act = i.act
GROUP BY 1, 2, 3, 4
"""
Tallies = dict[tuple[str, str, str, str], int]


def peer(events: list[Incident], findings: list[Finding], of: Mission) -> tuple[float, Tallies]:
    """Give the seconds that SQLite takes for the tallies of what surely lies in a zone, and the tallies."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE incident (id, day, lat, lon, radius, act, occurrence)")
    base.execute("CREATE TABLE zone (id, lat, lon, radius)")
    base.execute("CREATE TABLE banned (id, act)")
    base.executemany(
        "INSERT INTO incident VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (e.id, e.span.earliest.astimezone(of.zone).date().isoformat(), p.lat, p.lon, p.radius_km,
             e.acts[0].value, f.occurrence.value)
            for e, f in zip(events, findings, strict=True) if e.span for p in e.places
        ],
    )  # fmt: skip
    base.executemany(
        "INSERT INTO zone VALUES (?, ?, ?, ?)", [(z.id, z.lat, z.lon, z.radius_km) for z in ZONES]
    )
    base.executemany(
        "INSERT INTO banned VALUES (?, ?)",
        [
            (f"truce/{p.id}", act.value)
            for p in of.agreements[0].provisions if isinstance(p, Prohibition)
            for act in ACTS if any(is_kind_of(act, banned) for banned in p.acts)
        ],
    )  # fmt: skip
    base.execute("CREATE INDEX by_act ON banned (act)")
    began = time.perf_counter()
    rows = base.execute(TALLIES).fetchall()
    took = time.perf_counter() - began
    return took, {(p, z, d, o): n for p, z, d, o, n in rows}


def main() -> None:
    """Measure both and compare their figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    observations = int(sys.argv[2]) if len(sys.argv) > 2 else 10 * count  # noqa: PLR2004
    of = world()
    events, findings, claims = made(count, observations)
    print(f"{count:,} incidents with {len(claims):,} observations x {PROVISIONS} provisions x {len(ZONES) * DAYS} zone-days")  # fmt: skip
    began = time.perf_counter()
    _, judgements = judge(events, findings, claims, (of, FIRST + timedelta(days=DAYS)))
    took = time.perf_counter() - began
    standings = [j for j in judgements if isinstance(j, Standing)]
    print(f"judged in {took:.1f} s: {len(judgements):,} judgements, {len(standings):,} standings")
    seconds, tallies = peer(events, findings, of)
    days = {j.day.isoformat() for j in standings}
    theirs = {key: n for key, n in tallies.items() if key[2] in days}
    ours = surely(standings)
    print(f"SQLite: the tallies alone in {seconds:.1f} s; {len(theirs):,} of them, {'the same' if ours == theirs else 'NOT the same'}")  # fmt: skip
    slow = took > MOST_SECONDS * max(1.0, count / 100_000)
    sys.exit(int(slow or ours != theirs))


def surely(standings: list[Standing]) -> Tallies:
    """Give our tallies in the peer's form."""
    return {
        (j.provision, j.zone or "", j.day.isoformat(), t.occurrence.value): t.count
        for j in standings for t in j.tallies
    }  # fmt: skip


if __name__ == "__main__":
    main()
