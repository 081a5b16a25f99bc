"""Numbers to counts: what is counted, how exactly, of whom, and what is no count at all."""

from __future__ import annotations

import pytest

from tests.read.lines import lines
from tests.read.reading import read
from truceline.read.grammar.counted import Counted


def shown(count: Counted) -> str:
    """Give a count as `measure bounds qualifier status side marks`; open ends and the usual are empty."""
    low, high = ("" if n is None else str(n) for n in (count.low, count.high))
    words = [count.measure.value, low if count.low == count.high else f"{low}..{high}"]
    words += [count.qualifier.value] if count.qualifier != "exact" else []
    words += [w for w in (count.status, count.side) if w]
    words += ["cumulative"] if count.cumulative else []
    words += ["subset"] if count.subset else []
    return " ".join(w for w in words if w)


def counted(text: str) -> str:
    """Give all counts of a text."""
    return " | ".join(shown(c) for line in lines(text) for c in line.counts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three soldiers were killed.", "killed 3 military"),
        ("3 soldiers were killed.", "killed 3 military"),
        ("The shelling killed five civilians.", "killed 5 civilian"),
        ("At least five civilians were killed.", "killed 5.. at_least civilian"),
        ("More than 20 soldiers were killed.", "killed 21.. more_than military"),
        ("Up to 12 soldiers were injured.", "injured ..12 at_most military"),
        ("Nearly 300 soldiers were killed.", "killed ..299 less_than military"),
        ("About 40 people were wounded.", "injured 40 about"),
        ("Some 40 people were wounded.", "injured 40 about"),
        ("Around 1,200 people were displaced.", "displaced 1200 about"),
        ("Between 5 and 7 soldiers were killed.", "killed 5..7 range military"),
        ("5-7 soldiers were killed.", "killed 5..7 range military"),
        ("Five to seven soldiers were killed.", "killed 5..7 range military"),
        ("No fewer than 10 soldiers were killed.", "killed 10.. at_least military"),
        ("No more than 10 soldiers were killed.", "killed ..10 at_most military"),
        ("Fewer than ten soldiers were killed.", "killed ..9 less_than military"),
        ("Over 100 people were injured.", "injured 101.. more_than"),
        ("A dozen soldiers were killed.", "killed 12 military"),
        ("Two dozen soldiers were killed.", "killed 24 military"),
        ("Dozens of soldiers were killed.", "killed vague military"),
        ("Scores of people were wounded.", "injured vague"),
        ("Several civilians were injured.", "injured vague civilian"),
        ("A few soldiers were wounded.", "injured vague military"),
        ("Hundreds of people were killed.", "killed vague"),
        ("1 200 soldiers were killed.", "killed 1200 military"),
        ("3.5 thousand people were displaced.", "displaced 3500"),
        ("Two hundred and fifty soldiers were killed.", "killed 250 military"),
        ("Twenty-one soldiers were killed.", "killed 21 military"),
        ("One hundred soldiers were captured.", "captured 100 military"),
        ("Five heavy artillery rounds landed near the village.", "projectiles 5"),
        ("Two more soldiers were killed.", "killed 2 military"),
        ("Another three soldiers were wounded.", "injured 3 military"),
        ("There were no casualties.", "killed 0 | injured 0"),
        ("No one was injured.", "injured 0"),
        ("Nobody was killed.", "killed 0"),
        ("One of them was killed.", "killed 1"),
        ("One of the soldiers was killed.", "killed 1 military"),
        ("Neither was injured.", "injured 0"),
        ("Both pilots were killed.", "killed 2"),
        ("Both soldiers were wounded.", "injured 2 military"),
        ("A soldier was killed.", "killed 1 military"),
        ("A civilian was killed and another was wounded.", "killed 1 civilian | injured 1"),
        ("An Armenian soldier was killed and two were wounded.", "injured 2 | killed 1 military"),
        ("Two Armenian soldiers were killed.", "killed 2 military AM"),
        ("Three Azerbaijani civilians were injured.", "injured 3 civilian AZ"),
        ("Three civilians including a child were killed.", "killed 3 civilian"),
        ("Three people, including two children, were killed.", "killed 3 | killed 2 civilian subset"),
        ("Five people were killed and twelve injured.", "killed 5 | injured 12"),
        ("Five people died, 12 were wounded.", "killed 5 | injured 12"),
        ("The attack left 5 dead and 12 wounded.", "killed 5 | injured 12"),
        ("5 killed, 12 wounded.", "killed 5 | injured 12"),
        ("Killed: 5.", "killed 5"),
        ("Since 27 September 633 troops have died.", "killed 633 military cumulative"),
        ("This brings the toll to 525.", "killed 525 cumulative"),
        ("The death toll rose to 525.", "killed 525 cumulative"),
        ("In total 525 soldiers have been killed so far.", "killed 525 military cumulative"),
        ("Two soldiers went missing.", "missing 2 military"),
        ("Three soldiers were captured.", "captured 3 military"),
        ("Four soldiers were taken prisoner.", "captured 4 military"),
        ("The bodies of three soldiers were handed over.", "remains 3 military"),
        ("Six bodies were returned.", "remains 6"),
        ("Remains of 5 soldiers were found.", "remains 5 military"),
        ("Ten prisoners were released.", "released 10"),
        ("They released 10 prisoners.", "released 10"),
        ("Three explosions were heard.", "explosions 3"),
        ("15 undetermined explosions were recorded.", "explosions 15"),
        ("More than 100 shells hit the town.", "projectiles 101.. more_than"),
        ("At least 40 rockets were fired.", "projectiles 40.. at_least"),
        ("Some 60 shots and bursts were heard.", "shots 60 about"),
        ("The mission recorded 200 ceasefire violations.", "violations 200"),
        ("Two tanks and three drones were destroyed.", "equipment 2 | equipment 3"),
        ("Five armoured vehicles were destroyed.", "equipment 5"),
        ("A 60-year-old woman was killed.", "killed 1 civilian"),
        ("A woman, 60, was killed.", "killed 1 civilian"),
        ("122-mm shells were fired.", ""),
        ("They shelled a village 5 km from the border.", ""),
        ("Article 5 was invoked.", ""),
        ("Two-day talks were held.", ""),
        ("One should not kill.", ""),
        ("More than seven people were involved in the murder.", ""),
        ("Three days of fighting killed 10 soldiers.", "killed 10 military"),
        ("He was killed on October 10.", ""),
        ("In 2016 200 people were killed.", "killed 200"),
        ("They lost two T-72 tanks.", "equipment 2"),
        ("Resolution 884 condemned the killing.", ""),
        ("A million people fled.", "displaced 1000000"),
        ("2 million people were displaced.", "displaced 2000000"),
        ("Half of the soldiers were killed.", ""),
        ("10 percent of the soldiers were killed.", ""),
        ("The two men were killed.", "killed 2"),
        ("Two men and a woman were killed.", "killed 2 | killed 1 civilian"),
        ("Two men, a woman and three children were killed.", "killed 2 | killed 3 civilian | killed 1 civilian"),
        ("Four servicemen and one officer were killed.", "killed 4 military | killed 1 military"),
        ("The blast killed 3 and wounded 7.", "killed 3 | injured 7"),
        ("Three killed in shelling.", "killed 3"),
        ("As many as 30 people were killed.", "killed ..30 at_most"),
        ("Only two soldiers survived and five were killed.", "killed 5"),
        ("40 people fled their homes.", "displaced 40"),
        ("The group of 12 fighters was killed.", "killed 12 military"),
        ("A group of ten men attacked the village.", ""),
        ("7 out of 10 soldiers were killed.", "killed 7 military"),
        ("Kill 5 soldiers.", "killed 5 military"),
        ("ALMOST 50 SOLDIERS WERE KILLED.", "killed ..49 less_than military"),
        ("Not a single soldier was killed.", "killed 0 military"),
        ("None of the soldiers was injured.", "injured 0 military"),
        ("633 of its troops have been killed.", "killed 633 military"),
        ("Two civilians were killed, bringing the total to 31.", "killed 2 civilian"),
        ("The number of killed rose to 31.", "killed 31 cumulative"),
        ("Over the past day 12 soldiers were killed.", "killed 12 military"),
        ("Two 152-mm shells hit the house.", "projectiles 2"),
        ("Aged 45, he was killed.", ""),
        ("At 10:30 two soldiers were killed.", "killed 2 military"),
        ("On October 10 two soldiers were killed.", "killed 2 military"),
        ("3 to 4 rockets hit the town.", "projectiles 3..4 range"),
        ("Thousands of people fled.", "displaced vague"),
        ("Tens of thousands of people fled.", "displaced vague"),
        ("Three Armenian soldiers were killed and two Azerbaijani soldiers were wounded.", "killed 3 military AM | injured 2 military AZ"),
        ("5.2 million people were displaced.", "displaced 5200000"),
        ("+374 10 12 34 56 killed", ""),
    ],
)  # fmt: skip
def test_what_is_counted(text: str, expected: str) -> None:
    assert counted(text) == expected


def test_a_part_of_a_count_is_not_added_to_its_harm() -> None:
    (claim,) = read(
        "Azerbaijani forces shelled Hadrut, killing three people, including two children."
    )
    assert claim.harm.killed == 3


def test_a_running_total_is_not_the_harm_of_an_event() -> None:
    (claim,) = read(
        "Azerbaijani forces shelled Hadrut, killing two soldiers and bringing the death toll to 525."
    )
    assert claim.harm.killed == 2


def test_a_count_is_cited_verbatim() -> None:
    text = "Azerbaijani forces shelled Hadrut, killing at least 1 200 people on October 10."
    (claim,) = read(text)
    assert claim.coding is not None
    (count,) = claim.coding.counts
    assert text[count.cited.start : count.cited.end] == count.cited.text
    assert (count.low, count.high) == (1200, None)
