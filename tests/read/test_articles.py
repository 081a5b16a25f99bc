"""The two articles that began this project: what must be read in them, by offset and hash.

The texts are others' and are not committed; without them these tests are skipped. They are a smoke
test and no accuracy figure: the rules were developed with both articles in sight.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.read.reading import MISSION, SHARED, read
from truceline.model.evidence import Claim
from truceline.text.canonical_text import canonical_text

ARTICLES = SHARED / "articles"
EXPECTED = [
    json.loads(line)
    for line in (Path(__file__).parent / "expected_articles.jsonl").read_text("utf-8").splitlines()
]
DATES = {
    "87649bfba904eb7480d44c1d8292509b86a96ba42dfaebaa99e9123328cddf71": "2020-10-12",
    "f188dfa5f7da04d0fa92e6c0fc35ccbfdb6f63b6fd465635a9b10727b984882b": "2020-10-02",
}
pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason="the articles are not at hand")


def _texts() -> dict[str, str]:
    found = {}
    for path in ARTICLES.glob("*.txt"):
        content = path.read_bytes()
        found[hashlib.sha256(content).hexdigest()] = canonical_text(content, "text/plain").text
    return found


def shape(claim: Claim) -> dict[str, Any]:
    """Give what the expected file says of a claim, without a word of the text."""
    coding, quote = claim.coding, claim.quote
    assert coding is not None
    assert quote is not None
    return {
        "start": claim.start, "end": claim.end,
        "quote_sha256": hashlib.sha256(quote.encode()).hexdigest(),
        "stance": claim.stance.value, "acts": [a.value for a in claim.acts],
        "speakers": sorted({x for v in coding.layers[-1:] for x in (v.actors or v.sides)}),
        "actors": list(claim.actors), "participants": sorted(coding.participants),
        "origins": sorted(coding.origins),
        "attitude": coding.attitude.value if coding.attitude else None,
        "earliest": claim.span.earliest.isoformat() if claim.span else None,
        "time": coding.time.kind.value if coding.time else None,
        "places": [p.gazetteer_id for p in claim.places], "hedged": bool(coding.hedges),
        "unresolved_names": sorted(
            f.partition(":")[2] for f in coding.flags if f.startswith("unresolved:")
        ),
    }  # fmt: skip


@pytest.mark.parametrize("number", range(len(EXPECTED)))
def test_an_expected_claim_is_read(number: int) -> None:
    expected = dict(EXPECTED[number])
    name = expected.pop("text")
    assert expected in [shape(c) for c in read(_texts()[name], DATES[name])]


def test_every_quote_stands_verbatim_in_its_text() -> None:
    for name, text in _texts().items():
        claims = read(text, DATES[name])
        assert claims
        assert all(text[c.start : c.end] == c.quote for c in claims)


def test_without_a_date_of_publication_times_without_a_year_stay_unresolved() -> None:
    for text in _texts().values():
        claims = read(text, None)
        assert claims
        for claim in claims:
            if claim.span is not None:
                assert claim.time_text.strip()[-4:].isdigit()
            else:
                assert "when" in claim.unresolved


def test_the_main_job_runs_on_a_folder_of_articles(truceline: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = truceline(
        "run", _copy(tmp_path), "--as-of", "2020-10-18T00:00+04:00", "--out", out,
        "--add", f"text:{ARTICLES}",
    )  # fmt: skip
    assert result.exit_code in {0, 1}, result.stderr
    claims = [json.loads(x) for x in (out / "claims.jsonl").read_text("utf-8").splitlines()]
    incidents = json.loads((out / "incidents.json").read_text("utf-8"))
    by_id = {c["id"]: c for c in claims}
    mutual = [
        i for i in incidents
        if any("accused the other" in (by_id[m["claim"]]["quote"] or "") for m in i["members"])
    ]  # fmt: skip
    # One boilerplate sentence stands in both articles: two claims with swapped roles, not four.
    assert len(mutual) == 2
    # Neither telling has a place of its own: people are asked whether the two are one engagement.
    assert mutual[1]["id"] in mutual[0]["may_mirror"]
    assert not any(i["engagement"] for i in mutual)
    judged = json.loads((out / "judgements.json").read_text("utf-8"))
    bound = [j for j in judged if j.get("incident") in {i["id"] for i in mutual}]
    assert {j["provision"] for j in bound} == {"ceasefire-1994/1"}
    assert all(a["in_force"] == "yes" for j in bound for a in j["answers"])
    repeated = (out / "repetitions.jsonl").read_text("utf-8").splitlines()
    assert any(json.loads(line)["what"] == "sentence" for line in repeated)


def test_the_mediation_log_has_its_entries(truceline: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    truceline("run", _copy(tmp_path), "--out", out, "--add", f"text:{ARTICLES}")
    texts = set(DATES)
    entries = [json.loads(x) for x in (out / "mediation.jsonl").read_text("utf-8").splitlines()]
    mine = [e for e in entries if e["item"] in texts]
    assert len(mine) >= 8
    calls = [e for e in mine if e["commitment"]["stance"] == "calls_for"]
    assert any(
        e["holder"] == ["ru-fm-lavrov"] and e["commitment"]["acts"] == ["verification_mechanism"]
        for e in calls
    )
    call = next(e for e in mine if e["format"] == "phone_call")
    assert (call["holder"], call["addressee"]) == (["ru-president"], ["am-pm"])
    assert {e["format"] for e in mine} >= {"phone_call", "meeting", "joint_statement", "statement"}


def _copy(folder: Path) -> Path:
    target = folder / "mission"
    shutil.copytree(MISSION, target, ignore=shutil.ignore_patterns(".truceline"))
    return target
