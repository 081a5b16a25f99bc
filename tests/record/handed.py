"""Proofs as they are handed over, random trees to prove in, and a real browser that takes the steps of VERIFY.html."""

from __future__ import annotations

import base64
import http.server
import json
import random
import re
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import truceline.record.verifier
from truceline.model.ledger import EntryClass
from truceline.record import merkle, note
from truceline.record.envelope import body_of, commitment
from truceline.record.signing import SigningKey
from truceline.store.canonical import canonical, sha256_hex

VERIFIER = Path(truceline.record.verifier.__file__).parent
CHROMIUM = Path("/usr/bin/chromium")
NAME = "truceline/tree"
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync")  # fmt: skip
_WAIT = 240


@dataclass(frozen=True, slots=True)
class Case:
    """What somebody checks: the proof, the file, the head that they hold, the key, the proof of growth."""

    proof: bytes
    file: bytes | None
    held: bytes | None
    key: str | None
    grown: bytes | None = None


def coded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


class Tree:
    """A ledger without a file: entries with records that name files, under signed heads of every size."""

    def __init__(self, chance: random.Random, size: int) -> None:
        self.key = SigningKey.make(NAME)
        self.files = [chance.randbytes(chance.randint(0, 60)) for _ in range(size)]
        self.told = [
            canonical({"kind": "item", "original": sha256_hex(file), "n": n})
            for n, file in enumerate(self.files)
        ]
        self.salts = [chance.randbytes(32) for _ in range(size)]
        self.bodies = [
            body_of(chance.choice(list(EntryClass)), chance.randbytes(16).hex(), chance.randint(0, 1 << 32),
                    [commitment(salt, told), *([chance.randbytes(32)] if chance.random() < 0.7 else [])])
            for salt, told in zip(self.salts, self.told, strict=True)
        ]  # fmt: skip
        leaves = [merkle.leaf_hash(body) for body in self.bodies]
        self.perfect = merkle.perfect_over(leaves)

    def head(self, size: int) -> str:
        text = note.write(NAME, size, merkle.tree_hash(0, size, self.perfect))
        return note.signed(text, [self.key.sign(text)])

    def entry(self, seq: int, size: int, *, opened: bool = True) -> bytes:
        extra = f"entry {self.bodies[seq].decode()}\n"
        if opened:
            extra += f"record {self.salts[seq].hex()} {coded(self.told[seq])}\n"
        hashes = merkle.inclusion_proof(seq, size, self.perfect)
        lines = [
            "c2sp.org/tlog-proof@v1",
            f"extra {coded(extra.encode())}",
            f"index {seq}",
            *map(coded, hashes),
        ]
        return ("".join(f"{line}\n" for line in lines) + "\n" + self.head(size)).encode()

    def growth(self, old: int, new: int) -> bytes:
        hashes = merkle.consistency_proof(old, new, self.perfect)
        lines = [f"old {old}", *map(coded, hashes)]
        return ("".join(f"{line}\n" for line in lines) + "\n" + self.head(new)).encode()


def mutated(chance: random.Random, data: bytes) -> bytes:
    """Give other bytes than some bytes: flipped, cut, doubled, exchanged, put in."""
    while True:
        a, b = sorted(chance.randint(0, len(data)) for _ in range(2))
        way = chance.randrange(6)
        if way == 0 and data:
            at = chance.randrange(len(data))
            changed = data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
        elif way == 1:
            changed = data[:a] + data[b:]
        elif way == 2:
            changed = data[:b] + data[a:]
        elif way == 3:
            changed = (
                data[:a]
                + chance.randbytes(chance.randint(1, 3))
                + data[b if chance.random() < 0.5 else a :]
            )
        elif way == 4:
            lines = data.split(b"\n")
            first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[first], lines[second] = lines[second], lines[first]
            changed = b"\n".join(lines)
        else:
            changed = re.sub(
                rb"\d",
                lambda _: str(chance.randrange(10)).encode(),
                data,
                count=chance.randint(1, 3),
            )
        if changed != data:
            return changed


def random_cases(chance: random.Random, count: int) -> list[Case]:
    """Give random proofs, about half of them true."""
    trees = [Tree(chance, chance.choice([1, 2, 3, 5, 8, 31, 64, 100, 257])) for _ in range(30)]
    return [_random_case(chance, chance.choice(trees)) for _ in range(count)]


def _random_case(chance: random.Random, tree: Tree) -> Case:
    total = len(tree.files)
    size = chance.randint(1, total)
    seq = chance.randrange(size)
    file: bytes | None = tree.files[seq] if chance.random() < 0.8 else None
    held: bytes | None = tree.head(size).encode()
    grown = None
    proof = tree.entry(seq, size, opened=chance.random() < 0.9)
    if chance.random() < 0.3:
        old = chance.randint(1, size)
        held = tree.head(old).partition("\n\n")[0].encode() + b"\r\n"
        grown = tree.growth(old, size)
        if chance.random() < 0.5:
            proof, file, grown = grown, None, None
    key: str | None = tree.key.verifier.text
    if chance.random() < 0.3:
        held, key = (None, key) if chance.random() < 0.5 else (held, None)
    case = [proof, file, held, key, grown]
    while chance.random() < 0.45:
        at = chance.randrange(5)
        value = case[at]
        if isinstance(value, bytes):
            case[at] = mutated(chance, value)
        elif isinstance(value, str):
            case[at] = mutated(chance, value.encode()).decode("utf-8", "replace")
    return Case(*case)  # type: ignore[arg-type]


_PAGE = """<!doctype html><title>steps</title><script>{script}</script><script>
const bytes = (text) => text === null ? null : Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
(async () => {{
  const cases = await (await fetch("/cases")).json();
  const results = [];
  try {{ for (const given of cases) results.push({act}); }} catch (error) {{ results.push(String(error.stack)); }}
  await fetch("/results", {{method: "POST", body: JSON.stringify(results)}});
}})();
</script>"""
STEPS = "await check(bytes(given[0]), bytes(given[1]), bytes(given[2]), given[3], bytes(given[4]))"


def script() -> str:
    """Give the script of VERIFY.html as it is handed over."""
    page = (VERIFIER / "VERIFY.html").read_text(encoding="utf-8")
    (found,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    # On the bare page nothing is there to be clicked.
    return str(found).replace('document.getElementById("go")', "document")


def in_browser(cases: Sequence[Case], folder: Path) -> list[list[list[Any]]]:
    """Let a browser take the steps for all cases, with the script of VERIFY.html."""
    given = [
        [coded(c.proof), *(None if d is None else coded(d) for d in (c.file, c.held)), c.key,
         None if c.grown is None else coded(c.grown)] for c in cases
    ]  # fmt: skip
    page = _PAGE.format(script=script(), act=STEPS)
    return list(browse(page, json.dumps(given), folder))


def browse(page: str, cases: str, folder: Path) -> Any:
    """Serve a page and what it asks for on this machine, open it in a browser, and give what it sends back."""
    results: list[bytes] = []
    done = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = cases.encode() if self.path == "/cases" else page.encode()
            self.send_response(200)
            self.send_header(
                "Content-Type",
                "application/json" if self.path == "/cases" else "text/html; charset=utf-8",
            )
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            results.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()
            done.set()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    words = [
        str(CHROMIUM),
        *_FLAGS,
        f"--user-data-dir={folder / 'browser'}",
        "--remote-debugging-port=0",
        address,
    ]
    browser = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert done.wait(_WAIT), "the browser sent nothing back"
    finally:
        browser.kill()
        browser.wait()
        server.shutdown()
    return json.loads(results[0])
