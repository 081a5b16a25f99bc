"""Words that two people had erased are nowhere any more, and every proof still holds."""

from __future__ import annotations

import json
from pathlib import Path

import apsw
import pytest

from tests.builders import row, table
from tests.cli.test_hostile_files import only_evidence
from tests.conftest import Command
from tests.record.spoiling import unsigned
from truceline.errors import UsageError
from truceline.model.ledger import Checkpoint
from truceline.record import merkle
from truceline.record.erase import Erasure, Wish, erase, holding
from truceline.record.ledger import Ledger
from truceline.record.parts import SMALL
from truceline.record.verify import verify
from truceline.store.canonical import sha256_hex

WORDS = "Nobody Inparticular"
ROWS = [
    row(
        "A1",
        origin="AM MoD",
        origin_side="AM",
        accused="AZ",
        places="Hadrut",
        paraphrase=f"{WORDS} was seen",
    ),
    row(
        "A2",
        origin="AZ MoD",
        origin_side="AZ",
        accused="AM",
        places="Ganja",
        paraphrase="Shells fell",
    ),
]
ASKED = ["--because", "a private person was named"]


def bytes_of(folder: Path) -> bytes:
    """Give all bytes of all files under a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def ask(folder: Path, *entries: int, by: str) -> Erasure:
    wish = Wish(entries=frozenset(entries), by=by, because="a slip", at="2020-10-20T00:00:00Z")
    return erase(folder, "truceline", wish, lambda one, other: one == other)


def item(text: bytes, **more: object) -> dict[str, object]:
    return {"kind": "item", "reader": "texts", "original": sha256_hex(text), **more}


def check_proofs(folder: Path, before: Checkpoint, bodies: list[bytes], erased: list[int]) -> None:
    """Check that the entries are what they were, and that old head and erased entries are still proved."""
    with Ledger.read(folder) as ledger:
        after = list(ledger.entries())
        assert [entry.body for entry in after[: len(bodies)]] == bodies
        assert [entry.seq for entry in after if entry.told is None] == erased
        now = ledger.checkpoint()
        joined = ledger.prove_consistency(before.size)
        assert merkle.consistency_holds(before.size, now.size, joined, before.root, now.root)
        for seq in erased:
            proof = ledger.prove_inclusion(seq)
            assert merkle.inclusion_holds(seq, now.size, after[seq].leaf, proof, now.root)


def test_the_words_are_nowhere_and_the_proofs_hold(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    only_evidence(mission_folder, table(ROWS))
    home, out = mission_folder / ".truceline", tmp_path / "out"
    assert truceline("run", mission_folder, "--out", out).exit_code in {0, 1}
    assert WORDS.encode() in bytes_of(home)
    found = truceline("erase", mission_folder, "--find", given=WORDS.upper()).stdout.split("\n")
    entries = [line.split()[0] for line in found if line]
    assert sorted(line.split()[1] for line in found if line) == ["evidence_file", "item"]
    with Ledger.read(mission_folder) as ledger:
        before = ledger.checkpoint()
        bodies = [entry.body for entry in ledger.entries()]
    for _ in range(2):
        first = truceline("erase", mission_folder, *entries, "--by", "Ann Ax", *ASKED)
        assert first.exit_code == 0, first.stderr
        assert "once another person asks" in first.stdout
        assert WORDS.encode() in bytes_of(home)
    second = truceline("erase", mission_folder, *entries, "--by", "Ben By", *ASKED)
    assert "erased: " in second.stdout
    assert "copies and backups" in second.stderr
    assert "a finding may rise or a day look quiet" in second.stderr
    assert WORDS.encode() not in bytes_of(home)
    assert sha256_hex(table(ROWS)).encode() not in bytes_of(home)

    check_proofs(mission_folder, before, bodies, [int(entry) for entry in entries])
    assert truceline("verify", mission_folder, "--root", before.root.hex()).exit_code == 0

    for again in (table(ROWS), table(ROWS[1:])):
        only_evidence(mission_folder, again)
        ran = truceline("run", mission_folder, "--out", out)
        assert ran.exit_code in {0, 1}, ran.stderr
        assert WORDS.encode() not in bytes_of(out)
        assert WORDS.encode() not in bytes_of(home)
        claims = [json.loads(line) for line in (out / "claims.jsonl").read_text().splitlines()]
        assert [claim["external_id"] for claim in claims] == ["A2"]
        problems = json.loads((out / "problems.json").read_text(encoding="utf-8"))
        said = [p for p in problems if "erased" in p["message"]]
        assert any("because: a private person was named" in p["message"] for p in said)
        assert any(p["row"] == 2 for p in said) == (again == table(ROWS))
        assert "were erased by two people" in (out / "report.html").read_text(encoding="utf-8")
    assert verify(mission_folder).ok


def test_a_large_original_goes_with_its_file(tmp_path: Path) -> None:
    large = b"y" * (SMALL + 1)
    with unsigned(tmp_path) as ledger:
        ledger.append([item(large)], [large])
    ask(tmp_path, 0, by="A")
    (file,) = (tmp_path / ".truceline").glob("originals/*/*")
    kept = file.read_bytes()
    assert ask(tmp_path, 0, by="B").done
    assert not file.exists()
    assert verify(tmp_path).ok
    # Broken off before the file was removed: it is told, and goes with the next step that writes.
    file.write_bytes(kept)
    assert [step.number for step in verify(tmp_path).steps if not step.ok] == [8]
    unsigned(tmp_path).close()
    assert not file.exists()
    assert verify(tmp_path).ok


def test_a_file_that_no_entry_stands_for_goes_with_an_erasure(tmp_path: Path) -> None:
    with unsigned(tmp_path) as ledger:
        ledger.append([item(b"a text")], [b"a text"])
    stray = tmp_path / ".truceline" / "originals" / "ab" / ("ab" * 32)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"left by a step that was broken off")
    ask(tmp_path, 0, by="A")
    assert ask(tmp_path, 0, by="B").done
    assert not stray.exists()


def test_all_that_hold_the_same_original_go_together(tmp_path: Path) -> None:
    with unsigned(tmp_path) as ledger:
        ledger.append([item(b"one"), item(b"two"), item(b"one", again=1)], [b"one", b"two"])
    assert ask(tmp_path, 0, by="A").entries == (0, 2)
    assert ask(tmp_path, 2, by="B") == Erasure(entries=(0, 2), kinds=("item", "item"), done=True)
    with unsigned(tmp_path) as ledger:
        assert [entry.kind for entry in ledger.entries()][:3] == ["erased", "item", "erased"]
        # Neither the same record nor another one of the same original comes back.
        assert ledger.append([item(b"one"), item(b"one", again=2)], [b"one"]) == []
        assert len(ledger.append([item(b"three")], [b"three"])) == 1
    assert verify(tmp_path).ok


def test_what_cannot_be_erased_is_refused_all_at_once(tmp_path: Path) -> None:
    with unsigned(tmp_path) as ledger:
        ledger.append(
            [item(b"one"), {"kind": "ledger_begun", "because": "x", "after": None}], [b"one"]
        )
    for by in "AB":
        ask(tmp_path, 0, by=by)
    with pytest.raises(UsageError) as refusal:
        ask(tmp_path, 0, 1, 9, by="A")
    for said in (
        "entry 0 is erased already",
        "entry 1 (ledger_begun) tells of the ledger itself",
        "no entry 9",
    ):
        assert said in str(refusal.value)
    with pytest.raises(UsageError, match="no words"):
        holding(tmp_path, "  \n")


def test_other_entries_are_another_proposal(tmp_path: Path) -> None:
    with unsigned(tmp_path) as ledger:
        ledger.append([item(b"one"), item(b"two")], [b"one", b"two"])
    assert not ask(tmp_path, 0, by="A").done
    assert not ask(tmp_path, 0, 1, by="B").done
    assert not ask(tmp_path, 1, by="C").done
    assert ask(tmp_path, 0, by="C").done


@pytest.mark.parametrize(
    "words",
    [["--by", "Ann Ax"], ["3", "--by", "Ann Ax"], ["3", *ASKED], ["3", "--by", " ", *ASKED]],
)
def test_a_call_that_lacks_something_says_what(
    truceline: Command, mission_folder: Path, words: list[str]
) -> None:
    found = truceline("erase", mission_folder, *words)
    assert found.exit_code == 2
    assert "name the entries, who asks and why" in found.stderr
    assert not (mission_folder / ".truceline").exists()


def test_a_decision_about_what_was_erased_counts_no_longer_and_says_why(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    only_evidence(mission_folder, table(ROWS))
    out = tmp_path / "out"
    for name in ("Ann Ax", "Ben By"):
        decided = truceline(
            "decide", mission_folder, "A1", "--verdict", "plausible", "--by", name, "--reason", "x"
        )
        assert decided.exit_code == 0, decided.stderr
    assert truceline("run", mission_folder, "--out", out).exit_code in {0, 1}
    lines = truceline("erase", mission_folder, "--find", given=WORDS).stdout.splitlines()
    entries = [line.split()[0] for line in lines]
    for name in ("Ann Ax", "Ben By"):
        assert truceline("erase", mission_folder, *entries, "--by", name, *ASKED).exit_code == 0
    for again in (table(ROWS), table(ROWS[1:])):
        only_evidence(mission_folder, again)
        assert truceline("run", mission_folder, "--out", out).exit_code in {0, 1}
        (decision,) = json.loads((out / "report.json").read_text(encoding="utf-8"))["decisions"]
        assert "people saw words that were erased since; now it is gone" in decision["state"]


def test_a_reader_that_keeps_the_log_is_told_and_the_log_emptied_later(tmp_path: Path) -> None:
    text = b"Nobody Inparticular was here"
    with unsigned(tmp_path) as ledger:
        ledger.append([item(text)], [text])
    ask(tmp_path, 0, by="A")
    reader = apsw.Connection(str(tmp_path / ".truceline" / "ledger.db"))
    with unsigned(tmp_path) as writer:
        writer.append([item(b"two")], [b"two"])
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM event").fetchall()
        wish = Wish(entries=frozenset({0}), by="B", because="a slip", at="2020-10-20T00:00:00Z")
        done = erase(tmp_path, "truceline", wish, lambda one, other: one == other, timeout=0.05)
        assert (done.done, done.left) == (True, True)
        reader.execute("COMMIT")
        reader.close()
    unsigned(tmp_path).close()
    assert text not in bytes_of(tmp_path)
    assert verify(tmp_path).ok


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("nobody inparticular", [0, 1]),
        ("NOBODY  INPARTICULAR\n", [0, 1]),
        ("Nobody Else", []),
        ("\uff2eobody", [0, 1]),
    ],
)
def test_words_are_found_in_records_and_originals_as_people_read_them(
    tmp_path: Path, words: str, found: list[int]
) -> None:
    text = b"Nobody\nInparticular was here"
    with unsigned(tmp_path) as ledger:
        ledger.append(
            [item(text), {"kind": "decision", "reason": "Nobody Inparticular said so"}, item(b"x")],
            [text, b"x"],
        )
    assert [seq for seq, _ in holding(tmp_path, words)] == found


@pytest.mark.parametrize(
    "more",
    [{}, {"entries": 3}, {"entries": ["x"], "parts": "x"}, {"entries": [0], "parts": [1, "x"]}],
)
def test_an_erasure_that_cannot_be_read_ends_with_words(
    truceline: Command, mission_folder: Path, tmp_path: Path, more: dict[str, object]
) -> None:
    only_evidence(mission_folder, table(ROWS))
    with unsigned(mission_folder) as ledger:
        ledger.append([{"kind": "erasure", **more}])
    assert [step.number for step in verify(mission_folder).steps if not step.ok] == [8]
    ran = truceline("run", mission_folder, "--out", tmp_path / "out")
    assert ran.exit_code == 3
    assert "it erases without two people who asked for the same" in ran.stderr


def test_a_row_that_is_written_again_without_the_words_counts_as_before(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    only_evidence(mission_folder, table(ROWS))
    assert truceline("run", mission_folder, "--out", tmp_path / "a").exit_code in {0, 1}
    lines = truceline("erase", mission_folder, "--find", given=WORDS).stdout.splitlines()
    for name in ("Ann Ax", "Ben By"):
        done = truceline(
            "erase", mission_folder, *[x.split()[0] for x in lines], "--by", name, *ASKED
        )
        assert done.exit_code == 0
    only_evidence(mission_folder, table([ROWS[0] | {"paraphrase": "A person was seen"}, ROWS[1]]))
    assert truceline("run", mission_folder, "--out", tmp_path / "b").exit_code in {0, 1}
    before, after = (
        sorted(f["occurrence"] for f in json.loads((tmp_path / out / "findings.json").read_text()))
        for out in ("a", "b")
    )
    assert before == after
    assert len(before) == 2


@pytest.mark.parametrize("by", [["A"], ["A", "A"], ["B", "C"], "A", None])
def test_an_erasure_without_two_people_does_not_verify(tmp_path: Path, by: object) -> None:
    ask_for = {"entries": [0], "because": "x", "at": "2020-10-20T00:00:00Z"}
    with unsigned(tmp_path) as ledger:
        ledger.append([item(b"one")], [b"one"])
        ledger.append([{**ask_for, "kind": "erasure_proposed", "by": "A"}])
        ledger.append([{**ask_for, "kind": "erasure", "by": by, "parts": []}])
    failed = [step for step in verify(tmp_path).steps if not step.ok]
    assert [step.number for step in failed] == [8]
    assert "without two people" in failed[0].detail
