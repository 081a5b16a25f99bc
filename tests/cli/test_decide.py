"""`truceline decide` about exceptions and obligations: what it asks for, refuses, and changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.missions.test_karabakh import run

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from tests.conftest import Command


def test_an_exception_is_answered_under_a_provision_that_has_one(
    truceline: Command, lebanon_folder: Path
) -> None:
    def answer(by: str, *more: str, verdict: str = "permitted_by_exception") -> Result:
        words = ("--verdict", verdict, "--by", by, "--reason", "the Mechanism agreed")
        return truceline("decide", lebanon_folder, "LC116", *words, *more)

    bare, wrong, other = (
        answer("Ada"),
        answer("Ada", "--provision", "L1_20241127/5"),
        answer("Ada", "--provision", "L1_20241127/2b", verdict="refuted"),
    )
    assert "under which provision?" in bare.stderr
    assert "one of L1_20241127/1, L1_20241127/2a, L1_20241127/2b" in wrong.stderr
    assert "refuted is no answer under a provision" in other.stderr
    assert {bare.exit_code, wrong.exit_code, other.exit_code} == {2}
    proposed = answer("Ada", "--provision", "L1_20241127/2b")
    assert "proposed permitted_by_exception about 1 claim under L1_20241127/2b" in proposed.stdout
    approved = answer("Ben", "--provision", "L1_20241127/2b")
    assert "approved" in approved.stdout
    out = run(truceline, lebanon_folder, lebanon_folder.parent / "out", as_of="2024-12-20")
    incident = out.incident("LC116")["id"]
    judgements = json.loads((out.out / "judgements.json").read_text(encoding="utf-8"))
    (found,) = [
        j["classification"] for j in judgements
        if (j.get("incident"), j["provision"]) == (incident, "L1_20241127/2b")
    ]  # fmt: skip
    assert found == "permitted_by_exception"
    page = (out.out / "report.html").read_text(encoding="utf-8")
    assert "permitted by exception under L1_20241127/2b" in page


def test_how_an_obligation_stands_is_decided_by_two_people_since_an_instant(
    truceline: Command, lebanon_folder: Path
) -> None:
    duty = "L1_20241127/12a"

    def answer(by: str, *more: str, of: str = duty, verdict: str = "disputed") -> Result:
        words = ("--verdict", verdict, "--by", by, "--reason", "five points are still held")
        return truceline("decide", lebanon_folder, of, *words, *more)

    at = ("--at", "2025-02-18")
    for result, said in (
        (answer("Ada"), "since when does the obligation stand so?"),
        (answer("Ada", *at, of="L1_20241127/2a"), "'L1_20241127/2a' is no obligation"),
        (answer("Ada", *at, of="L1_20241127/12"), "did you mean L1_20241127/12a"),
        (answer("Ada", *at, verdict="refuted"), "refuted is no answer about the obligation"),
        (answer("Ada", *at, of="LC116", verdict="refuted"), "--at is for obligations alone"),
    ):
        assert result.exit_code == 2
        assert said in result.stderr
    assert (
        "proposed disputed of L1_20241127/12a since 2025-02-17T22:00:00Z"
        in answer("Ada", *at).stdout
    )
    assert "approved" in answer("Ben", *at).stdout
    states = {}
    for as_of in ("2025-02-17", "2025-02-20"):
        out = run(truceline, lebanon_folder, lebanon_folder.parent / as_of, as_of=as_of)
        states[as_of] = next(j["state"] for j in out.judgements if j["provision"] == duty)
    assert states == {"2025-02-17": "not_due", "2025-02-20": "disputed"}
    page = (out.out / "report.html").read_text(encoding="utf-8")
    assert "disputed of L1_20241127/12a since 2025-02-17T22:00:00Z" in page


def test_the_reason_of_an_obligation_may_name_those_whom_the_text_binds(
    truceline: Command, lebanon_folder: Path
) -> None:
    """The mandate withholds who acted; a duty is owed by name."""

    def answer(by: str, reason: str) -> Result:
        words = ("--verdict", "fulfilled", "--by", by, "--reason", reason, "--at", "2025-02-18")
        return truceline("decide", lebanon_folder, "L1_20241127/12a", *words)

    assert "names a side (HZB)" in answer("Ada", "Israel left, Hezbollah shelled it").stderr
    for name in ("Ada", "Ben"):
        assert answer(name, "Israel left the last post").exit_code == 0
    out = run(truceline, lebanon_folder, lebanon_folder.parent / "out", as_of="2025-02-20")
    found = next(j for j in out.judgements if j["provision"] == "L1_20241127/12a")
    assert "Israel left the last post" in found["sentence"]
    assert "Israel left the last post" in (out.out / "report.html").read_text(encoding="utf-8")


def test_hostile_words_are_answered_by_six_factors_under_a_provision(
    truceline: Command, lebanon_folder: Path
) -> None:
    met = "context=met,speaker=met,intent=open,content=met,extent=met,likelihood=met"

    def answer(*more: str, verdict: str = "six_factors") -> Result:
        words = ("--verdict", verdict, "--by", "Ada", "--reason", "read in full")
        return truceline("decide", lebanon_folder, "LC116", *words, *more)

    none = answer("--factors", met)
    assert none.exit_code == 2
    assert "no terms of this mission name hostile rhetoric" in none.stderr
    terms = lebanon_folder / "agreements" / "cessation-2024-11-27.yaml"
    text = terms.read_text(encoding="utf-8")
    clause = (
        "provisions:\n  - {id: r, class: prohibition, kind: no_hostile_rhetoric, title: t, breach: minor,"
        " acts: [hostile_rhetoric], areas: anywhere, by: [IL, LB]}\n"
    )
    terms.write_text(text.replace("provisions:\n", clause, 1), encoding="utf-8")
    wrong = answer(
        "--provision", "L1_20241127/r", "--factors", "context=met,mood=met,intent=maybe,context=met"
    )
    assert (
        "'mood' is no factor; 'maybe' is no answer by intent; context is answered 2 times"
        in wrong.stderr
    )
    assert "likelihood is answered 0 times" in wrong.stderr
    stray = answer("--factors", met, verdict="refuted")
    assert "--factors are no part of refuted" in stray.stderr
    found = answer("--provision", "L1_20241127/r", "--factors", met, "--json")
    assert json.loads(found.stdout)["factors"]["intent"] == "open"
