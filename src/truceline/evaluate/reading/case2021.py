"""Event types on CASE-2021 task 2: one of 30 conflict-event classes for each snippet of news.

Data: Haneczok et al. 2021, "Fine-grained event classification in news-like text snippets" (shared
task 2); a table of tab-separated `id`, `EventSnippet`, `SubType` with no quoting. The stored file is
about half of the task's data, so a classifier trained on a part of it is worse than those published
(weighted F1 .75 to .84). Place names in the snippets are partly replaced by made-up ones, which
harms readers that know geography.

Measures: precision, recall and F1 a class; macro (plain mean of F1), weighted (mean by gold count)
and micro F1. Classes are those of the gold and the predictions together, as in scikit-learn; a
snippet without a prediction is an abstention: missed by its class, charged to no other.
"""

from __future__ import annotations

import importlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from truceline.errors import UsageError
from truceline.evaluate.reading.intervals import Figure, bootstrap, f1, proportion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

COLUMNS = ["id", "EventSnippet", "SubType"]
_ADVICE = "install scikit-learn (a development library): uv pip install scikit-learn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A snippet of news and its class."""

    id: int
    text: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassScore:
    """Precision, recall and F1 of one class, which `n` snippets truly have."""

    label: str
    n: int
    precision: float
    recall: float
    f: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The scores of a set of predictions; `confusion` counts (true, predicted) with "" for none.

    `accuracy` has a Wilson interval, the three F1 figures bootstrap intervals over snippets.
    """

    n: int
    answered: Figure
    accuracy: Figure
    weighted: Figure
    macro: Figure
    micro: Figure
    classes: tuple[ClassScore, ...]
    confusion: dict[tuple[str, str], int]


def read_snippets(text: str) -> tuple[Snippet, ...]:
    """Parse the table.

    Raises UsageError where the header or a row is not in the format, or an id comes twice.
    """
    header, *lines = text.removeprefix("\ufeff").splitlines()
    rows = [line.split("\t") for line in lines if line.strip()]
    numbers = [row[0] for row in rows]
    sound = all(len(row) == len(COLUMNS) and row[0].isdecimal() and row[2] for row in rows)
    if header.split("\t") != COLUMNS or not sound or len(set(numbers)) < len(numbers):
        raise UsageError(
            "the table is not in the format of CASE-2021 task 2",
            f"give a tab-separated table with the columns {', '.join(COLUMNS)}, each id once",
        )
    return tuple(Snippet(id=int(r[0]), text=r[1].strip(), label=r[2].strip()) for r in rows)


def half(snippets: Iterable[Snippet], *, odd: bool) -> tuple[Snippet, ...]:
    """Keep the snippets whose id is odd, or even: rules are made on even, reported on odd."""
    return tuple(snippet for snippet in snippets if (snippet.id % 2 == 1) == odd)


def score(gold: Sequence[Snippet], predictions: Mapping[int, str], *, seed: int = 0) -> Scores:
    """Score predicted labels by snippet id; ids outside the gold are ignored."""
    pairs = [(snippet.label, predictions.get(snippet.id, "")) for snippet in gold]
    right = sum(true == found for true, found in pairs)
    answered = sum(1 for _, found in pairs if found)
    return Scores(
        n=len(pairs),
        answered=proportion("answered", answered, len(pairs)),
        accuracy=proportion("accuracy", right, len(pairs)),
        weighted=_figure("weighted F1", pairs, seed),
        macro=_figure("macro F1", pairs, seed),
        micro=_figure("micro F1", pairs, seed),
        classes=_classes(pairs),
        confusion=dict(sorted(Counter(pairs).items())),
    )


def _figure(name: str, pairs: Sequence[tuple[str, str]], seed: int) -> Figure:
    average = {"weighted F1": _weighted, "macro F1": _macro, "micro F1": _micro}[name]
    low, high = bootstrap(pairs, average, seed=seed)
    value = average(pairs) if pairs else None
    return Figure(name=name, value=value, n=len(pairs), low=low, high=high)


def _classes(pairs: Sequence[tuple[str, str]]) -> tuple[ClassScore, ...]:
    true = Counter(label for label, _ in pairs)
    found = Counter(label for _, label in pairs if label)
    right = Counter(label for label, other in pairs if label == other)
    return tuple(
        ClassScore(
            label=label,
            n=true[label],
            precision=right[label] / found[label] if found[label] else 0.0,
            recall=right[label] / true[label] if true[label] else 0.0,
            f=f1(right[label], found[label], true[label]),
        )
        for label in sorted(true | found)
    )


def _weighted(pairs: Sequence[tuple[str, str]]) -> float:
    return sum(c.f * c.n for c in _classes(pairs)) / len(pairs)


def _macro(pairs: Sequence[tuple[str, str]]) -> float:
    scores = [c.f for c in _classes(pairs)]
    return sum(scores) / len(scores)


def _micro(pairs: Sequence[tuple[str, str]]) -> float:
    right = sum(true == found for true, found in pairs)
    return f1(right, sum(1 for _, found in pairs if found), len(pairs))


def most_frequent_baseline(train: Sequence[Snippet], test: Sequence[Snippet]) -> dict[int, str]:
    """Predict the most frequent class of the training snippets (the first by name of equals)."""
    counts = Counter(snippet.label for snippet in train)
    label = min(counts, key=lambda name: (-counts[name], name))
    return {snippet.id: label for snippet in test}


def tfidf_svm_baseline(train: Sequence[Snippet], test: Sequence[Snippet]) -> dict[int, str]:
    """Predict with a linear SVM over TF-IDF of word 1-2 grams and character 3-5 grams.

    Raises UsageError where scikit-learn is missing: it is no dependency of the program itself.
    """
    text = _library("sklearn.feature_extraction.text")
    words = text.TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    letters = text.TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    union = _library("sklearn.pipeline").FeatureUnion([("words", words), ("letters", letters)])
    machine = _library("sklearn.svm").LinearSVC(random_state=0)
    features = union.fit_transform([snippet.text for snippet in train])
    machine.fit(features, [snippet.label for snippet in train])
    found = machine.predict(union.transform([snippet.text for snippet in test]))
    return {snippet.id: str(label) for snippet, label in zip(test, found, strict=True)}


def _library(name: str) -> Any:  # noqa: ANN401 - the library has no types
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise UsageError("scikit-learn is not installed", _ADVICE) from error
