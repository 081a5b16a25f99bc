"""`truceline annotate`: short codes, a file that survives, and the same work in a browser."""

from __future__ import annotations

import http.client
import json
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.texts import ARTICLE, write_text
from truceline.cli import main
from truceline.cli.annotation.browser import Desk
from truceline.cli.annotation.codes import (
    CodeError,
    Place,
    Words,
    changed,
    code_of,
    new_claim,
)
from truceline.cli.annotation.gold import GoldClaim, GoldCount, GoldFile, GoldTime
from truceline.cli.annotation.session import Task
from truceline.cli.texts import TextOptions, desk_of
from truceline.model.acts import Act
from truceline.model.coding import Attitude, Measure, Modality
from truceline.model.evidence import Stance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SENTENCES = 4
WORDS = Words(
    sides=("AM", "AZ", "NK"), speakers=("narrator", "AM", "AZ", "am-mod"),
    places={"hadrut": ("hadrut",), "hadrut town": ("hadrut",), "shusha": ("shusha",),
            "shushikend": ("shushikend",)},
    acts={"shell": ("artillery_fire",), "strike": ("air_strike", "missile_strike")},
)  # fmt: skip
PLACE = Place(text="AM said AZ shelled Hadrut.", start=100, whole=500)


def annotate(text: Path, out: Path, lines: str, *words: str) -> Result:
    """Annotate with scripted lines."""
    call = ["annotate", str(text), "--pack", "karabakh", "--out", str(out), *words]
    return CliRunner().invoke(main, call, input=lines, prog_name="truceline")


def gold(out: Path) -> list[dict[str, Any]]:
    """Give the lines of a gold file."""
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_a_code_is_a_claim() -> None:
    claim = new_claim("a AZ>AM shell @Had t=2020-10-10 n=k:9 by=am-m ~", WORDS, PLACE)
    assert claim == GoldClaim(
        start=100, end=126, stance=Stance.ALLEGES, acts=(Act.ARTILLERY_FIRE,), speaker=("am-mod",),
        actors=("AZ",), targets=("AM",), places=("hadrut",),
        time=GoldTime(start="2020-10-10T00:00", to="2020-10-11T00:00"),
        counts=(GoldCount(measure="killed", low=9, high=9),), hedged=True,
    )  # fmt: skip
    quoted = changed(claim, 's=d q="AZ shelled" m=pos m=condem t=? ~', WORDS, PLACE)
    assert (quoted.stance, quoted.start, quoted.end) == (Stance.DENIES, 108, 118)
    assert quoted.time is None
    assert not quoted.hedged


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "stance"),
        ("maybe AZ>", "stance: 'maybe' is none of: alleges"),
        ("a XX>AM", "side: 'XX' is none of: AM, AZ, NK"),
        ("a A>", "'A' may be any of: AM, AZ"),
        ("a strike", "'strike' may be any of: air_strike, missile_strike"),
        ("a juggle", "act: 'juggle' is none of: hostile_act"),
        ("a @Shus", "may be any of: shusha, shushikend"),
        ("a @Paris", "'Paris' is none of: hadrut"),
        ("a t=yesterday", "write local time as"),
        ("a t=2020-10-11/2020-10-10", "the end lies before"),
        ("a n=killed:many", "write n=killed:9"),
        ("a n=killed:9-3", "smaller than the first"),
        ('a q="not there"', "do not stand in the sentence"),
        ("a q=-200..5", "do not stand in the sentence"),
        ("a z=1", "z=: there is no such field"),
        ('a "open', "not closed"),
    ],
)
def test_a_word_that_is_not_understood_says_what_may_stand_there(code: str, said: str) -> None:
    with pytest.raises(CodeError) as caught:
        new_claim(code, WORDS, PLACE)
    assert said in str(caught.value)


CLAIMS = st.builds(
    GoldClaim,
    start=st.integers(0, 120), end=st.integers(121, 500), stance=st.sampled_from(Stance),
    acts=st.lists(st.sampled_from([a for a in Act if a is not Act.UNRESOLVED]), unique=True)
    .map(tuple),
    speaker=st.lists(st.sampled_from(WORDS.speakers), unique=True).map(tuple),
    actors=st.lists(st.sampled_from(WORDS.sides), unique=True).map(tuple),
    targets=st.lists(st.sampled_from(WORDS.sides), unique=True).map(tuple),
    places=st.lists(st.sampled_from(["hadrut", "shusha"]), unique=True).map(tuple),
    time=st.none() | st.just(GoldTime(start="2020-10-10T00:00", to="2020-10-10T12:05")),
    counts=st.lists(st.builds(GoldCount, measure=st.sampled_from([m.value for m in Measure]),
                              low=st.none() | st.integers(0, 9),
                              high=st.none() | st.integers(9, 99))).map(tuple),
    modality=st.sampled_from(Modality), attitude=st.none() | st.sampled_from(Attitude),
    hedged=st.booleans(),
)  # fmt: skip


@given(CLAIMS)
def test_a_claim_written_as_a_code_reads_as_itself(claim: GoldClaim) -> None:
    assert new_claim(code_of(claim, PLACE), WORDS, PLACE) == claim


def test_the_rules_claims_are_kept_edited_and_deleted(tmp_path: Path) -> None:
    text, out = write_text(tmp_path), tmp_path / "gold.jsonl"
    result = annotate(text, out, "\n" * SENTENCES)
    assert result.exit_code == 0, result.output
    offered = gold(out)
    assert [line["sentence"] for line in offered] == list(range(SENTENCES))
    assert any(c["stance"] == "denies" for c in offered[3]["claims"])
    again = tmp_path / "again.jsonl"
    annotate(text, again, "\ne 1 s=c by=? mortar\n\nx 1\n\n\n")
    assert [len(line["claims"]) for line in gold(again)][2] == (len(offered[2]["claims"]) - 1)
    edited = gold(again)[1]["claims"][0]
    assert (edited["stance"], edited["speaker"]) == ("confirms", [])
    assert edited["acts"] == ["mortar_fire"]


def test_the_file_holds_offsets_and_labels_and_never_words(tmp_path: Path) -> None:
    text, out = write_text(tmp_path), tmp_path / "gold.jsonl"
    annotate(text, out, "\n" * SENTENCES)
    content = out.read_text(encoding="utf-8")
    for word in ("shelled", "Hadrut", "ministry", "Ministry", "Gazette"):
        assert word not in content
    body = ARTICLE.split("---\n")[2]
    for line in gold(out):
        assert body[line["start"] : line["end"]].strip()
        assert len(line["sha256"]) == 64


def test_blind_shows_nothing_of_the_rules(tmp_path: Path) -> None:
    text, out = write_text(tmp_path), tmp_path / "gold.jsonl"
    result = annotate(text, out, "\n" * SENTENCES, "--blind")
    assert "alleges" not in result.stdout
    assert all(line["blind"] and line["claims"] == [] for line in gold(out))


def test_it_goes_on_where_it_stopped_and_undo_steps_back(tmp_path: Path) -> None:
    text, out = write_text(tmp_path), tmp_path / "gold.jsonl"
    annotate(text, out, "\n\nq\n", "--blind")
    assert len(gold(out)) == 2
    result = annotate(text, out, "u\na AZ>AM mortar\nr casual\nu\n\n\n\n", "--blind")
    assert "[3 of 4]" in result.stdout
    assert result.stdout.index("[3 of 4]") < result.stdout.index("[2 of 4]")
    assert [line["sentence"] for line in gold(out)] == [0, 1, 2, 3]
    assert [c["acts"] for c in gold(out)[1]["claims"]] == [["mortar_fire"]]
    assert "4 of 4 sentences" in annotate(text, out, "").stderr


def test_two_texts_share_a_file(tmp_path: Path) -> None:
    out = tmp_path / "gold.jsonl"
    annotate(write_text(tmp_path), out, "\n" * SENTENCES)
    first = out.read_bytes()
    other = write_text(tmp_path, "AM forces shelled a village.\n", "other.txt")
    annotate(other, out, "\nu\n\n", "--blind", "--language", "en")
    assert out.read_bytes().startswith(first)
    assert len({line["sha256"] for line in gold(out)}) == 2


def test_a_script_stops_at_the_first_line_not_understood(tmp_path: Path) -> None:
    out = tmp_path / "gold.jsonl"
    result = annotate(write_text(tmp_path), out, "\nfoo\n\n\n")
    assert result.exit_code == 1
    assert "not understood" in result.stdout
    assert len(gold(out)) == 1


def test_half_a_line_is_cut_off_and_a_strange_line_is_refused(tmp_path: Path) -> None:
    text, out = write_text(tmp_path), tmp_path / "gold.jsonl"
    annotate(text, out, "\n\nq\n")
    whole = out.read_bytes()
    out.write_bytes(whole + b'{"sha256":"12')
    assert "half a line" in annotate(text, out, "q\n").stderr
    assert out.read_bytes() == whole
    out.write_bytes(whole + b'{"what": 1}\n')
    result = annotate(text, out, "q\n")
    assert result.exit_code == 1
    assert "no gold" in result.stderr
    assert annotate(text, text, "q\n").exit_code == 2


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Serve the article in a thread."""
    options: TextOptions = {
        "mission": None, "pack": "karabakh", "published": None, "profile": None, "issuer": None,
        "outlet": None, "language": None,
    }  # fmt: skip
    reading = desk_of(options)
    found, _ = reading.read(write_text(tmp_path))
    assert found is not None
    task = Task(
        found=found, gold=GoldFile(tmp_path / "gold.jsonl", found.item.id, {}),
        words=Words.of(reading.pack, (), "en"), zone=reading.pack.zone, blind=False,
    )  # fmt: skip
    server = Desk(task)
    thread = Thread(target=server.work, args=(lambda _: None,), daemon=True)
    thread.start()
    yield server
    if not server.done:
        call(server, "POST", f"/{server.secret}/end")
    thread.join(5)
    assert not thread.is_alive()


def call(desk: Desk, how: str, path: str, body: object = None, host: str | None = None) -> Any:
    """Call the server; give status, content security policy and text."""
    connection = http.client.HTTPConnection("127.0.0.1", desk.server_port, timeout=5)
    headers = {"Host": host} if host else {}
    connection.request(how, path, json.dumps(body), headers)
    reply = connection.getresponse()
    found = reply.status, reply.getheader("Content-Security-Policy"), reply.read().decode()
    connection.close()
    return found


def test_the_browser_writes_the_same_file(desk: Desk) -> None:
    root = f"/{desk.secret}/"
    status, policy, page = call(desk, "GET", root)
    assert status == 200
    assert "default-src 'none'" in policy
    assert "http" not in page.replace("<!doctype", "")
    data = json.loads(call(desk, "GET", root + "data")[2])
    assert len(data["sentences"]) == SENTENCES
    kept = {"sentence": 1, "claims": ["a AZ>AM mortar t=2020-10-12 by=AM q=0..10"]}
    status, _, text = call(desk, "POST", root + "keep", kept)
    assert (status, len(json.loads(text)["claims"])) == (200, 1)
    assert call(desk, "POST", root + "keep", kept)[0] == 200
    (line,) = gold(desk.task.gold.path)
    assert line["claims"][0]["acts"] == ["mortar_fire"]
    assert line["claims"][0]["end"] - line["claims"][0]["start"] == 10


def test_the_browser_answers_nobody_else(desk: Desk) -> None:
    root = f"/{desk.secret}/"
    assert call(desk, "GET", "/")[0] == 404
    assert call(desk, "GET", "/guess/data")[0] == 404
    assert call(desk, "GET", root + "data", host="evil.example")[0] == 404
    assert call(desk, "POST", "/guess/end")[0] == 404
    wrongs: tuple[object, ...] = (
        {"sentence": 99, "claims": []}, {"sentence": 1}, [], {"sentence": 1, "claims": ["?"]},
    )  # fmt: skip
    for wrong in wrongs:
        assert call(desk, "POST", root + "keep", wrong)[0] == 400
    assert not desk.task.gold.path.exists()


def test_words_of_a_quote_may_stand_on_two_lines() -> None:
    words = Words(sides=(), speakers=("narrator",), places={}, acts={})
    place = Place(text="Guns shelled\nthe town.", start=10, whole=40)
    claim = new_claim('r indirect_fire q="shelled the town"', words, place)
    assert (claim.start, claim.end) == (15, 31)
