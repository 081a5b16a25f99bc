"""Who decides: names that may be one person's, and the people that a mission lists."""

from __future__ import annotations

import pytest

from truceline.errors import RefusedError, UsageError
from truceline.model.decision import Verdict
from truceline.model.mission import Person
from truceline.review import decide, rulings

CLAIMS = ("clm-1",)
PEOPLE = (
    Person(id="rana", names=("Rana Smith",)),
    Person(id="robert", names=("R. Smith", "Bob Smith")),
)


def propose(by: str, *earlier: object, people: tuple[Person, ...] = ()) -> object:
    """Decide the same as everybody here."""
    return decide(CLAIMS, Verdict.REFUTED, by, "we looked", earlier, people)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    ["R. Smith", "Smith Rana", "\N{CYRILLIC CAPITAL LETTER ER}ana Smith", "Rana\u200b Smith",
     "Rana Sm\u00adith", "\u202eRana Smith", "rana  SMITH"],
)  # fmt: skip
def test_whoever_may_be_the_author_cannot_approve(name: str) -> None:
    first = propose("Rana Smith")
    with pytest.raises(RefusedError, match="author and approver must differ"):
        propose(name, first)


@pytest.mark.parametrize("name", ["\u200b", "\x07", "Rana\x07", "Rana\x1b[2J", "\u00ad", "--"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        propose(name)


def test_listed_people_are_who_the_mission_says_they_are() -> None:
    first = propose("Rana Smith", people=PEOPLE)
    with pytest.raises(RefusedError):
        propose(" rana smith", first, people=PEOPLE)
    second = propose("R. Smith", first, people=PEOPLE)
    assert len(rulings([first, second], PEOPLE)[0]) == 1  # type: ignore[list-item]
    in_force, _, problems = rulings([first, second])  # type: ignore[list-item]
    assert in_force == ()
    assert len(problems) == 1


@pytest.mark.parametrize("name", ["Maya", "Rana Sm\u0456th", "Rana\u200b Smith", "Smith"])
def test_a_name_that_is_not_listed_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="not among the `people`"):
        propose(name, people=PEOPLE)
