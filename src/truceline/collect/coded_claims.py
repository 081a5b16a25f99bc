"""Reader `coded_claims`: a table of claims that a person coded from public pages.

- **Publisher**: the mission's own coders; one row is one claim by one origin on one page.
- **Format**: CSV, UTF-8 (a byte order mark is allowed), a header row, `,` between cells.
- **Columns**: `claim_id` (kept as `external_id`), `url`, `lang`, `pub_date` (date, or date and time
  with an offset), `origin` (who really said it; `;` and `/` between several voices, `via` and
  `citing` before a relay, a person in brackets), `origin_side`, `kind`, `act` and `accused`
  (`;` between several), `t_from_local` and `t_to_local` (local time of the conflict area),
  `time_precision`, `places` (`;` between several), `killed` and `injured` (persons),
  `paraphrase` (the coder's words, never a quote), `outlet`.
- **Kinds**: among others `found_nothing` (looked and found nothing), `could_not_determine` and
  `under_investigation` (vouch for nothing), `other_version` (something happened, but not by whom or with what
  was alleged), `retraction` (takes back its own word) and `withdrawal` (of a finding or complaint).
- **Later columns** (may be missing; empty: not stated): `basis` (how who says it knows: own_act, saw,
  inspected, examined, measured, told, repeats), `access` (own, escorted(SIDE), remote, none), `via` (relays from
  the inside outwards, `;` between them), `channel` (own, other), `material` (a free id of the pictures,
  tour or remains looked at), `archive` (a copy of the page, named relative to this table), `zone` (of the row's
  times, an IANA name or an offset such as +04:00; mission time without it), `invokes` (on what ground the
  speaker says that the act was permitted: self_defence, return_fire, law_enforcement, agreed_activity, demining),
  `progress` (how far an obligation is: offered, begun, partly_done, done, not_done, refused), `quantity` with its
  `unit` (prisoners, remains, missing, ...), `extent` (this_time, so_far) and `recipient` (a side);
  `provision` (AGREEMENT/PROVISION of the obligations or undertakings that it speaks of alone, `;` between them);
  `weapon` (one kind a row: tank, artillery, mortar, ...) and its `calibre_mm`.
- **One row, one voice**: a row that bundles voices of different camps, or a party with a medium, is left
  out; the complaint shows how to split it.
- **Labels**: `incident_id` and `agreement_id` are the truth for scoring. They are dropped here, so
  that no stage can see them; both may be empty or missing.
- **Licence**: the demonstration table is this project's own coding (facts and paraphrases).
- **Known traps**: one page may hold several claims; a reprint has the same origin as its model; an
  empty cell means that the page did not say.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from truceline.collect.coded_checks import Checks
from truceline.collect.problems import fault
from truceline.collect.registry import source
from truceline.collect.table import Columns, read_table
from truceline.model.evidence import Arrival, Channel, Item
from truceline.model.place_time import plausible_year
from truceline.model.problem import Problem
from truceline.store.canonical import canonical, sha256_hex
from truceline.terms.deeds import COLUMNS as DEED
from truceline.terms.samples import DATED, rewritten
from truceline.terms.weapons import COLUMNS as ARMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from truceline.model.mission import Mission

COLUMNS = (
    "claim_id", "url", "lang", "pub_date", "origin", "origin_side", "kind", "act", "accused",
    "t_from_local", "t_to_local", "time_precision", "places", "killed", "injured", "paraphrase",
    "outlet",
)  # fmt: skip
# Columns of later versions: they may be missing, and an empty cell of one is no part of a row's identity.
LATER = (
    "basis",
    "access",
    "via",
    "channel",
    "material",
    "archive",
    "zone",
    "invokes",
    *DEED,
    *ARMS,
)
LABELS = ("incident_id", "agreement_id")
_TABLE = Columns(must=COLUMNS, sheet="claims", may=LATER, labels=LABELS, returns=True)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_BARE_DATE_LENGTH = 10


@source("coded_claims", Channel.CODED_CLAIMS)
def read_coded_claims(file: str, content: bytes, mission: Mission) -> Iterator[Arrival | Problem]:
    """Read a table of coded claims into one item a row; what is not understood is a problem."""
    look = Checks(file, mission)
    for row in read_table(file, content, _TABLE):
        found = row if isinstance(row, Problem) else _arrival(file, row, mission)
        yield from [found] if isinstance(found, Problem) else look.row(found)


def _arrival(file: str, row: tuple[int, dict[str, str]], mission: Mission) -> Arrival | Problem:
    number, record = row
    try:
        item = item_of(canonical({"reader": "coded_claims", "row": record}), record, mission)
    except ValueError as error:
        return fault(file, f"{error}; row left out", rewritten(record["pub_date"]) or DATED,
                      number, "pub_date")  # fmt: skip
    return Arrival(item=item, file=file, row=number)


def item_of(content: bytes, record: Mapping[str, str], mission: Mission) -> Item:
    """Make the item of one row; its identity is the row's content without the labels."""
    return Item(
        id=sha256_hex(content),
        external_id=record["claim_id"] or None,
        reader="coded_claims",
        content=content,
        published=published_at(record["pub_date"], mission),
        published_text=record["pub_date"],
        outlet=record["outlet"] or None,
        url=record["url"] or None,
        language=record["lang"] or None,
        media_type="application/json",
        archive=record.get("archive") or None,
    )


def published_at(text: str, mission: Mission) -> datetime | None:
    """Give when something was published: a bare date is its 00:00 in the mission's zone; ValueError for anything else."""
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text) if _DATE.match(text) else None
    except ValueError:
        instant = None
    if instant is None or not plausible_year(instant):
        msg = f"{text!r} is not a publication date"
        raise ValueError(msg)
    if len(text) == _BARE_DATE_LENGTH:
        return instant.replace(tzinfo=mission.zone)
    if instant.tzinfo is None:
        msg = f"the publication time {text!r} has no zone"
        raise ValueError(msg)
    return instant
