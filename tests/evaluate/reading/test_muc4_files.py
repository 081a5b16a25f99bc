"""The MUC-4 reader on keys and texts made up in the format, and on the real files if present."""

from __future__ import annotations

from datetime import date

from tests.evaluate.reading.gold import gold
from truceline.evaluate.reading.muc4_files import (
    SLOTS,
    Fill,
    Key,
    Keys,
    Location,
    half,
    read_documents,
    read_keys,
)

TEXTS = """\
DEV-MUC3-9001 (SITE)

   PORT ALPHA, 7 JAN 90 (AGENCY ONE, TWO) -- [TEXT] A BRIDGE WAS HIT.

   IT WAS 5 JAN 90 -- OR LATER.


DEV-MUC3-9002 (SITE)

   CLANDESTINE, NO DATE (RADIO X) -- [TEXT] NOTHING.

DEV-MUC3-9003
   BETA (FARLAND), 22 AUGUST 89 -- [TEXT] NOTHING.

DEV-MUC3-9004
   GAMMA, JUNE 1 89 (X) -- [TEXT] NOTHING.

DEV-MUC3-9005
   GAMMA, 31 JUN 89 (X) -- [TEXT] NOTHING.

DEV-MUC3-9006
   [TEXT] NO DATELINE AT ALL.
"""


def template(name: str = "DEV-MUC3-9001", number: str = "1", **slots: str) -> str:
    """Write a template: slots by their number (`_3`), lines parted by `|`; the others are empty."""
    lines = []
    for n, slot in enumerate(SLOTS):
        fill = {0: f"{name} (SITE)", 1: number}.get(n, slots.get(f"_{n}", "-"))
        head = f"{n}. ".ljust(4) + slot
        first, *more = fill.split("|")
        lines += [head.ljust(36) + first, *(" " * 36 + line for line in more)]
    return "\n".join(lines) + "\n"


def one(**slots: str) -> Key:
    """Read a single template that must be understood."""
    keys = read_keys(template(**slots))
    assert keys.problems == ()
    (key,) = keys.templates["DEV-MUC3-9001"]
    return key


def test_texts_with_their_datelines() -> None:
    found = read_documents(TEXTS)
    assert [d.id[-1] for d in found] == list("123456")
    assert found[0].place == "PORT ALPHA"
    assert found[0].text.endswith("OR LATER.")
    assert [d.day for d in found] == [
        date(1990, 1, 7), None, date(1989, 8, 22), date(1989, 6, 1), None, None,
    ]  # fmt: skip
    assert [d.place for d in found][1:] == ["CLANDESTINE", "BETA (FARLAND)", "GAMMA", "GAMMA", None]


def test_halves_by_the_number_of_the_document() -> None:
    pairs = [(d.id, d) for d in read_documents(TEXTS)]
    assert [n[-1] for n in half(pairs, odd=True)] == ["1", "3", "5"]
    assert [n[-1] for n in half(pairs, odd=False)] == ["2", "4", "6"]


def test_an_irrelevant_document_has_no_template_and_comments_are_skipped() -> None:
    text = template(number="*").replace("  -\n", "  *\n") + "\n;;; a note\n" + template("B-0002")
    keys = read_keys(text)
    assert keys.templates["DEV-MUC3-9001"] == ()
    assert len(keys.templates["B-0002"]) == 1
    assert keys.problems == ()


def test_dates_with_alternatives_and_ranges() -> None:
    def day(number: int) -> date:
        return date(1989, 3, number)

    assert one(_2="19 MAR 89").dates == ((day(19), day(19)),)
    assert one(_2="- 09 MAR 89").dates == one(_2="-9 MARCH 89").dates == ((None, day(9)),)
    both = one(_2="(- 29 MAR 89) / (28 MAR 89 - 29 MAR 89) / 30 MAR 89").dates
    assert both == ((None, day(29)), (day(28), day(29)), (day(30), day(30)))
    assert one().dates == ()


def test_locations_with_kinds_ranges_and_alternatives() -> None:
    deep = one(_3="FARLAND: NORTH (REGION): ALPHA (CITY / TOWN)").locations
    assert deep == (Location(path=("FARLAND", "NORTH", "ALPHA"), ends=("ALPHA",)),)
    (between,) = one(_3="FARLAND: ALPHA (CITY) - BETA-SUR (CITY)").locations
    assert between.ends == ("ALPHA", "BETA-SUR")
    two = one(_3="(FARLAND: ALPHA (CITY)) / (FARLAND: BETA (CITY))").locations
    assert [place.ends for place in two] == [("ALPHA",), ("BETA",)]
    assert one(_3="? FARLAND").optional_slots == {"location"}
    assert len(one(_3="FARLAND / NEARLAND").locations) == 2


def test_organisations_and_their_confidence() -> None:
    key = one(
        _8="? TERRORIST ACT / STATE-SPONSORED VIOLENCE",
        _10='"THE \\"NINTH\\" FRONT" / "NF"|? "ARMY"',
        _11='POSSIBLE / REPORTED AS FACT: "THE \\"NINTH\\" FRONT" / "NF"|? ACQUITTED: "ARMY"',
    )
    assert key.organizations == (
        Fill(values=('THE "NINTH" FRONT', "NF")),
        Fill(values=("ARMY",), optional=True),
    )
    assert key.confidence == ("POSSIBLE", "REPORTED AS FACT", "ACQUITTED")
    assert key.category == ("TERRORIST ACT", "STATE-SPONSORED VIOLENCE")
    assert key.optional_slots == {"category"}
    assert one(_10='? "ARMY"').optional_slots == {"organization"}


def test_an_optional_template_and_an_inapplicable_slot() -> None:
    assert one(number="2 (OPTIONAL)", _8="*").optional
    assert one(_8="*").category == ()


def test_killed_and_injured_take_the_numbers_of_their_targets() -> None:
    key = one(
        _21='1: "A"|5-: "B" / "C"|~6: "D"|-: "E"|PLURAL: "F"',
        _23='DEATH: "A"|DEATH: "D"|INJURY: "B"|INJURY: "F"|NO INJURY OR DEATH: "E"',
    )
    assert key.killed == (7, 7)
    assert key.injured == (7, None)


def test_numbers_as_ranges_and_alternatives() -> None:
    def killed(number: str) -> tuple[int, int | None] | None:
        return one(_21=f'{number}: "A"', _23='DEATH: "A"').killed

    assert killed("3 - 5") == killed("3-5") == killed("3/5") == (3, 5)
    assert killed("-80 / 57-") == (1, None)
    assert killed("-8") == (1, 8)
    assert killed("-") == (1, None)
    assert killed("1 / PLURAL") == (1, None)


def test_no_harm_unknown_harm_and_shared_harm() -> None:
    assert one(_23='NO INJURY OR DEATH: "-"').killed == (0, 0)
    assert one(_23='NO INJURY: "A"').killed is None
    assert one(_23='NO DEATH / NO INJURY: "A"').injured == (0, 0)
    assert one(_23="-").injured is None
    assert one(_23='DEATH: "-"').killed == (1, None)
    assert one(_23='DEATH: "-"', _24="9").killed == (1, 9)
    shared = one(_21='9: "A"', _23='DEATH: "A"|INJURY: "A"')
    assert shared.killed == shared.injured == (1, 9)
    assert one(_21='2: "A"', _23='? DEATH: "A"').killed == (0, 2)


def test_what_is_not_understood_is_a_problem() -> None:
    text = template(_2="SOON", _4="PICNIC", _21='SOME: "A"', _23='DEATH: "A"|GRIEF: "A"')
    problems = "\n".join(read_keys(text).problems)
    for word in ("SOON", "PICNIC", "SOME", "GRIEF"):
        assert word in problems
    assert "not a slot: HELLO" in read_keys("HELLO\n" + template()).problems[0]
    halved = template("C-0003").split("10. PERP")[0] + template()
    broken = read_keys(halved)
    assert "lacks slots" in broken.problems[0]
    assert list(broken.templates) == ["DEV-MUC3-9001"]
    assert read_keys("") == Keys(templates={}, problems=())


def test_the_real_files_are_read_whole() -> None:
    folder = gold("muc4_dev")
    texts = [*sorted(folder.glob("dev-muc3-*")), folder / "tst1-muc3"]
    documents = [d for path in texts for d in read_documents(path.read_text(encoding="ascii"))]
    names = {d.id for d in documents}
    assert len(names) == len(documents) == 500
    assert all(d.place for d in documents)
    assert sum(d.day is None for d in documents) == 16
    keys = [read_keys(p.read_text(encoding="ascii")) for p in sorted(folder.glob("key-*"))]
    assert all(found.problems == () for found in keys)
    assert {n for found in keys for n in found.templates} == names
    assert sum(len(t) for found in keys for t in found.templates.values()) == 479
