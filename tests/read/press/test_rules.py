"""Every named rule fires on its positive examples and on none of its negative ones."""

from __future__ import annotations

import pytest

from tests.read.reading import read
from truceline.read.press.rules import RULES, Rule

CASES = [
    pytest.param(rule, text, fires, id=f"{rule.name}-{'yes' if fires else 'no'}-{number}")
    for rule in RULES.values()
    for fires, texts in ((True, rule.positive), (False, rule.negative))
    for number, text in enumerate(texts)
]


@pytest.mark.parametrize(("rule", "text", "fires"), CASES)
def test_a_rule_fires_where_it_says_and_nowhere_else(rule: Rule, text: str, *, fires: bool) -> None:
    issuer = "AZ" if rule.name == "issuer" else None
    claims = read(text, issuer=issuer)
    fired = {name for c in claims if c.coding for coder in c.coding.coders for name in coder.rules}
    assert (rule.name in fired) is fires


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.name)
def test_every_rule_has_an_example_for_it_and_says_what_it_does(rule: Rule) -> None:
    assert rule.positive
    assert rule.says.endswith(".")
