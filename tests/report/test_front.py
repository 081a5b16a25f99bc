"""The page opens with what a head of mission asks first, and folds the rest: on the demonstration missions."""

from __future__ import annotations

import gzip
import re
import subprocess
from datetime import date
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markupsafe import escape

from tests.report.pages import parse
from tests.report.test_browser import CHROMIUM
from truceline.model.finding import LADDER
from truceline.model.report import Edition
from truceline.pipeline import assess, cut_off, gather
from truceline.report.assemble import view_of
from truceline.report.html import html

if TYPE_CHECKING:
    from truceline.model.report import Assessment
    from truceline.report.view import View

REPO = Path(__file__).resolve().parents[2]
MISSIONS = ("donbas-2020", "karabakh-2020", "lebanon-2024")
# Twelve screens of 1360 by 900, and sixty thousand bytes on the wire.
WIDTH, TALLEST, LARGEST = 1360, 12 * 900, 60_000


def assessed(name: str, as_of: str | None = None) -> Assessment:
    gathered = gather(REPO / "missions" / name, record=False)
    return assess(gathered, cut_off(as_of, gathered))


@pytest.fixture(scope="module", params=MISSIONS)
def view(request: pytest.FixtureRequest) -> View:
    return view_of(assessed(str(request.param)))


@pytest.fixture(scope="module")
def page(view: View) -> str:
    return html(view)


def prose(page: str) -> str:
    """Give what stands outside tables, addresses and names to copy."""
    for part in (
        r"<style>.*?</style>",
        r"<table.*?</table>",
        r'<(\w+) class="code[^>]*>.*?</\1>',
        r"<svg.*?</svg>",
    ):
        page = re.sub(part, " ", page, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", page))


def test_the_weightiest_incidents_come_first(view: View) -> None:
    states = {i.number: i.finding.occurrence for i in view.incidents}
    ladder = [o.value for o in LADDER]
    ranks = [
        ladder.index(states[t.numbers[0]])
        for t in view.front.happened
        if states[t.numbers[0]] in ladder
    ]
    assert ranks == sorted(ranks, reverse=True)
    rest = {n: s for n, s in states.items() if n not in {t.numbers[0] for t in view.front.happened}}
    assert view.front.others == len(rest)
    assert all(ladder.index(s) <= ranks[-1] for s in rest.values() if s in ladder)


def test_what_is_new_is_what_was_published_in_the_last_day() -> None:
    later, before = assessed("karabakh-2020", "2020-10-13"), assessed("karabakh-2020", "2020-10-12")
    told = {t.sentence: t.numbers for t in view_of(later).front.new}
    new = {c.id for c in later.claims} - {c.id for c in before.claims}
    assert f"{len(new)} claims published" in told
    numbers = {i.number: i.id for i in view_of(later).incidents}
    first = {numbers[n] for n in told["Told of for the first time"]}
    assert first == {i.id for i in later.incidents if set(i.members) <= new}
    more = {numbers[n] for n in told.get("Told of before, with more claims", ())}
    assert more == {
        i.id for i in later.incidents if new & set(i.members) and not set(i.members) <= new
    }
    quiet = view_of(assessed("karabakh-2020", "2021-06-01"))
    assert [t.sentence for t in quiet.front.new] == ["Nothing was published"]


def test_what_waits_for_a_person_is_all_that_waits(view: View) -> None:
    told = {t.sentence: set(t.numbers) for t in view.front.waiting}
    incidents = view.incidents
    expected = {
        "Two people decide whether this is confirmed": {
            i.number for i in incidents if "occurrence" in i.finding.awaits
        },
        "Two people decide whether a party is named": {
            i.number for i in incidents if "party" in i.finding.awaits
        },
        "Somebody says whether these are told by both sides": {
            i.number for i in incidents if i.may_mirror
        },
        "Somebody says to which incident these belong": {
            i.number for i in incidents if i.fits_several
        },
    }
    for sentence, numbers in expected.items():
        assert told.get(sentence, set()) == numbers


def test_what_leaves_the_mission_does_not_tell_which_incident_awaits_two_people() -> None:
    gathered = gather(REPO / "missions" / "karabakh-2020", record=False)
    draft, released = (assess(gathered, cut_off(None, gathered), edition) for edition in Edition)
    assert any(t.sentence.startswith("Two people decide") for t in view_of(draft).front.waiting)
    view = view_of(released)
    assert view.front.waiting == ()
    page = html(view)
    assert "Two people decide" not in page
    assert "What waits for a person" not in page


def test_what_is_overdue_stands_on_the_first_screen(view: View) -> None:
    overdue = [o.title for o in view.obligations if o.state == "overdue"]
    told = " ".join(t.sentence for t in view.front.due if t.state == "overdue")
    assert all(title in told for title in overdue)
    assert bool(told) == bool(overdue)
    assert view.front.unseen[0].sentence == view.coverage.sentence


def test_every_incident_stands_once_under_its_day(view: View, page: str) -> None:
    assert [int(n) for n in re.findall(r'<article class="card" id="incident-(\d+)"', page)] != []
    assert sorted(int(n) for n in re.findall(r'id="incident-(\d+)"', page)) == [
        i.number for i in view.incidents
    ]
    days = re.findall(r'<details class="day"', page)
    assert len(days) == len({i.day for i in view.incidents})


def test_navigation_leads_to_every_section(page: str) -> None:
    parsed = parse(page)
    heads = [a["id"] for name, a in parsed.tags if name == "h2" and a["id"] != "h-refused"]
    nav = page[page.index("<nav") : page.index("</nav>")]
    assert re.findall(r'href="#([\w-]+)"', nav) == heads


def test_no_code_of_the_software_stands_in_prose(view: View, page: str) -> None:
    text = prose(page)
    for agreement in view.agreements:
        assert not re.search(rf"(?<![\w-]){re.escape(agreement.id)}(?![\w-])", text), agreement.id
    assert not re.search(r"\b(?:inc|clm|eng)-[0-9a-f]{8}", text)
    assert not re.search(r"\b[a-z]+_[a-z_]+\b", text), re.search(r"\b[a-z]+_[a-z_]+\b", text)


def test_a_sentence_of_many_cards_stands_once(view: View, page: str) -> None:
    annex = page[page.index('id="h-annex"') :]
    sentences = [i.finding.attribution_sentence for i in view.incidents]
    for sentence in set(sentences):
        if sentences.count(sentence) >= 4:
            assert unescape(annex).count(f">{sentence}<") == 1
    for link, note in re.findall(r'href="(#note-\d+)">note (\d+)<', annex):
        assert link == f"#note-{note}"
        assert f'id="note-{note}"' in annex


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs chromium")
def test_the_page_opens_in_twelve_screens_and_sixty_kilobytes(page: str, tmp_path: Path) -> None:
    assert len(gzip.compress(page.encode(), 9)) <= LARGEST
    policy = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
    script = "<script>document.title='tall='+document.documentElement.scrollHeight</script></body>"
    file = tmp_path / "page.html"
    file.write_text(policy.sub("", page).replace("</body>", script), encoding="utf-8")
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--window-size={WIDTH},900", "--dump-dom", file.as_uri(),
        f"--user-data-dir={tmp_path / 'profile'}",
    ]  # fmt: skip
    dom = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
    tall = re.search(r"tall=(\d+)", dom)
    assert tall
    assert int(tall[1]) <= TALLEST


def test_over_many_days_a_bar_is_a_week_and_nothing_is_lost() -> None:
    whole = assessed("karabakh-2020")
    view = view_of(whole)
    assert view.daily.unit == "week"
    assert len(view.daily.days) <= 12
    mondays = [date.fromisoformat(day.day) for day in view.daily.days]
    assert all(day.weekday() == 0 for day in mondays[1:])
    assert sum(d.reported for d in view.daily.days) + len(view.daily.on_no_day) == view.counts.units
    short = view_of(assessed("karabakh-2020", "2020-10-18"))
    assert short.daily.unit == "day"
    assert "Reported per week" in html(view)
    entries = {e.label: e.at for e in view.daily.entries}
    days = {e.label: e.at for e in short.daily.entries}
    first = mondays[0]
    for label, at in days.items():
        assert entries[label] == pytest.approx((at + first.weekday()) / 7, abs=1e-4)


def test_every_claim_leads_to_its_item_with_its_words_marked(view: View, page: str) -> None:
    ids = {i.id for i in view.items}
    for link in set(re.findall(r'href="#(item-[0-9a-f]+)"', page)):
        assert page.count(f'id="{link}"') == 1
    claims = [c for i in view.incidents for c in i.claims] + [
        c for s in view.statements for c in s.claims
    ]
    assert claims
    assert {c.item for c in claims} <= ids
    assert all(re.fullmatch(r"[0-9a-f]{64}", name) and name in page for name in ids)
    marked = {p.claim: p for i in view.items for p in i.passages}
    for claim in claims:
        if claim.kind == "verbatim quote":
            assert marked[claim.id].words == claim.text
            assert f"<mark>{escape(claim.text)}</mark>" in page


def test_the_words_around_a_quote_are_those_of_its_own_sentence() -> None:
    found = [p for i in view_of(assessed("karabakh-2020")).items for p in i.passages]
    assert found
    assert any(p.before or p.after for p in found)
    assert not any("\n" in p.before + p.after for p in found)
