"""A language in which a paper speaks: sentences by templates, counts by its own plurals, days by its own names.

The catalogues are gettext's (`languages/ru.po`); English needs none, since it is the language of the templates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from truceline.model.report import LANGUAGES

_MONTHS = {m: n for n, m in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}  # noqa: SIM905
_DAY = re.compile(r"\b(\d{1,2}) (" + "|".join(_MONTHS) + r") (\d{4})\b")


@dataclass(frozen=True, slots=True)
class Speech:
    """One language; a template that it has no words for is said in English."""

    lang: str
    told: NullTranslations

    def say(self, template: str, **values: str | int) -> str:
        """Say a sentence: the template in this language with its values."""
        return self.told.gettext(template).format(**values) if template else ""

    def label(self, text: str) -> str:
        """Say a word of a closed list (a status, an act, a state) where this language has it, and any other text as it is."""
        return self.told.gettext(text) if text else ""

    def labels(self, text: str, between: str = ": ") -> str:
        """Say each part of a text that closed words make up, such as a state and what made it so."""
        return between.join(self.label(part) for part in text.split(between))

    def count(self, one: str, many: str, n: int, **values: str | int) -> str:
        """Say a sentence about a number, which stands in it as `n`."""
        return self.told.ngettext(one, many, n).format(n=n, **values)

    def days(self, text: str) -> str:
        """Write the days in a text (`10 Oct 2020`) as this language does."""
        return text if self.lang == "en" else _DAY.sub(self._day, text)

    def _day(self, found: re.Match[str]) -> str:
        day = date(int(found[3]), _MONTHS[found[2]], int(found[1]))
        return format_date(day, "d MMM y", locale=self.lang)


@cache
def speech(lang: str) -> Speech:
    """Give a language; KeyError where there is none."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    if lang == "en":
        return Speech(lang, NullTranslations())
    content = (files("truceline.report.paper") / "languages" / f"{lang}.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(content), locale=lang))
    compiled.seek(0)
    return Speech(lang, Translations(compiled))
