"""The nearest valid word, for advice on one that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALIKE = 60.0
_SHORT_LIST = 40


def nearest(word: str, known: Iterable[str], alike: float = _ALIKE) -> str | None:
    """Give the known word most like this one, None when nothing comes near."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  only where a word is wrong

    choices = {k.casefold(): k for k in sorted(known, reverse=True)}
    found = process.extractOne(
        word.casefold(), sorted(choices), scorer=fuzz.ratio, score_cutoff=alike
    )
    return choices[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Advise on an unknown word: the nearest one, then those that may stand here."""
    options = sorted(set(known))
    near = nearest(word, options)
    question = f"did you mean {near}? " if near else ""
    if not options:
        return f"{question}nothing may stand here yet: define it first, or take it out"
    shown = ", ".join(options[:_SHORT_LIST])
    more = ", ..." if len(options) > _SHORT_LIST else ""
    return f"{question}known: {shown}{more}"
