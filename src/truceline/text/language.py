"""Which language is a text in? A letter that only one language writes decides before the model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, cast

UNKNOWN = "und"
_READ = 2000  # characters: more changes no answer and takes time
_FEWEST_LETTERS = 20
_SURE = 0.9
_FEWEST_SCHWAS = 0.02  # of the Latin letters; running Azerbaijani has 0.08 to 0.1

_SCRIPTS = {
    "Latn": re.compile("[A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u02af\u1e00-\u1eff]"),
    "Cyrl": re.compile("[\u0400-\u052f]"),
    "Armn": re.compile("[\u0531-\u0587]"),
    "Geor": re.compile("[\u10a0-\u10ff\u1c90-\u1cbf]"),
    "Grek": re.compile("[\u0370-\u03ff]"),
    "Arab": re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff]"),
    "Hebr": re.compile("[\u05d0-\u05ea]"),
    "Thai": re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]"),
    "Khmr": re.compile("[\u1780-\u17d3]"),
    "Jpan": re.compile("[\u3041-\u30ff]"),
    "Kore": re.compile("[\uac00-\ud7a3]"),
    "Hani": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
}
# A script that one language of ours writes names it; Japanese is told from Chinese by its kana.
_BY_SCRIPT = {
    "Armn": "hy",
    "Geor": "ka",
    "Grek": "el",
    "Hebr": "he",
    "Thai": "th",
    "Khmr": "km",
    "Jpan": "ja",
    "Kore": "ko",
    "Hani": "zh",
}
# The languages read here and their neighbours, without which a neighbour would be taken for one.
_LATIN = "en az tr fr de es it pt nl pl ro uz ku"
_CYRILLIC = "ru uk be bg sr mk kk ky tg"
_ARABIC = "ar fa ur ps ku ug"
_BY_MODEL = {
    "Latn": frozenset(_LATIN.split()),
    "Cyrl": frozenset(_CYRILLIC.split()),
    "Arab": frozenset(_ARABIC.split()),
}
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_RUSSIAN = re.compile("[ыэъё]", re.IGNORECASE)
_SCHWA = re.compile("[\u0259\u018f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language (ISO 639-1, or `und`), how sure, 0 to 1, and the script (ISO 15924)."""

    code: str
    confidence: float
    script: str


class _Model(Protocol):
    """What is used of a py3langid identifier."""

    def rank(self, text: str) -> list[tuple[str, float]]: ...


def language_of(text: str) -> Language:
    """Say which language the first 2,000 characters are in; `und` for fewer than 20 letters."""
    head = text[:_READ]
    counts = {script: len(found.findall(head)) for script, found in _SCRIPTS.items()}
    letters = sum(counts.values())
    script = max(counts, key=lambda name: counts[name]) if letters else "Zyyy"
    if script == "Hani" and counts["Jpan"] * 10 > letters:
        script = "Jpan"
    if letters < _FEWEST_LETTERS:
        return Language(code=UNKNOWN, confidence=0.0, script=script)
    if code := _BY_SCRIPT.get(script):
        share = counts[script] + (counts["Hani"] if script == "Jpan" else 0)
        return Language(code=code, confidence=round(share / letters, 3), script=script)
    code, confidence = _by_letters(head, script, counts[script])
    return Language(code=code, confidence=round(confidence, 3), script=script)


def _by_letters(head: str, script: str, letters: int) -> tuple[str, float]:
    """Let the letters of one language decide where they can, and the model elsewhere."""
    schwas = len(_SCHWA.findall(head)) / letters
    if script == "Latn" and schwas >= _FEWEST_SCHWAS:
        return "az", 1.0
    code, confidence = _by_model(head, script)
    if script != "Cyrl" or (code in {"ru", "uk"} and confidence >= _SURE):
        return code, confidence
    ukrainian, russian = (len(letter.findall(head)) for letter in (_UKRAINIAN, _RUSSIAN))
    if code in {"ru", "uk"} or confidence < _SURE:
        if ukrainian and not russian:
            return "uk", _SURE
        if russian and not ukrainian:
            return "ru", _SURE
    return code, confidence


def _by_model(head: str, script: str) -> tuple[str, float]:
    """Give the model's best language among those of a script, with its share among them."""
    scores = [(code, score) for code, score in _model().rank(head) if code in _BY_MODEL[script]]
    total = sum(score for _, score in scores)
    code, score = max(scores, key=lambda pair: (pair[1], pair[0]))
    return (code, score / total) if total > 0 else (UNKNOWN, 0.0)


@lru_cache(maxsize=1)
def _model() -> _Model:
    """Load the model on first use: 4 MB from the installed package, about half a second."""
    from py3langid import langid  # type: ignore[import-untyped]  # noqa: PLC0415

    model = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    model.set_languages(sorted(set().union(*_BY_MODEL.values())))
    return cast("_Model", model)
