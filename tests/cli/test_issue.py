"""An issued report shows the signed head that it rests on, and stands in the ledger itself."""

from __future__ import annotations

import base64
import json
import shutil
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import segno
from pypdf import PdfReader

from tests.cli.issuing import AUTHOR, approve, draft, issue
from truceline.record import note
from truceline.record.ledger import Ledger
from truceline.record.rekey import keys_of
from truceline.record.shown import heads_in
from truceline.record.verifier import verify
from truceline.report.qr import qr_code
from truceline.store.canonical import sha256_hex

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command

LASTING = ("report.html", "report.json", "claims.jsonl", "findings.json", "judgements.json")


@pytest.fixture
def out(mission_folder: Path, truceline: Command, tmp_path: Path) -> Path:
    """Give the folder of an issued report."""
    folder = tmp_path / "issued"
    result = issue(truceline, mission_folder, folder)
    assert result.exit_code in {0, 1}, result.output
    assert "No. 1 by Ann Ax, approved by Ben Bo, issued as entry 128 of the ledger" in result.stderr
    return folder


def test_the_page_shows_the_head_it_rests_on_and_the_ledger_holds_the_page(
    out: Path, mission_folder: Path, truceline: Command
) -> None:
    key = keys_of(mission_folder).in_force
    assert key is not None
    page = (out / "report.html").read_bytes()
    (shown,) = heads_in(page)
    covering = note.read((out / "head.txt").read_text(encoding="utf-8"))
    assert (shown.body.size, covering.body.size) == (126, 129)
    assert key.signed(shown)
    assert key.signed(covering)
    assert key.text.encode() in page.replace(b"&#43;", b"+")
    with Ledger.read(mission_folder) as ledger:
        (entry,) = ledger.entries("report_issued")
        assert ledger.original(entry.record["original"]) == page
    assert (entry.record["by"], entry.record["approved_by"]) == ("Ann Ax", "Ben Bo")
    assert entry.record["rests_on"] == note.signed(shown.text, shown.signatures)
    for name in LASTING:
        assert entry.record["files"][name] == sha256_hex((out / name).read_bytes())
    assert "run.json" not in entry.record["files"]
    proof, head = ((out / name).read_bytes() for name in ("report.tlog-proof", "head.txt"))
    for name in LASTING:
        steps = verify.check(proof, (out / name).read_bytes(), head, key.text, None)
        assert [step.state for step in steps] == ["ok"] * 6, name
    for file in ("report.html", "head.txt"):
        assert truceline("verify", mission_folder, "--checkpoint", out / file).exit_code == 0


def test_going_back_behind_an_issued_report_is_refused_on_any_machine(
    out: Path,
    mission_folder: Path,
    truceline: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    older = tmp_path / "older"
    shutil.copytree(mission_folder, older)
    later = tmp_path / "later"
    issue(truceline, mission_folder, later)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another machine"))
    assert truceline("verify", older, "--checkpoint", out / "report.html").exit_code == 0
    assert truceline("verify", older, "--checkpoint", later / "head.txt").exit_code == 3
    assert truceline("run", older, "--out", tmp_path / "x").exit_code == 3


def test_what_is_issued_is_what_may_leave(
    out: Path, mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    truceline("run", mission_folder, "--out", tmp_path / "released", "--released")
    for name in ("report.json", "findings.json", "judgements.json", "incidents.json"):
        issued, released = ((folder / name).read_bytes() for folder in (out, tmp_path / "released"))
        if name == "report.json":
            about, nothing = (json.loads(content) for content in (issued, released))
            assert (about.pop("issue")["number"], nothing.pop("issue")) == ("No. 1", None)
            assert about == nothing
        else:
            assert issued == released
    page = (tmp_path / "released" / "report.html").read_bytes()
    assert b"What this report rests on" not in page
    assert b"What this report rests on" in (out / "report.html").read_bytes()


def test_a_report_is_not_issued_where_nobody_vouches_for_the_ledger(
    mission_folder: Path, truceline: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "blocked").write_bytes(b"a file where a folder should be")
    with monkeypatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path / "blocked"))
        result = draft(truceline, mission_folder, tmp_path / "x")
    assert result.exit_code == 1
    assert "are not signed" in result.stderr
    truceline("run", mission_folder, "--out", tmp_path / "x")
    truceline("key", "revoke", mission_folder, "--by", "Ann Ax", "--because", "stolen")
    result = draft(truceline, mission_folder, tmp_path / "y")
    assert result.exit_code == 1
    assert "no second one has confirmed it" in result.stderr
    assert not (tmp_path / "y").exists()
    for name in (" ", "\u200b"):
        words = ("--out", tmp_path / "y", "--harm", "none", "--by", name)
        assert truceline("report", "draft", mission_folder, *words).exit_code == 2
    with Ledger.read(mission_folder) as ledger:
        assert list(ledger.entries("report_issued")) == list(ledger.entries("report_drafted")) == []


def test_the_code_holds_the_head_and_nothing_else(out: Path) -> None:
    (shown,) = heads_in((out / "report.html").read_bytes())
    text = note.signed(shown.text, shown.signatures)
    page = (out / "report.html").read_text(encoding="utf-8")
    assert qr_code(text) in page
    assert int(segno.make_qr(text, error="m", encoding="utf-8").version) <= 12
    assert "\x1b" not in page
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["ledger"]["size"] == 127


def front_of(folder: Path) -> str:
    return str(json.loads((folder / "report.json").read_text(encoding="utf-8"))["front"]["since"])


def test_reports_are_numbered_say_what_is_new_since_the_last_and_are_corrected_by_new_ones(
    out: Path, mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    def issued(name: str, *words: str) -> str:
        result = issue(truceline, mission_folder, tmp_path / name, *words)
        assert result.exit_code in {0, 1}, result.output
        return (tmp_path / name / "report.html").read_text(encoding="utf-8")

    first = (out / "report.html").read_text(encoding="utf-8")
    assert "<h1>No. 1: " in first
    assert "the first report of this mission" in first
    second = issued("two")
    assert "<h1>No. 2: " in second
    assert "No. 2, after No. 1" in second
    assert sha256_hex((out / "report.html").read_bytes()) in second
    assert front_of(tmp_path / "two").startswith("No. 1 (as of ")
    corrected = issued("corr", "--corrects", "1", "--because", "a place was <wrong>")
    assert "<h1>No. 1 Corr. 1: " in corrected
    assert "This corrects No. 1</b>" in corrected
    assert "a place was &lt;wrong&gt;" in corrected
    assert sha256_hex((out / "report.html").read_bytes()) in corrected
    # What is new in a correction is what was new in the report that it corrects.
    assert front_of(tmp_path / "corr") == front_of(out)
    assert "<h1>No. 1 Corr. 2: " in issued("corr2", "--corrects", "1", "--because", "again")
    third = issued("three")
    assert "<h1>No. 3: " in third
    assert "No. 3, after No. 2" in third
    with Ledger.read(mission_folder) as ledger:
        records = [entry.record for entry in ledger.entries("report_issued")]
    assert [r["number"] for r in records] == [
        "No. 1",
        "No. 2",
        "No. 1 Corr. 1",
        "No. 1 Corr. 2",
        "No. 3",
    ]
    assert records[3]["corrected_page"] == records[2]["original"]
    assert records[4]["previous"] == records[1]["original"]
    # Every page still stands in the ledger: nothing was written over.
    with Ledger.read(mission_folder) as ledger:
        assert all(ledger.original(str(r["original"])) for r in records)


def test_a_report_is_never_written_over_and_a_correction_says_of_what_and_why(
    out: Path, mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    for words, told in (
        ((out,), "none is written over"),
        (
            (tmp_path / "x", "--corrects", "7", "--because", "x"),
            "there is no report No. 7 to correct",
        ),
        ((tmp_path / "x", "--corrects", "1"), "say what stood wrong"),
        ((tmp_path / "x", "--because", "x"), "--because is of a correction alone"),
        ((tmp_path / "x", "--corrects", "0", "--because", "x"), "0"),
    ):
        result = draft(truceline, mission_folder, *words)
        assert result.exit_code == 2, result.output
        assert told in result.stderr
    drafted = out.with_name("issued-draft")
    again = approve(truceline, mission_folder, drafted, out)
    assert again.exit_code == 2
    assert "none is written over" in again.stderr
    again = approve(truceline, mission_folder, drafted, tmp_path / "again")
    assert again.exit_code == 1
    assert "No. 1 was issued meanwhile" in again.stderr
    run = truceline("run", mission_folder, "--out", out)
    assert run.exit_code == 2
    assert "an issued report stands in" in run.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert not (tmp_path / "x").exists()
    with Ledger.read(mission_folder) as ledger:
        assert len(list(ledger.entries("report_issued"))) == 1


@pytest.fixture
def drafted(mission_folder: Path, truceline: Command, tmp_path: Path) -> Path:
    """Give the folder of a draft that awaits its second person."""
    folder = tmp_path / "drafted"
    result = draft(truceline, mission_folder, folder)
    assert result.exit_code in {0, 1}, result.output
    assert "draft of No. 1 by Ann Ax as entry 126" in result.stderr
    assert "truceline report issue" in result.stderr
    return folder


def entries(mission_folder: Path, kind: str) -> list[dict[str, object]]:
    with Ledger.read(mission_folder) as ledger:
        return [entry.record for entry in ledger.entries(kind)]


def test_a_draft_says_that_nobody_approved_it_and_its_author_cannot(
    drafted: Path, mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    page = (drafted / "report.html").read_text(encoding="utf-8")
    assert "<h1>No. 1 (draft): " in page
    assert "A draft, not issued" in page
    assert not (drafted / "head.txt").exists()
    for name in (AUTHOR, "ann  AX", "A. Ax"):
        result = approve(truceline, mission_folder, drafted, tmp_path / "out", by=name)
        assert result.exit_code == 2, result.output
        assert "another person approves it" in result.stderr
    assert entries(mission_folder, "report_issued") == []
    result = approve(truceline, mission_folder, drafted, tmp_path / "out")
    assert result.exit_code in {0, 1}
    issued = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "A draft, not issued" not in issued
    assert "approved, as these bytes, by <bdi>Ben Bo</bdi>" in issued
    (record,) = entries(mission_folder, "report_issued")
    assert record["draft"] == sha256_hex((drafted / "report.html").read_bytes())
    assert len(str(record["snapshot"])) == 64


@pytest.mark.parametrize("name", ["report.html", "findings.json", "claims.jsonl"])
def test_one_changed_byte_of_a_draft_voids_the_approval(
    name: str, drafted: Path, mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    content = (drafted / name).read_bytes()
    (drafted / name).write_bytes(content.replace(b"0", b"1", 1))
    result = approve(truceline, mission_folder, drafted, tmp_path / "out")
    assert result.exit_code == 1
    assert name in result.stderr
    assert "changed since" in result.stderr
    (drafted / name).unlink()
    result = approve(truceline, mission_folder, drafted, tmp_path / "out")
    assert result.exit_code == 2
    assert "holds no whole draft" in result.stderr
    assert not (tmp_path / "out").exists()
    assert entries(mission_folder, "report_issued") == []


def test_what_changed_under_a_draft_voids_it_too(
    drafted: Path, mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    gazetteer = mission_folder / "gazetteer.csv"
    before = gazetteer.read_bytes()
    gazetteer.write_bytes(before.replace(b",40.", b",40.0", 1))
    result = approve(truceline, mission_folder, drafted, tmp_path / "out")
    assert result.exit_code == 1
    assert "would no longer be what was drafted" in result.stderr
    gazetteer.write_bytes(before)
    # A later draft counts, even one that says the same.
    draft(truceline, mission_folder, tmp_path / "later")
    if (tmp_path / "later" / "report.html").read_bytes() != (drafted / "report.html").read_bytes():
        result = approve(truceline, mission_folder, drafted, tmp_path / "out")
        assert result.exit_code == 1
        assert "the last draft counts" in result.stderr
    assert approve(truceline, mission_folder, tmp_path / "later", tmp_path / "out").exit_code < 2
    listed = json.loads(truceline("report", "list", mission_folder, "--json").stdout)
    assert [(told["number"], told["state"]) for told in listed] == [("No. 1", "issued")]


def test_the_mission_speaks_for_itself_holds_back_with_a_reason_and_under_an_embargo(
    mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    words = tmp_path / "words.yaml"
    words.write_text(
        "assessment: |\n  Fire <eased>, said\n  Anahit Petrosyan, 54, a resident of Martuni.\n\n"
        "  It may not last.\nheld_back:\n  - what: two statements\n    because: a hostage is named\n",
        encoding="utf-8",
    )
    asked = ("--words", words, "--embargo", "2099-01-02T10:00+04:00")
    result = issue(truceline, mission_folder, tmp_path / "out", *asked)
    assert result.exit_code in {0, 1}, result.output
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<bdi>Fire &lt;eased&gt;, said [A. P.], 54, a resident of Martuni.</bdi>" in page
    assert "<bdi>It may not last.</bdi>" in page
    assert "<bdi>two statements</bdi>: <bdi>a hostage is named</bdi>" in page
    assert "Under embargo until 2 Jan 2099, 10:00 " in page
    about = json.loads((tmp_path / "out" / "report.json").read_bytes())["issue"]
    assert about["held_back"] == [{"what": "two statements", "because": "a hostage is named"}]
    (record,) = entries(mission_folder, "report_issued")
    assert record["embargo"] == "2099-01-02T06:00:00Z"
    told = truceline("report", "list", mission_folder).stdout
    assert "under embargo until 2099-01-02T06:00:00Z" in told
    for file in (tmp_path / "out").iterdir():
        for content in (file.read_bytes(), *opened(file)):
            assert b"Petrosyan" not in content, file.name


def opened(file: Path) -> list[bytes]:
    """Give what a proof opens of the record that it proves."""
    if file.suffix != ".tlog-proof":
        return []
    extra = next(line for line in file.read_text(encoding="utf-8").splitlines() if "extra" in line)
    return [base64.b64decode(extra.split()[1])]


def test_the_answers_about_harm_are_asked_for_and_stay_in_the_ledger(
    mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    result = truceline("report", "draft", mission_folder, "--out", tmp_path / "x", "--by", "Ann Ax")
    assert result.exit_code == 2
    assert "Could anything in this report harm somebody" in result.stderr
    asked = ("--harm", "looked at hours and places", "--by")
    where = tmp_path / "drafted"
    truceline("report", "draft", mission_folder, "--out", where, *asked, "Ann Ax")
    out = tmp_path / "out"
    truceline("report", "issue", mission_folder, where, "--out", out, "--harm", "read it twice", "--by", "Ben Bo")  # fmt: skip
    (first,), (second,) = (entries(mission_folder, f"report_{k}") for k in ("drafted", "approved"))
    assert first["harm"]["answer"] == "looked at hours and places"  # type: ignore[index]
    assert second["harm"]["answer"] == "read it twice"  # type: ignore[index]
    assert second["harm"]["question"] == first["harm"]["question"]  # type: ignore[index]
    for file in (*where.iterdir(), *out.iterdir()):
        for told in (file.read_bytes(), *opened(file)):
            assert b"looked at hours" not in told, file.name
            assert b"read it twice" not in told, file.name


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "the file is empty"),
        ("{}", "nothing stands in it"),
        ("assesment: x", "assesment"),
        ("assessment: 3", "assessment"),
        ("held_back: [{what: a}]", "because"),
        ("held_back: []", "held_back"),
        ("assessment: [", "words.yaml"),
    ],
)
def test_a_file_of_own_words_that_does_not_say_them_is_refused(
    content: str, told: str, mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    words = tmp_path / "words.yaml"
    words.write_text(content, encoding="utf-8")
    result = draft(truceline, mission_folder, tmp_path / "x", "--words", words)
    assert result.exit_code == 1
    assert "words.yaml" in result.stderr
    assert told in result.stderr
    assert "nothing was drafted" in result.stderr
    assert not (tmp_path / "x").exists()


def test_an_embargo_that_is_none_is_refused(
    mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    for text, told in (("2001-01-01", "has passed"), ("soon", "no end of an embargo")):
        result = draft(truceline, mission_folder, tmp_path / "x", "--embargo", text)
        assert result.exit_code == 2
        assert told in result.stderr


def test_a_report_says_what_is_found_otherwise_than_before(
    mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    issue(truceline, mission_folder, tmp_path / "one")
    incident = json.loads((tmp_path / "one" / "incidents.json").read_bytes())[2]["id"]
    for name in ("Ann Ax", "Ben Bo"):
        words = ("--verdict", "refuted", "--by", name, "--reason", "the film is of another year")
        assert truceline("decide", mission_folder, incident, *words).exit_code == 0
    issue(truceline, mission_folder, tmp_path / "two")
    report = json.loads((tmp_path / "two" / "report.json").read_bytes())
    (number,) = (i["number"] for i in report["incidents"] if i["id"] == incident)
    (changed,) = [t for t in report["front"]["new"] if t["sentence"].startswith("in No. 1: ")]
    assert (changed["label"], changed["numbers"]) == ("Now refuted", [number])
    assert changed["sentence"] == "in No. 1: unsubstantiated"
    assert "Now refuted" in (tmp_path / "two" / "report.html").read_text(encoding="utf-8")
    # A correction says what is found otherwise than in the page that it corrects; one without, nothing.
    issue(truceline, mission_folder, tmp_path / "corr", "--corrects", "1", "--because", "the film")
    about = json.loads((tmp_path / "corr" / "report.json").read_bytes())["issue"]
    assert about["corrects"] == "No. 1"
    assert about["corrected"] == [changed]
    issue(truceline, mission_folder, tmp_path / "corr2", "--corrects", "1", "--because", "a name")
    about = json.loads((tmp_path / "corr2" / "report.json").read_bytes())["issue"]
    assert (about["corrects"], about["corrected"]) == ("No. 1 Corr. 1", [])
    listed = truceline("report", "list", mission_folder).stdout.splitlines()
    assert listed[0].endswith("corrected by No. 1 Corr. 1")
    # What was told before and is told no more, because the cut-off is earlier.
    issue(truceline, mission_folder, tmp_path / "three", "--as-of", "2020-10-12")
    front = json.loads((tmp_path / "three" / "report.json").read_bytes())["front"]
    assert [t["sentence"] for t in front["new"] if "and not here" in t["sentence"]]


def test_a_pdf_is_issued_with_its_page_shows_the_head_and_is_proved_like_it(
    mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    where, out = tmp_path / "drafted", tmp_path / "out"
    result = draft(truceline, mission_folder, where, "--form", "pdf", "--form", "docx")
    assert result.exit_code in {0, 1}, result.output
    content = (where / "report.pdf").read_bytes()
    assert "A draft, not issued" in PdfReader(BytesIO(content)).pages[0].extract_text()
    (where / "report.pdf").write_bytes(content + b" ")
    voided = approve(truceline, mission_folder, where, out)
    assert voided.exit_code == 1
    assert "report.pdf changed since" in voided.stderr
    (where / "report.pdf").write_bytes(content)
    assert approve(truceline, mission_folder, where, out).exit_code in {0, 1}
    reader = PdfReader(out / "report.pdf")
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "A draft, not issued" not in text
    assert "truceline verify MISSION --head" in text
    head = (out / "report.json").read_bytes()
    lines = json.loads(head)["issue"]["head"].splitlines()
    for page in reader.pages:
        foot = "".join(page.extract_text().split())
        assert "".join(f"{lines[0]} {lines[1]} {lines[2]}".split()) in foot
        assert "No.1" in foot
    key = keys_of(mission_folder).in_force
    assert key is not None
    proof, covering = ((out / name).read_bytes() for name in ("report.tlog-proof", "head.txt"))
    for name in ("report.pdf", "report.docx"):
        steps = verify.check(proof, (out / name).read_bytes(), covering, key.text, None)
        assert [step.state for step in steps] == ["ok"] * 6, name


def test_both_people_are_told_where_own_words_name_a_side_that_the_mandate_withholds(
    mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    words = tmp_path / "words.yaml"
    words.write_text("assessment: |\n  It was quiet.\n\n  Azerbaijan shelled it.\n", "utf-8")
    issue(truceline, mission_folder, tmp_path / "one")
    asked = ("--words", words, "--corrects", "1", "--because", "Armenia did not")
    first = draft(truceline, mission_folder, tmp_path / "two-draft", *asked)
    second = approve(truceline, mission_folder, tmp_path / "two-draft", tmp_path / "two")
    for result in (first, second):
        assert "paragraph 2 of the assessment names" in result.stderr
        assert "--because names" in result.stderr
        assert "paragraph 1 of" not in result.stderr
