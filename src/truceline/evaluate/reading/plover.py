"""Who did what to whom on the PLOVER gold sentences: source, target, event type.

Data: PLOVER gold standard records 0.5b1 (Open Event Data Alliance, CC BY-SA 4.0), example sentences
of the CAMEO manual coded anew by one coder: one JSON array whose first element documents the file
(event `DOCUMENT`) and is skipped, then 322 rows.

What can be scored, and what not:

- Event: every row. Six sentences stand twice with two events (one row an event); a row's sentence
  may have any of its events, and the id `COERCE-0004`, given twice, becomes `COERCE-0004+1`.
- Source and target text: rows where the role is filled (321 and 289 rows; 33 have no target, one
  no source). Actor texts are the coder's, not always verbatim, so token overlap is scored.
- Source and target country: only actors whose code is a country's. `IGO`, `NGO`, `IMG` and `ISM`
  (organisations, armed groups without a country) are no country and are left out; the codes JAP, ITL
  and VTN of the file are read as JPN, ITA and VNM. Wrong codes (a few name the wrong country)
  stay.
- Mutual events (17 rows: the markup says SRC/TAR and there is no target): both actors are gold
  for the roles together, scored as source with the prediction's source and target joined; their
  target is not scored.
- Mode and context are read but not scored: half of the rows have no mode, contexts have no fixed
  spelling.

Country precision counts all predicted codes of a scored row, so a wrong extra country costs.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from truceline.errors import UsageError
from truceline.evaluate.reading.intervals import Figure, f1_figure, mean_figure, proportion
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from truceline.evaluate.reading.intervals import Counts

NO_COUNTRY = frozenset({"IGO", "NGO", "IMG", "ISM"})
_REPAIRED = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}
_NUMBER = re.compile(r"-(\d{4})$")

# Names and peoples by code, the commonest only: what the baseline of first mentions looks for.
_NAMES = """
AFG afghan|afghanistan|taliban|kabul; AGO angola|angolan|unita; ALB albania|albanian; ARG argentina|
argentine; ARM armenia|armenian; AUS australia|australian; AUT austria|austrian; AZE azerbaijan|
azerbaijani|baku; BDI burundi; BEL belgium|belgian; BEN benin; BGD bangladesh|bangladeshi; BGR
bulgaria|bulgarian; BIH bosnia|bosnian|sarajevo; BLR belarus|belarusian; BRA brazil|brazilian; CAN
canada|canadian; CHE switzerland|swiss; CHL chile|chilean; CHN china|chinese|beijing; CIV ivory coast
|ivorian|cote divoire; COD congo|congolese; COL colombia|colombian; CUB cuba|cuban; CYP cyprus|cypriot
; CZE czech|czechoslovakia|prague; DEU germany|german|west german|berlin|bonn; DNK denmark|danish; DZA
algeria|algerian|algiers; ECU ecuador|ecuadorean; EGY egypt|egyptian|cairo; ERI eritrea|eritrean; ESP
spain|spanish|madrid; ETH ethiopia|ethiopian; FIN finland|finnish; FJI fiji; FRA france|french|paris;
GBR britain|british|uk|united kingdom|london; GEO georgia|georgian; GHA ghana|ghanaian; GRC greece|
greek|athens; HRV croatia|croatian|croat; HTI haiti|haitian; HUN hungary|hungarian; IDN indonesia|
indonesian|jakarta; IND india|indian|new delhi; IRL ireland|irish; IRN iran|iranian|tehran; IRQ iraq|
iraqi|baghdad; ISR israel|israeli|tel aviv; ITA italy|italian|rome; JOR jordan|jordanian|amman; JPN
japan|japanese|tokyo; KEN kenya|kenyan; KGZ kyrgyzstan|kyrgyz; KHM cambodia|cambodian; KOR south korea|
south korean|seoul; KWT kuwait|kuwaiti; LBN lebanon|lebanese|beirut|hezbollah|hizbollah; LBR liberia|
liberian|monrovia; LBY libya|libyan; LKA sri lanka|sri lankan; LTU lithuania|lithuanian; MAR morocco|
moroccan; MEX mexico|mexican; MKD macedonia|macedonian; MMR burma|myanmar|burmese; MNE montenegro|
montenegrin; MOZ mozambique; NGA nigeria|nigerian|lagos; NIC nicaragua|nicaraguan|sandinista; NOR
norway|norwegian; NPL nepal|nepalese; PAK pakistan|pakistani; PAN panama|panamanian; PER peru|peruvian;
PHL philippines|philippine|manila; POL poland|polish|warsaw; PRK north korea|north korean|pyongyang;
PRT portugal|portuguese; PSE palestinian|palestinians|palestine|plo|hamas|gaza|west bank; ROU romania|
romanian; RUS russia|russian|moscow|soviet|chechen|chechnya|kremlin; RWA rwanda|rwandan; SAU saudi|
saudi arabia|riyadh; SDN sudan|sudanese|khartoum|darfur; SEN senegal|senegalese; SLE sierra leone; SOM
somalia|somali; SRB serbia|serbian|serb|yugoslavia|yugoslav|belgrade|kosovo; SVN slovenia|slovenian;
SWE sweden|swedish; SYR syria|syrian|damascus; TCD chad|chadian; THA thailand|thai; TLS east timor|
timorese; TUR turkey|turkish|ankara; TWN taiwan|taiwanese; TZA tanzania|tanzanian; UGA uganda|ugandan;
UKR ukraine|ukrainian; USA united states|us|u s|american|americans|washington|white house|pentagon;
UZB uzbekistan|uzbek; VEN venezuela|venezuelan; VNM vietnam|vietnamese; YEM yemen|yemeni; ZAF south
africa|south african; ZMB zambia|zambian; ZWE zimbabwe|zimbabwean
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An actor as coded: its words, and its code (empty where none was given)."""

    text: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A coded sentence; `events` holds every event coded for the same sentence, in any row."""

    id: str
    text: str
    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    event: str
    events: frozenset[str]
    mode: str
    contexts: tuple[str, ...]
    mutual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What was read of a sentence: actors' words and country codes by role, and the event type."""

    sources: tuple[str, ...] = ()
    source_codes: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    target_codes: tuple[str, ...] = ()
    event: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Event accuracy (Wilson), country F1 and mean token-overlap F1 by role (bootstrap over rows).

    `right` figures are shares of rows whose set of countries is exactly the gold's.
    """

    event: Figure
    source_country: Figure
    source_right: Figure
    source_text: Figure
    target_country: Figure
    target_right: Figure
    target_text: Figure


def read_rows(text: str) -> tuple[Row, ...]:
    """Parse the file, skipping rows that only document it.

    Raises UsageError where the file is no JSON array of records with id, text and event.
    """
    try:
        records = _records(json.loads(text))
        events = _events(records)
        return tuple(
            _row(record, name, events) for record, name in zip(records, _ids(records), strict=True)
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"the file is not a list of PLOVER gold records ({error!r})",
            "give the file plover_gsr.json as its publisher made it",
        ) from error


def _records(value: object) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return [record for record in value if record["event"] != "DOCUMENT"]


def _events(records: Sequence[dict[str, Any]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for record in records:
        found[record["text"]].add(record["event"])
    return {sentence: frozenset(names) for sentence, names in found.items()}


def _ids(records: Sequence[dict[str, Any]]) -> list[str]:
    """Give each row an id of its own: a repeated one gets +1, +2 and so on."""
    seen: Counter[str] = Counter()
    names = []
    for record in records:
        name = str(record["id"])
        names.append(f"{name}+{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return names


def _row(record: dict[str, Any], name: str, events: Mapping[str, frozenset[str]]) -> Row:
    info = record.get("textInfo")
    markup = str(info.get("markup", "")) if isinstance(info, dict) else str(info or "")
    targets = _actors(record.get("target"))
    context = str(record.get("context") or "")
    return Row(
        id=name,
        text=record["text"],
        sources=_actors(record.get("source")),
        targets=targets,
        event=record["event"],
        events=events[record["text"]],
        mode=str(record.get("mode") or ""),
        contexts=tuple(part.strip() for part in context.split(",") if part.strip()),
        mutual="SRC/TAR" in markup and not targets,
    )


def _actors(value: object) -> tuple[Actor, ...]:
    """Read a role: a list of actors, or a plain string (no code), or nothing."""
    if isinstance(value, str):
        return (Actor(text=value, code=""),) if value.strip() else ()
    if not isinstance(value, list):
        return ()
    codes = [str(actor.get("code", "")) for actor in value]
    return tuple(
        Actor(text=str(actor["actorText"]), code=_REPAIRED.get(code, code))
        for actor, code in zip(value, codes, strict=True)
    )


def half(rows: Sequence[Row], *, odd: bool) -> tuple[Row, ...]:
    """Keep rows whose number is odd, or even; a repeated sentence goes where it first stands."""
    first: dict[str, bool] = {}
    for row in rows:
        found = _NUMBER.search(row.id.split("+", maxsplit=1)[0])
        first.setdefault(row.text, int(found[1]) % 2 == 1 if found else False)
    return tuple(row for row in rows if first[row.text] == odd)


def score(rows: Sequence[Row], predictions: Mapping[str, Coding], *, seed: int = 0) -> Scores:
    """Score codings by row id; a row without a coding has an empty one."""
    pairs = [(row, predictions.get(row.id, Coding())) for row in rows]
    right = sum(coding.event in row.events for row, coding in pairs)
    sources = [_source(row, coding) for row, coding in pairs]
    targets = [
        (row.targets, coding.targets, coding.target_codes)
        for row, coding in pairs
        if not row.mutual
    ]
    return Scores(
        event=proportion("event", right, len(pairs)),
        source_country=_country("source country", sources, seed),
        source_right=_exact("source country, whole", sources),
        source_text=_text("source text", sources, seed),
        target_country=_country("target country", targets, seed),
        target_right=_exact("target country, whole", targets),
        target_text=_text("target text", targets, seed),
    )


_Role = tuple[tuple[Actor, ...], tuple[str, ...], tuple[str, ...]]  # gold, words, codes read


def _source(row: Row, coding: Coding) -> _Role:
    if row.mutual:
        words, codes = coding.sources + coding.targets, coding.source_codes + coding.target_codes
        return row.sources, words, codes
    return row.sources, coding.sources, coding.source_codes


def _codes(roles: Sequence[_Role]) -> list[tuple[set[str], set[str]]]:
    """Give gold and read countries of the roles whose gold has a country."""
    pairs = [
        ({a.code for a in gold if a.code} - NO_COUNTRY, set(codes) - NO_COUNTRY)
        for gold, _, codes in roles
    ]
    return [pair for pair in pairs if pair[0]]


def _country(name: str, roles: Sequence[_Role], seed: int) -> Figure:
    counts: list[Counts] = [
        (float(len(gold & found)), float(len(found)), float(len(gold)))
        for gold, found in _codes(roles)
    ]
    return f1_figure(name, counts, seed=seed)


def _exact(name: str, roles: Sequence[_Role]) -> Figure:
    pairs = _codes(roles)
    return proportion(name, sum(gold == found for gold, found in pairs), len(pairs))


def _text(name: str, roles: Sequence[_Role], seed: int) -> Figure:
    values = [overlap([a.text for a in gold], words) for gold, words, _ in roles if gold]
    return mean_figure(name, values, seed=seed)


def overlap(gold: Sequence[str], found: Sequence[str]) -> float:
    """Give F1 of the words of two lists of actors, articles and possessives aside.

    Source of the measure: token F1 as in Rajpurkar et al. 2016 (SQuAD), on bags of folded words.
    """
    wanted, given = _words(gold), _words(found)
    shared = (wanted & given).total()
    return 2 * shared / (wanted.total() + given.total()) if shared else 0.0


def _words(texts: Sequence[str]) -> Counter[str]:
    plain = (re.sub(r"['\u2019]s\b", "", text) for text in texts)
    return Counter(w for t in plain for w in fold(t).split() if w not in {"the", "a", "an"})


def most_frequent_baseline(train: Sequence[Row], test: Sequence[Row]) -> dict[str, Coding]:
    """Code every row as the most frequent event of the training rows, without actors."""
    counts = Counter(row.event for row in train)
    event = min(counts, key=lambda name: (-counts[name], name))
    return {row.id: Coding(event=event) for row in test}


def first_mention_baseline(rows: Sequence[Row]) -> dict[str, Coding]:
    """Code the first country named in a sentence as the source, the next other one as the target."""
    return {row.id: _first_mentions(row.text) for row in rows}


def country_names() -> dict[str, str]:
    """Give the code of every folded name of the table."""
    entries = (entry.split(maxsplit=1) for entry in " ".join(_NAMES.split()).split(";"))
    return {name.strip(): code for code, names in entries for name in names.split("|")}


_CODES = country_names()
# Longest first, so that "south korea" is not read as another name within it.
_MENTION = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, _CODES), key=len, reverse=True)) + r")s?\b"
)


def _first_mentions(text: str) -> Coding:
    # "us" in lower case is a pronoun; initials lose their points so that "U.S." is one word.
    plain = re.sub(r"\bus\b", "", re.sub(r"\b([A-Z])\.(?=[A-Z])", r"\1", text))
    seen: dict[str, str] = {}
    for found in _MENTION.finditer(fold(plain)):
        seen.setdefault(_CODES[found[1]], found[1])
    pairs = list(seen.items())[:2]
    codes, words = [code for code, _ in pairs], [word for _, word in pairs]
    return Coding(
        sources=tuple(words[:1]),
        source_codes=tuple(codes[:1]),
        targets=tuple(words[1:]),
        target_codes=tuple(codes[1:]),
    )
