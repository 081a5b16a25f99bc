"""Monitor reports in the usual format are read field by field; the rules fire where they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.read.monitor.scoring import HERE, document, ground, read, score, shown_time
from truceline.model.coding import PlaceRole
from truceline.model.evidence import Stance
from truceline.read.monitor.dailies import MonitorCoder
from truceline.read.monitor.monitor_rules import RULES
from truceline.read.press.rules import Rule

REPORTS = sorted(path.stem for path in HERE.glob("*.txt"))
CASES = [
    pytest.param(rule, text, fires, id=f"{rule.name}-{'yes' if fires else 'no'}-{number}")
    for rule in RULES.values()
    for fires, texts in ((True, rule.positive), (False, rule.negative))
    for number, text in enumerate(texts)
]
HEADER = (
    "Daily report\n\nBased on information from the Monitoring Teams as of 19:30, 14 February 2021. "
    "All times are in Eastern European Time.\n\n"
)


@pytest.mark.parametrize("name", REPORTS)
def test_every_field_of_a_report_is_read(name: str) -> None:
    right, total, wrong = score(name)
    assert not wrong
    assert right == total


def test_the_reports_cover_the_kinds_of_report() -> None:
    assert len(REPORTS) >= 9


@pytest.mark.parametrize(("rule", "text", "fires"), CASES)
def test_a_rule_fires_where_it_says_and_nowhere_else(rule: Rule, text: str, *, fires: bool) -> None:
    fired = {name for draft in read(text) for name in draft.coder.rules}
    assert (rule.name in fired) is fires


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.name)
def test_every_rule_says_what_it_does_and_has_examples(rule: Rule) -> None:
    assert rule.positive
    assert rule.negative
    assert rule.says.endswith(".")


@pytest.mark.parametrize("name", REPORTS)
def test_every_cited_passage_is_verbatim(name: str) -> None:
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8").strip()
    for draft in read(text):
        cited = [draft.quote, *draft.cues, *draft.hedges, *draft.actor_words]
        cited += [c.cited for c in draft.counts] + [p.cited for p in draft.other_places]
        cited += [layer.said for layer in draft.layers if layer.said]
        cited += [draft.time_cited] if draft.time_cited else []
        for passage in cited:
            assert text[passage.start : passage.end] == passage.text
            assert draft.quote.start <= passage.start <= passage.end <= draft.quote.end


def test_reading_twice_gives_the_same() -> None:
    text = (HERE / "day.txt").read_text(encoding="utf-8")
    assert read(text) == read(text)


def test_an_observer_is_not_where_the_explosion_was() -> None:
    (draft,) = read("While in Svitlodarsk, the SMM heard two explosions 1-3km south-east.")
    assert draft.places == ()
    assert [p.role for p in draft.other_places] == [PlaceRole.MENTIONED]
    assert "bearing:1-3km south-east" in draft.flags
    assert any(cue.text == "1-3km south-east" for cue in draft.cues)


def test_no_party_is_named_unless_the_report_names_one() -> None:
    drafts = read("In Donetsk region, the SMM recorded 46 ceasefire violations.")
    assert all(draft.actors == () for draft in drafts)
    assert all(draft.stance is Stance.REPORTS for draft in drafts)


def test_a_place_that_no_gazetteer_knows_is_shown() -> None:
    (draft,) = read("The SMM camera in Nowa Hora (government-controlled, 3km west of Donetsk) "
                    "recorded an explosion 1km east.")  # fmt: skip
    assert "place_unknown:Nowa Hora" in draft.flags
    assert draft.other_places == ()


def test_a_daily_report_without_a_window_speaks_of_the_day_before_its_hour() -> None:
    (draft,) = read(HEADER + "In Donetsk region, the SMM recorded 46 ceasefire violations.")
    assert shown_time(draft) == "2021-02-13T19:30/2021-02-14T19:30 range +120 inherited"
    assert "window_of_daily_report" in draft.flags


def test_a_clock_time_without_a_day_stays_unresolved() -> None:
    (draft,) = read(
        HEADER + "At 23:47, the SMM camera in Shyrokyne recorded an explosion 4km east."
    )
    assert draft.time is None
    assert "day_unknown" in draft.flags


def test_a_zone_that_is_not_known_is_flagged() -> None:
    text = HEADER.replace("Eastern European Time", "Old Kyiv Hours")
    (draft,) = read(text + "In Donetsk region, the SMM recorded one ceasefire violation.")
    assert "report_zone_unknown" in draft.flags
    assert draft.time is not None
    assert draft.time.offset is None


def test_a_sum_of_casualties_that_does_not_add_up_is_flagged() -> None:
    drafts = read("The Mission corroborated reports of three civilian casualties: a man killed in "
                  "Avdiivka on 3 March; and a woman injured in Horlivka on 4 March 2021.")  # fmt: skip
    assert len(drafts) == 2
    assert all("casualties_do_not_add_up" in draft.flags for draft in drafts)


def test_an_unknown_issuer_leaves_the_speaker_unresolved() -> None:
    base = ground()
    text = document("The Mission heard two explosions 1km east.")
    (draft,) = MonitorCoder(base).code(replace(text, issuer_actor=None))
    assert draft.layers[0].actors == ()
    assert "issuer_unresolved" in draft.flags


def test_a_plural_without_a_number_is_vague_not_nothing() -> None:
    (draft,) = read("While in Popasna, the Mission heard explosions 2km south.")
    assert [(c.low, c.high, c.qualifier.value) for c in draft.counts] == [(None, None, "vague")]
