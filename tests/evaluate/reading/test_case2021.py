"""CASE-2021 scores against hand-counted and scikit-learn's values; the table and its refusals."""

from __future__ import annotations

import importlib

import pytest

from tests.evaluate.reading.gold import gold
from truceline.errors import UsageError
from truceline.evaluate.reading.case2021 import (
    Snippet,
    half,
    most_frequent_baseline,
    read_snippets,
    score,
    tfidf_svm_baseline,
)

TABLE = 'id\tEventSnippet\tSubType\n2\t"Quoted" rain fell\tRAIN\n3\tIt snowed\tSNOW\n\n'
GOLD = [
    Snippet(id=n, text=f"{label} {n}", label=label)
    for n, label in enumerate(["RAIN"] * 4 + ["SNOW"] * 2 + ["HAIL"], start=1)
]
FOUND = dict(enumerate(["RAIN", "RAIN", "RAIN", "SNOW", "SNOW", "RAIN", "WIND"], start=1))


def test_the_table_is_read_and_split() -> None:
    rows = read_snippets(TABLE)
    assert [(r.id, r.label) for r in rows] == [(2, "RAIN"), (3, "SNOW")]
    assert rows[0].text == '"Quoted" rain fell'
    assert half(rows, odd=True) == rows[1:]
    assert half(rows, odd=False) == rows[:1]


@pytest.mark.parametrize(
    "text",
    [
        TABLE.replace("SubType", "Class"),
        TABLE + "x\tno number\tRAIN\n",
        TABLE + "4\tno label\t\n",
        TABLE + "4\tno label\n",
        TABLE + "2\tagain\tRAIN\n",
    ],
)
def test_another_table_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="CASE-2021"):
        read_snippets(text)


def test_scores_by_hand() -> None:
    found = score(GOLD, FOUND)
    by = {c.label: c for c in found.classes}
    assert by["RAIN"].precision == by["RAIN"].recall == by["RAIN"].f == 0.75
    assert by["SNOW"].f == 0.5
    assert (by["HAIL"].f, by["WIND"].f, by["WIND"].n) == (0.0, 0.0, 0)
    assert found.macro.value == pytest.approx((0.75 + 0.5) / 4)
    assert found.weighted.value == pytest.approx((0.75 * 4 + 0.5 * 2) / 7)
    assert found.micro.value == found.accuracy.value == pytest.approx(4 / 7)
    assert found.confusion["RAIN", "SNOW"] == 1
    assert sum(found.confusion.values()) == 7


def test_an_abstention_is_missed_but_charged_to_no_class() -> None:
    found = score(GOLD, {1: "RAIN"})
    (rain,) = [c for c in found.classes if c.label == "RAIN"]
    assert (rain.precision, rain.recall) == (1.0, 0.25)
    assert found.answered.value == pytest.approx(1 / 7)
    assert found.micro.value == pytest.approx(2 / 8)
    assert found.confusion["HAIL", ""] == 1


def test_no_gold_gives_no_figures() -> None:
    found = score([], {})
    assert found.weighted.value is found.accuracy.value is None
    assert found.classes == ()


def test_the_scores_agree_with_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    true, guess = [s.label for s in GOLD], [FOUND[s.id] for s in GOLD]
    found = score(GOLD, FOUND)
    for figure, average in ((found.weighted, "weighted"), (found.macro, "macro")):
        expected = metrics.f1_score(true, guess, average=average, zero_division=0)
        assert figure.value == pytest.approx(expected)


def test_the_most_frequent_class_as_a_baseline() -> None:
    assert set(most_frequent_baseline(GOLD, GOLD[:2]).values()) == {"RAIN"}
    assert most_frequent_baseline(GOLD[3:6], GOLD[:1]) == {1: "SNOW"}


def test_the_svm_baseline_learns_and_repeats_itself() -> None:
    pytest.importorskip("sklearn")
    train = [Snippet(id=n, text=f"{w} fell", label=w.upper()) for n, w in
             enumerate(["rain", "snow"] * 5)]  # fmt: skip
    test = [Snippet(id=1, text="More snow", label=""), Snippet(id=2, text="more rain", label="")]
    assert tfidf_svm_baseline(train, test) == {1: "SNOW", 2: "RAIN"}
    assert tfidf_svm_baseline(train, test) == tfidf_svm_baseline(train, test)


def test_without_scikit_learn_the_baseline_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(UsageError, match="install scikit-learn"):
        tfidf_svm_baseline(GOLD, GOLD)


def test_the_real_table() -> None:
    rows = read_snippets(gold("case2021_task2_half.tsv").read_text(encoding="utf-8"))
    even, odd = half(rows, odd=False), half(rows, odd=True)
    assert (len(rows), len(even), len(odd)) == (509, 368, 141)
    assert len({row.label for row in rows}) == 30
    perfect = score(odd, {row.id: row.label for row in odd})
    assert perfect.weighted.value == perfect.macro.value == 1.0


def test_the_svm_baseline_on_the_real_table() -> None:
    rows = read_snippets(gold("case2021_task2_half.tsv").read_text(encoding="utf-8"))
    pytest.importorskip("sklearn")
    test = half(rows, odd=True)
    found = score(test, tfidf_svm_baseline(half(rows, odd=False), test))
    assert found.weighted.value is not None
    assert found.weighted.value > 0.5
