"""`truceline read`: claims of texts, as lines for people or as JSON, and nothing recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.texts import ARTICLE, UNDATED, write_text
from tests.read.llm.endpoint import endpoint, said
from tests.report.test_files import validate
from truceline.cli.texts import Desk
from truceline.model.problem import Problem, Severity
from truceline.read.llm import Cache, LlmSettings, party_names
from truceline.read.llm.coder import endpoint_of
from truceline.read.llm.probes import ProbeReport, ProbeResult
from truceline.terms import load_mission

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command


def test_every_claim_is_a_line_that_fits_the_schema(truceline: Command, tmp_path: Path) -> None:
    result = truceline("read", write_text(tmp_path), "--pack", "karabakh", "--json")
    assert result.exit_code == 0, result.output
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    for claim in claims:
        validate("claims", claim)
        assert ARTICLE[len(ARTICLE.split("Both")[0]) :][claim["start"] :].startswith(claim["quote"])
    said = {(tuple(c["speaker"]["sides"]), c["stance"], tuple(c["actors"])) for c in claims}
    assert (("AM",), "alleges", ("AZ",)) in said
    assert (("AZ",), "denies", ("AZ",)) in said
    assert {c["outlet"] for c in claims} == {"Evening Gazette"}
    assert all(c["coding"]["coders"] for c in claims)
    assert "unresolved:" in result.stderr


def test_people_see_the_sentence_and_its_claims(truceline: Command, tmp_path: Path) -> None:
    result = truceline("read", write_text(tmp_path), "--pack", "karabakh")
    assert "article.txt (" in result.stdout
    assert "The Azerbaijani Ministry of Defence denied the shelling." in result.stdout
    line = next(x for x in result.stdout.splitlines() if "alleges" in x)
    assert "AZ -> " in line
    assert "12 Oct 2020" in line


def test_a_mission_brings_its_places_and_its_texts_csv(
    truceline: Command, tmp_path: Path, mission_folder: Path
) -> None:
    result = truceline("read", write_text(tmp_path), "--mission", mission_folder, "--json")
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    assert any("Hadrut" in (claim["place"]["name"] or "") for claim in claims)
    assert not (mission_folder / ".truceline").exists()


def test_without_a_year_claims_are_listed_and_times_stay_open(
    truceline: Command, tmp_path: Path
) -> None:
    text = write_text(tmp_path, UNDATED)
    (claim, *_) = truceline("read", text, "--pack", "karabakh", "--json").stdout.splitlines()
    found = json.loads(claim)
    validate("claims", found)
    assert found["published"] is None
    assert found["when"]["earliest"] is None
    assert "when" in found["unresolved"]
    told = truceline("read", text, "--pack", "karabakh", "--json", "--published", "2020-10-13")
    when = json.loads(told.stdout.splitlines()[0])["when"]
    assert when["earliest"] == "2020-10-11T20:00:00Z"


def test_a_clock_time_without_a_day_stays_open(truceline: Command, tmp_path: Path) -> None:
    text = write_text(tmp_path, UNDATED.replace("on October 12", "at 12:05"))
    result = truceline("read", text, "--pack", "karabakh", "--json")
    assert json.loads(result.stdout.splitlines()[0])["when"]["earliest"] is None


def test_what_the_call_says_wins_over_the_heading(truceline: Command, tmp_path: Path) -> None:
    words = ("--outlet", "Morning Post", "--profile", "party_statement", "--issuer", "AM")
    result = truceline("read", write_text(tmp_path), "--pack", "karabakh", "--json", *words)
    claim = json.loads(result.stdout.splitlines()[0])
    assert (claim["outlet"], claim["coding"]["profile"]) == ("Morning Post", "party_statement")


def test_a_folder_is_read_in_order_and_bad_files_are_told(
    truceline: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "texts"
    write_text(folder, name="b.txt")
    write_text(folder, "<html><body><p>" + UNDATED + "</p></body></html>", "a.HTML")
    write_text(folder, "%PDF-1.7 nothing", "c.txt")
    write_text(folder, "left out", "d.csv")
    result = truceline("read", folder, "--pack", "karabakh")
    assert result.exit_code == 1
    assert result.stdout.index("a.HTML") < result.stdout.index("b.txt")
    assert "1 of 3" not in result.stderr, "progress is for terminals"
    assert "error: c.txt: is a PDF" in result.stderr
    assert "2 texts" in result.stderr
    assert "d.csv" not in result.output


def test_a_heading_with_a_slip_is_told_with_its_line(truceline: Command, tmp_path: Path) -> None:
    text = write_text(tmp_path, ARTICLE.replace("outlet:", "paper:"))
    result = truceline("read", text, "--pack", "karabakh")
    assert result.exit_code == 1
    assert "article.txt, row 3" in result.stderr


def test_a_language_without_words_is_told(truceline: Command, tmp_path: Path) -> None:
    georgian = "დღეს დილით სოფელთან სროლის ხმა გაისმა, თქვა მერმა.\n"
    result = truceline("read", write_text(tmp_path, georgian), "--pack", "karabakh")
    assert result.exit_code == 1
    assert "the language 'ka' is not read" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "either --mission or --pack"),
        (["--pack", "karabakh", "--mission", "."], "either --mission or --pack"),
        (["--pack", "atlantis"], "no data pack 'atlantis'"),
        (["--pack", "karabakh", "--profile", "poem"], "'poem'"),
        (["--pack", "karabakh", "--language", "xx"], "'xx' is not read"),
        (["--pack", "karabakh", "--issuer", "XX"], "no side 'XX'"),
        (["--pack", "karabakh", "--published", "Monday"], "'Monday' is no time of publication"),
        (["--pack", "karabakh", "--coder", "llm"], "TRUCELINE_LLM_URL is not set"),
    ],
)
def test_wrong_words_end_with_2(
    truceline: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.delenv("TRUCELINE_LLM_URL", raising=False)
    result = truceline("read", write_text(tmp_path), *words)
    assert result.exit_code == 2, result.output
    assert said in result.stderr


def test_a_folder_without_texts_ends_with_2(truceline: Command, tmp_path: Path) -> None:
    result = truceline("read", tmp_path, "--pack", "karabakh")
    assert result.exit_code == 2
    assert "no text in" in result.stderr


def test_the_page_is_written_only_where_asked_and_a_person_is_told(
    truceline: Command, tmp_path: Path
) -> None:
    text = write_text(tmp_path / "in")
    page = tmp_path / "out" / "page.html"
    result = truceline("read", text, "--pack", "karabakh", "--html", page)
    assert "it holds the text" in result.stderr
    assert "<mark" in page.read_text(encoding="utf-8")
    truceline("read", text.parent, "--pack", "karabakh", "--html", tmp_path / "pages")
    assert [p.name for p in (tmp_path / "pages").iterdir()] == ["article.txt.html"]
    assert truceline("read", text, "--pack", "karabakh", "--html", text).exit_code == 2
    assert truceline("read", text, "--pack", "karabakh", "--html", tmp_path).exit_code == 2
    assert text.read_text(encoding="utf-8") == ARTICLE


def test_what_could_steer_a_terminal_does_not_reach_it(truceline: Command, tmp_path: Path) -> None:
    text = write_text(tmp_path, ARTICLE.replace("Evening", "\x1b[31mEvening"), "a\x1b[2J.txt")
    result = truceline("read", tmp_path, "--pack", "karabakh")
    assert "\x1b" not in result.output
    assert text.exists()


def test_a_broken_off_run_leaves_whole_lines(
    truceline: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        write_text(tmp_path, name=name)
    real = Desk.read

    def read(self: Desk, path: Path, within: Path | None) -> object:
        if path.name == "b.txt":
            raise KeyboardInterrupt
        return real(self, path, within)

    monkeypatch.setattr(Desk, "read", read)
    result = truceline("read", tmp_path, "--pack", "karabakh", "--json")
    assert result.exit_code == 1
    assert result.stdout.endswith("\n")
    assert len([json.loads(line) for line in result.stdout.splitlines()]) >= 2


class Silent:
    """A second coder that finds nothing and complains of it."""

    name = "silent"
    problems = (
        Problem(severity=Severity.WARNING, file="LLM coder", message="left out", advice="look"),
    )

    def code(self, document: object, lines: object) -> list[object]:
        """Find nothing."""
        del document, lines
        return []


def test_a_model_reads_alone_or_beside_the_rules(
    truceline: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("truceline.cli.llm.llm_coder", lambda *_: Silent())
    text = write_text(tmp_path)
    alone = truceline("read", text, "--pack", "karabakh", "--coder", "llm", "--json")
    assert (alone.stdout, alone.exit_code) == ("", 1)
    assert "LLM coder: left out" in alone.stderr
    both = truceline("read", text, "--pack", "karabakh", "--coder", "both", "--json")
    claims = [json.loads(line)["coding"] for line in both.stdout.splitlines()]
    assert claims
    assert all(c["agreement"] == [1, 2] and "only_rules" in c["flags"] for c in claims)


def test_a_model_that_fails_the_probes_is_refused(
    truceline: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = ProbeResult(name="injection", passed=False, reasons=("it obeyed the text",))
    report = ProbeReport(endpoint="0" * 64, model="m", prompt_version="1", results=(failed,),
                         exchanges=())  # fmt: skip
    monkeypatch.setattr("truceline.cli.llm.probe", lambda *_: report)
    monkeypatch.setenv("TRUCELINE_LLM_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("TRUCELINE_LLM_MODEL", "m")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    result = truceline("read", write_text(tmp_path), "--pack", "karabakh", "--coder", "both")
    assert result.exit_code == 2
    assert "injection: it obeyed the text" in result.stderr


def test_a_mission_cannot_bring_an_accepted_endpoint_or_replies_along(
    truceline: Command, tmp_path: Path, mission_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a mission's folder holds was written by whoever sent it; what is accepted is the user's own."""
    with endpoint(lambda *_: said("I obey every text.")) as server:
        monkeypatch.setenv("TRUCELINE_LLM_URL", server.url)
        monkeypatch.setenv("TRUCELINE_LLM_MODEL", "m")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        settings = LlmSettings(url=server.url, model="m")
        mission, _ = load_mission(mission_folder)
        assert mission is not None
        assert mission.pack is not None
        forged = Cache(mission_folder / ".truceline" / "llm-replies")
        forged.accept(endpoint_of(settings, party_names(mission.pack)))
        result = truceline(
            "read", write_text(tmp_path), "--mission", mission_folder, "--coder", "llm"
        )
    assert result.exit_code == 2
    assert "does not pass the probes" in result.stderr
