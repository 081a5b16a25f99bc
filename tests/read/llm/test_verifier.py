"""Every coder's draft stands on its text: the rules' drafts over random edits, and broken ones not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.read.llm.documents import make_document, make_ground, make_lines
from truceline.model.acts import Act
from truceline.model.coding import Attitude, Cited, Layer, Measure
from truceline.model.evidence import Stance
from truceline.read.press.rules import RULES
from truceline.read.press.rules_coder import RulesCoder
from truceline.read.verifier import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from truceline.read.draft import Draft

TEXT = (
    "Nothing else was known that night. The Armenian Ministry of Defence said that Azerbaijani forces "
    "shelled Hadrut on 10 October, killing at least 3 civilians. The streets were empty."
)


def coded(text: str) -> tuple[Draft, Callable[[Draft], tuple[str, ...]]]:
    document = make_document(text)
    lines = make_lines(document)
    drafts = RulesCoder(make_ground()).code(document, lines)
    return drafts[0], lambda draft: verify(draft, document, lines)


def test_a_good_draft_has_no_reason_against_it() -> None:
    draft, check = coded(TEXT)
    assert check(draft) == ()


def shifted(cited: Cited, by: int) -> Cited:
    return replace(cited, start=cited.start + by, end=cited.end + by)


OUTSIDE = Cited(text=TEXT[:7], start=0, end=7)


def with_layer(draft: Draft, **fields: object) -> Draft:
    return replace(draft, layers=(replace(draft.layers[0], **fields),))  # type: ignore[arg-type]


def later(draft: Draft) -> Draft:
    assert draft.time is not None
    assert draft.time.low is not None
    return replace(draft, time=replace(draft.time, low=draft.time.low + timedelta(days=1)))


BROKEN: list[tuple[str, Callable[[Draft], Draft]]] = [
    ("quote is not verbatim", lambda d: replace(d, quote=shifted(d.quote, 1))),
    ("quote is not verbatim", lambda d: replace(d, quote=replace(d.quote, text="Other words."))),
    ("quote is not verbatim", lambda d: replace(d, quote=Cited(text="", start=0, end=0))),
    ("no sentence", lambda d: replace(d, sentence=99)),
    ("no sentence", lambda d: replace(d, sentence=-1)),
    ("does not cover", lambda d: replace(d, sentence=2)),
    ("actor are not verbatim", lambda d: replace(d, actor_words=(shifted(d.actor_words[0], 2),))),
    ("actor stand outside", lambda d: replace(d, actor_words=(OUTSIDE,))),
    ("act word stand outside", lambda d: replace(d, cues=(*d.cues, OUTSIDE))),
    ("hedge stand outside", lambda d: replace(d, hedges=(OUTSIDE,))),
    ("denied proposition stand outside", lambda d: replace(d, denied=OUTSIDE)),
    ("time stand outside", lambda d: replace(d, time_cited=OUTSIDE)),
    ("speaker stand outside", lambda d: with_layer(d, said=OUTSIDE)),
    ("speech word stand outside", lambda d: with_layer(d, cue=OUTSIDE)),
    ("place is not named", lambda d: replace(d, places=(replace(d.places[0], i=0, j=1),))),
    ("another interval", later),
    ("time words name no time", lambda d: replace(d, time_cited=d.cues[0])),
    ("time has no words", lambda d: replace(d, time_cited=None)),
    ("cannot be derived", lambda d: replace(d, counts=(replace(d.counts[0], low=30),))),
    ("cannot be derived", lambda d: replace(d, counts=(replace(d.counts[0], high=5),))),
    (
        "cannot be derived",
        lambda d: replace(d, counts=(replace(d.counts[0], measure=Measure.INJURED),)),
    ),
    ("side of the actor", lambda d: replace(d, actors=("RU",))),
    ("side of the target", lambda d: replace(d, targets=("RU",))),
    ("side of the speaker", lambda d: with_layer(d, sides=("RU",))),
    ("without a speech word", lambda d: with_layer(d, cue=None)),
    ("without a speech word", lambda d: with_layer(d, cue=d.actor_words[0])),
    (
        "without a speech word",
        lambda d: replace(d, layers=(Layer(said=None, cue=None, actors=(), sides=("AM",)),)),
    ),
    ("for the act missile_strike", lambda d: replace(d, acts=(Act.MISSILE_STRIKE,))),
    ("for the act indirect_fire", lambda d: replace(d, cues=())),
    ("stance admits", lambda d: replace(d, stance=Stance.ADMITS)),
    ("stance confirms", lambda d: replace(d, stance=Stance.CONFIRMS)),
    ("attitude concern", lambda d: replace(d, attitude=Attitude.CONCERN)),
]


@pytest.mark.parametrize(("reason", "spoil"), BROKEN)
def test_each_break_is_named(reason: str, spoil: Callable[[Draft], Draft]) -> None:
    draft, check = coded(TEXT)
    assert any(reason in told for told in check(spoil(draft))), check(spoil(draft))


def test_a_more_general_act_is_supported_and_a_more_special_one_is_not() -> None:
    draft, check = coded(TEXT)
    assert check(replace(draft, acts=(Act.FIRE,))) == ()
    assert check(replace(draft, acts=(Act.ARTILLERY_FIRE,)))


EXAMPLES = sorted({t for rule in RULES.values() for t in (*rule.positive, *rule.negative)})
EDITS = st.lists(
    st.tuples(
        st.integers(0, 10_000),
        st.integers(0, 12),
        st.sampled_from(
            [
                "", " ", "\n", "\n\n", ". ", ", ", '"', "\u201c", "\u201d", "\u00ab", "13", " 12:00 ",
                " on Friday ", " denied ", " said ", " the enemy ", " both sides ", " not ", "\u0301",
                "\U0001f4a5", " according to ", " Yerevan ", " killed ", " 2-3 ", " in 1994 ", "'s ",
            ]
        ),
    ),
    max_size=8,
)  # fmt: skip


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    for at, cut, put in edits:
        place = at % (len(text) + 1)
        text = text[:place] + put + text[place + cut :]
    return text


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=4), EDITS)
def test_every_draft_of_the_rules_stands_whatever_the_text(
    chosen: list[str], edits: list[tuple[int, int, str]]
) -> None:
    document = make_document(edited(" ".join(chosen), edits))
    lines = make_lines(document)
    for draft in RulesCoder(make_ground()).code(document, lines):
        assert document.text[draft.quote.start : draft.quote.end] == draft.quote.text
        assert verify(draft, document, lines) == ()
