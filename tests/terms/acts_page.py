"""The page of the vocabulary of acts, made from the code; `python -m tests.terms.acts_page` writes it."""

from __future__ import annotations

from pathlib import Path

from truceline.model.acts import EVENTS, STEPS, Act, Family, family, is_kind_of, lineage
from truceline.terms.acts import act_words, acts_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "acts.md"
_HEAD = """# Acts

One vocabulary for the provisions of an agreement (`acts`), the column `act` of coded rows and what is read in texts, where the words of each
language stand in the [packs](packs.md). The words of the column are those below, with `_`, `-` or blanks; an unknown word stays
unresolved, is complained of, and gets a hint only where one or two letters differ and no peaceful word would become one of violence.

An act is also every more general act it stands under: who forbids `fire` forbids `tank_fire`.
"""
_FAMILIES = {
    Family.HOSTILE: (
        "Acts of violence",
        "What is told of them is an incident.",
    ),
    Family.CONDUCT: (
        "Conduct that a text may forbid without a shot",
        "Coded by a person, those marked * are incidents; read in a text they are statements, since a machine cannot tell a rule from a breach.",
    ),
    Family.AFTERMATH: (
        "What befell",
        "Nobody's act by itself. A coded explosion (*) is an incident.",
    ),
    Family.CARRYING_OUT: (
        "Carrying an agreement out",
        "They bear on obligations and are no incidents, but for a deployment that somebody is accused of in a coded row.",
    ),
    Family.TALKS: ("Talks and texts", "Statements."),
}


def page() -> str:
    """Give the text of the page."""
    words: dict[Act, list[str]] = {}
    for word in act_words():
        for act in acts_of(word) or ():
            words.setdefault(act, []).append(word)
    parts = [_HEAD]
    for which, (title, told) in _FAMILIES.items():
        parts += [f"\n## {title}\n\n{told}\n\n| act | is also | words of coders |\n|---|---|---|\n"]
        for act in Act:
            if family(act) is which:
                mark = " *" if act in EVENTS and not is_kind_of(act, Act.HOSTILE_ACT) else ""
                also = ", ".join(f"`{a}`" for a in lineage(act)[1:])
                parts.append(f"| `{act}`{mark} | {also} | {', '.join(words.get(act, ()))} |\n")
    assert not EVENTS & STEPS
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
