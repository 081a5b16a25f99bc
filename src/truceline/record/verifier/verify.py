"""Check one file against one head of a Truceline ledger, without Truceline and without its ledger.

    python verify.py PROOF [FILE] [--head HEAD] [--key KEY] [--grown GROWN]

PROOF is a file that `truceline proof` wrote. FILE is what you want to know about: a report, a text, a row as it came.
HEAD is a file with the head that you hold: three lines (name, number, root), signed or not. KEY is the mission's key,
NAME+ID+KEY, as you got it by another way than this proof. Give one of the two at least. If your head is older than
the one in the proof, GROWN shows that the ledger only grew in between. This file shares no code with Truceline; it needs
Python 3.9 and, for signatures, the package `cryptography`. Exit: 0 it is proved, 1 it is not, 2 wrong usage.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sys
import time
from argparse import ArgumentParser, RawTextHelpFormatter
from pathlib import Path
from typing import NamedTuple

TITLES = (
    "the proof is in its one form",
    "the head is the one that you hold, or the ledger only grew since",
    "the head is signed with the key that you were given",
    "the entry stands in the ledger under that head",
    "the record is the one to which the entry commits",
    "the file is one that the record names, by its SHA-256",
)
OK, FAILED, SKIPPED = "ok", "FAILED", "not checked"
PROVED = {
    2: "the ledger is the one whose head you hold, or only grew since",
    3: "the head is signed with the key that you were given",
    4: "the entry stood in the ledger and is unchanged",
    5: "the record shown above stood in the ledger and is unchanged",
    6: "the record shown above stood in the ledger, and the file is what it names, byte for byte",
}
NOT_PROVED = (
    "that what the record or the file says is true",
    "when it arrived: the time is the word of the machine that keeps the ledger",
    "that nothing was left out before it reached the ledger",
    "that everybody is shown the same ledger: compare heads with others",
)
ENVELOPE = re.compile(
    r'\{"class":"(?:mission|evidence|decision|machine|ledger)","id":"[0-9a-f]{32}","parts":\['
    r'\{"c":"([0-9a-f]{64})","role":"record"\}(?:,\{"c":"[0-9a-f]{64}","role":"original"\})?'
    r'\],"time":(0|[1-9][0-9]{0,10}),"v":1\}'
)
OPENED = re.compile(r"entry ([^\n]*)\n(?:record ([0-9a-f]{64}) ([A-Za-z0-9+/=]+)\n)?")


class Bad(Exception):  # noqa: N818
    """Something is not in its one form; the words say what."""


class Step(NamedTuple):
    """One numbered step: its state, and what was seen."""

    number: int
    state: str
    detail: str


class Head(NamedTuple):
    """A head: the text that is signed, its three lines, and the signatures as (name, bytes)."""

    text: str
    name: str
    size: int
    root: bytes
    signatures: list[tuple[str, bytes]]


class Proof(NamedTuple):
    """A tlog-proof, or a proof of growth (`opened` is None); `number` is the entry's or the old size."""

    opened: str | None
    number: int
    hashes: list[bytes]
    head: Head


def decoded(line: str, length: int | None = None) -> bytes:
    """Decode base64 in its one form."""
    whole = len(line) % 4 == 0 and re.fullmatch("[A-Za-z0-9+/]+={0,2}", line)
    data = base64.b64decode(line) if whole else b""
    if not whole or base64.b64encode(data).decode() != line or length not in (None, len(data)):
        raise Bad("a line is not base64 in its one form")
    return data


def number(text: str) -> int:
    """Read a whole number in its one form."""
    if not re.fullmatch("0|[1-9][0-9]{0,14}", text):
        raise Bad("a number is not in its one form")
    return int(text)


def lines_of(data: bytes) -> str:
    """Read UTF-8 without control characters, every line ended."""
    try:
        text = data.decode("utf-8")
    except ValueError:
        raise Bad("it is not UTF-8") from None
    if not text.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text):
        raise Bad("it does not end with its line, or holds control characters")
    return text


def read_head(text: str) -> Head:
    """Read a signed note of three lines (C2SP tlog-checkpoint, signed-note)."""
    body, gap, rest = text.partition("\n\n")
    lines = (body if gap else body[:-1]).split("\n")
    if len(lines) < 3 or "" in lines or (gap and not rest):
        raise Bad("the head does not have its lines: name, number, root")
    found = [re.fullmatch("\u2014 ([^ +]+) ([^ ]+)", line) for line in rest.split("\n")[:-1]]
    signatures = [(line[1], decoded(line[2])) for line in found if line]
    if len(set(signatures)) < len(found):
        raise Bad("a signature of the head is not in its one form, or stands there twice")
    text = "\n".join(lines) + "\n"
    return Head(text, lines[0], number(lines[1]), decoded(lines[2], 32), signatures)


def read_proof(data: bytes) -> Proof:
    """Read a C2SP tlog-proof, or a proof of growth as a C2SP tlog-witness takes it."""
    first, gap, head = lines_of(data).partition("\n\n")
    lines = first.split("\n")
    if not gap or len(lines) > 70:
        raise Bad("it holds no head, or more hashes than a proof can")
    if lines[0].startswith("old "):
        hashes = [decoded(line, 32) for line in lines[1:]]
        return Proof(None, number(lines[0][4:]), hashes, read_head(head))
    if lines[0] != "c2sp.org/tlog-proof@v1" or len(lines) < 3:
        raise Bad("it is neither a tlog-proof nor a proof of growth")
    if not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise Bad("it lacks its line `extra` or `index`")
    opened = lines_of(decoded(lines[1][6:]))
    found = OPENED.fullmatch(opened)
    entry = found and ENVELOPE.fullmatch(found[1])
    if not found or not entry or not decoded(found[3] or "AA=="):
        raise Bad("what it opens is not an entry with its record")
    hashes = [decoded(line, 32) for line in lines[3:]]
    return Proof(opened, number(lines[2][6:]), hashes, read_head(head))


def node(left: bytes, right: bytes) -> bytes:
    """Hash two nodes (RFC 6962)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def climb(at: int, last: int, start: bytes, hashes: list[bytes]) -> tuple[bytes, bytes] | None:
    """Give the old and the new root to which hashes lead (RFC 9162, 2.1.3.2 and 2.1.4.2), or None."""
    old = new = start
    if at > last:
        return None
    for each in hashes:
        if last == 0:
            return None
        if at % 2 or at == last:
            old, new = node(each, old), node(each, new)
            while at and not at % 2:
                at, last = at // 2, last // 2
        else:
            new = node(new, each)
        at, last = at // 2, last // 2
    return None if last else (old, new)


def grew(old: int, old_root: bytes, new: Head, hashes: list[bytes]) -> bool:
    """Answer whether a ledger of `old` entries is the beginning of another."""
    if old == 0 or old >= new.size:
        same = old_root == (new.root if old else hashlib.sha256().digest())
        return same and not hashes and old in (0, new.size)
    whole = old & (old - 1) == 0  # an old tree that is a full one is not among the hashes
    path = [old_root, *hashes] if whole else hashes
    at, last = old - 1, new.size - 1
    while at % 2:
        at, last = at // 2, last // 2
    return bool(path) and climb(at, last, path[0], path[1:]) == (old_root, new.root)


def check_head(head: Head, held: bytes, grown: Proof | None) -> str:
    """Take step 2: say what is seen, or raise what is wrong."""
    mine = read_head(lines_of(held.strip(b"\r\n").replace(b"\r\n", b"\n") + b"\n"))
    if mine.text == head.text and grown is None:
        return f"it is the head that you hold, at {head.size} entries"
    if mine.name != head.name:
        raise Bad(f"the head that you hold is of another log, {mine.name}")
    if grown is None:
        raise Bad(f"you hold a head at {mine.size} entries, the proof has one at {head.size}")
    if grown.opened is not None or (grown.number, grown.head.text) != (mine.size, head.text):
        raise Bad("the proof of growth does not lead from your head to that of the proof")
    if not grew(mine.size, mine.root, head, grown.hashes):
        raise Bad("the ledger does not begin with the head that you hold")
    return f"the ledger only grew from {mine.size} to {head.size} entries"


def check_key(head: Head, key: str) -> str:
    """Take step 3: give the key, or raise what is wrong."""
    name, key_id, coded = (*key.strip().split("+", 2), "", "")[:3]
    public = decoded(coded, 33)
    named = hashlib.sha256(name.encode("utf-8", "replace") + b"\n" + public).digest()[:4]
    if public[:1] != b"\x01" or named.hex() != key_id or head.name != name:
        raise Bad("it is no Ed25519 key with its own id, or one of another log")
    mine = [s for signer, s in head.signatures if (signer, s[:4]) == (name, named)]
    if len(mine) != 1:
        raise Bad("this key did not sign it")
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public[1:]).verify(mine[0][4:], head.text.encode())
    except (InvalidSignature, ValueError):
        raise Bad("the signature does not hold") from None
    return key.strip()


def check_entry(proof: Proof, file: bytes | None) -> list[Step]:
    """Take steps 4 to 6: the entry, its record, the file that the record names."""
    body, salt, coded = OPENED.fullmatch(proof.opened or "").groups()  # type: ignore[union-attr]
    record, seconds = ENVELOPE.fullmatch(body).groups()  # type: ignore[union-attr]
    leaf, size = hashlib.sha256(b"\0" + body.encode()).digest(), proof.head.size
    roots = climb(proof.number, size - 1, leaf, proof.hashes)
    if roots is None or roots[1] != proof.head.root:
        return [Step(4, FAILED, "the hashes do not lead to the head")]
    when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(seconds)))
    steps = [Step(4, OK, f"entry {proof.number} of {size}, received {when} by its word")]
    if coded is None:
        return steps
    told = decoded(coded)
    if hashlib.sha256(bytes.fromhex(salt) + told).hexdigest() != record:
        return [*steps, Step(5, FAILED, "it is another record")]
    steps.append(Step(5, OK, told.decode("utf-8", "replace")))
    if file is None:
        return steps
    digest = hashlib.sha256(file).hexdigest()
    if digest.encode() not in told:
        return [*steps, Step(6, FAILED, f"the record does not name it: its SHA-256 is {digest}")]
    return [*steps, Step(6, OK, f"{len(file)} bytes, SHA-256 {digest}")]


def check(
    proof: bytes, file: bytes | None, held: bytes | None, key: str | None, grown: bytes | None
) -> list[Step]:
    """Take all steps up to the first that fails; what is wrong is told, never raised."""
    at, steps = 1, []
    try:
        read = read_proof(proof)
        steps = [Step(1, OK, f"of {read.head.name}, at {read.head.size} entries")]
        if held is not None:
            at = 2
            between = read if read.opened is None else read_proof(grown) if grown else None
            steps.append(Step(2, OK, check_head(read.head, held, between)))
        if key is not None:
            at = 3
            steps.append(Step(3, OK, check_key(read.head, key)))
        if read.opened is not None:
            steps += check_entry(read, file)
    except Bad as bad:
        steps.append(Step(at, FAILED, str(bad)))
    if file is not None and steps[-1].state == OK and steps[-1].number < 6:
        steps.append(Step(6, FAILED, "the proof opens no record that could name a file"))
    taken = {step.number: step for step in steps}
    return [taken.get(n, Step(n, SKIPPED, "")) for n in range(1, 7)]


def told(steps: list[Step]) -> tuple[bool, list[str]]:
    """Answer whether it is proved, and say in words what is and what is not."""
    lines = [f"{s.number}. {TITLES[s.number - 1]}: {s.state}  {s.detail}".rstrip() for s in steps]
    lines = [re.sub(r"[\x00-\x1f\x7f-\x9f]", "\ufffd", line) for line in lines]
    good = [step.number for step in steps if step.state == OK]
    if any(step.state == FAILED for step in steps) or not {2, 3} & set(good):
        return False, [*lines, "NOT PROVED. Keep what you hold, and ask who gave you the proof."]
    nots = [f"- {line}" for line in NOT_PROVED]
    return True, [*lines, f"PROVED: {PROVED[good[-1]]}.", "NOT proved:", *nots]


def main() -> int:
    """Read the files and print the steps."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawTextHelpFormatter)
    parser.add_argument("proof")
    parser.add_argument("file", nargs="?")
    for option in ("--head", "--key", "--grown"):
        parser.add_argument(option)
    given = parser.parse_args()
    if given.head is None and given.key is None:
        parser.error("give the head that you hold (--head FILE), or the mission's key (--key KEY)")
    try:
        proof, paths = Path(given.proof).read_bytes(), (given.file, given.head, given.grown)
        file, head, grown = (Path(path).read_bytes() if path else None for path in paths)
    except OSError as error:
        parser.error(f"{error.filename}: {error.strerror}")
    proved, lines = told(check(proof, file, head, given.key, grown))
    print("\n".join(lines))
    return 0 if proved else 1


if __name__ == "__main__":
    sys.exit(main())
