"""Bring the languages of papers up to date: new sentences stand empty in `report/paper/languages/*.po`, dropped ones are taken out.

    make languages

Words between braces are filled in and must stand in the translation too. `tests/report/test_languages.py` fails while any is empty.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from truceline.model.report import LANGUAGES
from truceline.report.paper.labels import labels

PAPER = Path(__file__).resolve().parents[1] / "src" / "truceline" / "report" / "paper"
_KEYWORDS = {"say": None, "count": (1, 2)}
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)


def templates() -> list[str | tuple[str, str]]:
    """Give every sentence that papers say, with its plural where it has one, in a fixed order."""
    found = extract_from_dir(str(PAPER), method_map=[("**.py", "python")], keywords=_KEYWORDS)
    told = {m if isinstance(m, str) else (m[0], m[1]) for _, _, m, _, _ in found}
    return sorted(told | set(labels()), key=str)


def catalog(lang: str) -> Catalog:
    """Give the catalogue of a language as it should be: every sentence, with the words that it has."""
    file = PAPER / "languages" / f"{lang}.po"
    known = read_po(file.open("rb"), locale=lang) if file.exists() else Catalog(locale=lang)
    made = Catalog(
        locale=Locale.parse(lang), project="Truceline", version="1", msgid_bugs_address="none", last_translator="the authors of Truceline", language_team="none", header_comment=f"# Papers of Truceline in {Locale.parse(lang).english_name}.",
        creation_date=_NEVER, revision_date=_NEVER, fuzzy=False,
    )  # fmt: skip
    for template in templates():
        one = template if isinstance(template, str) else template[0]
        held = known.get(one)
        made.add(template, held.string if held else "")
    return made


def main() -> None:
    """Write every catalogue."""
    for lang in LANGUAGES[1:]:
        made = catalog(lang)
        with (PAPER / "languages" / f"{lang}.po").open("wb") as file:
            write_po(file, made, width=0)


if __name__ == "__main__":
    main()
