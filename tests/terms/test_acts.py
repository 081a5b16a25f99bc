"""One vocabulary of acts: every act is a word of coders, stands in one family and on the page, and hints stay in the family."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import claim_of, incident_of, project, row
from tests.terms.acts_page import PAGE, page
from tests.terms.test_loader import TRUCE, change, only
from truceline.model.acts import Act, Family, family
from truceline.model.incident import Topic
from truceline.terms.acts import act_words, acts_of, close_act

if TYPE_CHECKING:
    from pathlib import Path

WORDS = act_words()


def test_the_page_is_the_generated_one() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("act", [a for a in Act if a is not Act.UNRESOLVED])
def test_what_an_agreement_may_forbid_a_coder_may_write(act: Act) -> None:
    assert acts_of(act.value) == (act,)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("withdrawl", "did you mean withdrawal? "),
        ("movement_bann", "did you mean movement_ban? "),
        ("air_strik", "did you mean air_strike? "),
        ("hostilites", "did you mean hostilities? "),
        ("sheltering", ""),
        ("ceasefire_observation", ""),
        ("no_fire", ""),
        ("peacekeepers_patrol", ""),
        ("aid_strike", ""),
    ],
)
def test_a_hint_is_close_in_spelling_and_in_the_family(word: str, hint: str) -> None:
    assert close_act(word) == hint


PEACEFUL = [w for w in WORDS if not any(family(a) is Family.HOSTILE for a in acts_of(w) or ())]


@given(st.sampled_from(PEACEFUL), st.sampled_from(WORDS))
def test_no_peaceful_word_with_another_beside_it_is_hinted_to_be_violence(
    word: str, other: str
) -> None:
    if acts_of(f"{word}_{other}") is None:
        hinted = close_act(f"{word}_{other}").removeprefix("did you mean ").removesuffix("? ")
        assert all(family(a) is not Family.HOSTILE for a in acts_of(hinted) or ())


def test_the_vocabulary_is_printed_once_however_many_words_are_unknown() -> None:
    rows = [row("A", act="shuffling"), row("B", act="ambling"), row("C", kind="musing")]
    problems = project(rows).problems
    notices = [p for p in problems if p.severity == "notice"]
    assert [p.message for p in notices] == ["the acts that are known", "the kinds that are known"]
    assert "tank_fire" in notices[0].advice
    (first,) = [p for p in problems if "'shuffling'" in p.message]
    assert first.advice == "use one of the acts listed once"


@pytest.mark.parametrize("act", ["demolition", "armed_presence", "weapons_transfer", "detention"])
def test_conduct_that_a_person_codes_is_an_incident(act: str) -> None:
    assessment = project([row("A", act=act)])
    assert incident_of(assessment, "A").acts == claim_of(assessment, "A").acts


@pytest.mark.parametrize("act", ["deployment", "withdrawal", "handover_of_maps", "aid_convoy"])
def test_a_step_of_carrying_out_bears_on_an_obligation(act: str) -> None:
    assessment = project([row("A", act=act, kind="implementation")])
    assert assessment.incidents == ()
    assert [group.topic for group in assessment.groups] == [Topic.OBLIGATION]


def test_a_deployment_that_somebody_is_accused_of_is_an_incident() -> None:
    assert len(project([row("A", act="deployment")]).incidents) == 1


def test_what_is_fired_beside_a_step_stays_an_incident() -> None:
    assert len(project([row("A", act="withdrawal;tank_fire")]).incidents) == 1


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("withdrawl", "did you mean withdrawal? use an act of docs/reference/acts.md"),
        ("shelling", "write indirect_fire"),
        ("ceasefire_observation", "use an act of docs/reference/acts.md"),
    ],
)
def test_a_provision_gets_the_same_hint_as_a_row(folder: Path, written: str, advice: str) -> None:
    change(folder, TRUCE, "acts: undefined", f"acts: [{written}]\n    breach: minor")
    problem = only(folder)
    assert (problem.field, problem.advice) == ("provisions[0].acts[0]", advice)
