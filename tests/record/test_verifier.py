"""Two verifiers that share no code with the ledger, nor with each other: Python and a browser agree, and accept nothing else."""

from __future__ import annotations

import base64
import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.record.handed import (
    CHROMIUM,
    VERIFIER,
    Case,
    Tree,
    browse,
    coded,
    in_browser,
    mutated,
    random_cases,
    script,
)
from truceline.record.verifier import verify

VECTORS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "tlog_vectors"
REPO = Path(__file__).resolve().parents[2]
browser = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium (apt install chromium)")


def steps(case: Case) -> list[list[Any]]:
    return [
        list(step) for step in verify.check(case.proof, case.file, case.held, case.key, case.grown)
    ]


def proved(case: Case) -> bool:
    return verify.told(verify.check(case.proof, case.file, case.held, case.key, case.grown))[0]


@browser
def test_python_and_a_browser_agree_on_ten_thousand_random_proofs(tmp_path: Path) -> None:
    """To the word: every step, its state and what was seen, of true proofs and of altered ones."""
    cases = random_cases(random.Random(9162), 10_000)
    theirs = in_browser(cases, tmp_path)
    assert len(theirs) == len(cases), theirs[-1]
    for case, found in zip(cases, theirs, strict=True):
        assert found == steps(case), case
    true = sum(proved(case) for case in cases)
    assert 3000 < true < 7000
    seen = {(n, state) for case in cases for n, state, _ in steps(case)}
    assert seen >= {(n, state) for n in range(2, 7) for state in ("ok", "FAILED", "not checked")}


def test_a_hundred_thousand_mutations_are_all_refused() -> None:
    """Whatever changes in the proof or in the file, with the head and the key at hand it is not proved."""
    chance = random.Random(6962)
    tree = Tree(chance, 300)
    key = tree.key.verifier.text
    bases = []
    for size in (1, 2, 7, 64, 129, 300):
        for seq in {0, size // 2, size - 1}:
            held = tree.head(size).encode()
            bases.append(Case(tree.entry(seq, size), tree.files[seq], held, key))
        old = chance.randint(1, size)
        bases.append(Case(tree.growth(old, size), None, tree.head(old).encode(), key))
    assert all(proved(base) for base in bases)
    for _ in range(100_000):
        base = chance.choice(bases)
        if base.file is not None and chance.random() < 0.2:
            case = Case(base.proof, mutated(chance, base.file), base.held, key)
        else:
            case = Case(mutated(chance, base.proof), base.file, base.held, key)
        assert not proved(case), case


@pytest.mark.parametrize("name", ["inclusion", "consistency"])
@pytest.mark.parametrize("where", ["python", pytest.param("browser", marks=browser)])
def test_the_vectors_of_other_logs(name: str, where: str, tmp_path: Path) -> None:
    """All 98 and 98, but one: a root that is not 32 bytes is refused here."""
    path = VECTORS / f"{name}.jsonl"
    if not path.exists():
        pytest.skip("the vectors are not beside this checkout")
    vectors = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = (
        [_holds(name, v) for v in vectors]
        if where == "python"
        else _in_browser(name, vectors, tmp_path)
    )
    otherwise = [
        v["case"] for v, holds in zip(vectors, found, strict=True) if holds == v["wantErr"]
    ]
    assert len(vectors) == 98
    assert len(otherwise) <= 1
    for case in otherwise:
        (vector,) = (v for v in vectors if v["case"] == case)
        roots = [vector[key] for key in ("root", "root1", "root2") if key in vector]
        assert any(len(base64.b64decode(root or "")) != 32 for root in roots)


def _lengths(vector: dict[str, Any]) -> bool:
    hashes = [vector.get(k) or "" for k in ("root", "root1", "root2", "leafHash") if k in vector]
    return all(len(base64.b64decode(h)) == 32 for h in [*hashes, *(vector["proof"] or [])])


def _holds(name: str, vector: dict[str, Any]) -> bool:
    if not _lengths(vector):
        return False
    hashes = [base64.b64decode(h) for h in vector["proof"] or []]
    if name == "inclusion":
        leaf, root = base64.b64decode(vector["leafHash"]), base64.b64decode(vector["root"])
        found = verify.climb(vector["leafIdx"], vector["treeSize"] - 1, leaf, hashes)
        return found is not None and found[1] == root
    root1, root2 = base64.b64decode(vector["root1"]), base64.b64decode(vector["root2"])
    return verify.grew(
        vector["size1"], root1, verify.Head("", "", vector["size2"], root2, []), hashes
    )


def _in_browser(name: str, vectors: list[dict[str, Any]], folder: Path) -> list[bool]:
    act = """await (async () => {
      const hashes = (given.proof || []).map(bytes);
      if (given.root) {
        const found = await climb(given.leafIdx, given.treeSize - 1, bytes(given.leafHash), hashes);
        return found !== null && same(found[1], bytes(given.root));
      }
      return grew(given.size1, bytes(given.root1), {size: given.size2, root: bytes(given.root2)}, hashes);
    })()"""
    page = f"""<!doctype html><script>{script()}</script><script>
    const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    (async () => {{
      const results = [];
      for (const given of await (await fetch("/cases")).json()) results.push({act});
      await fetch("/results", {{method: "POST", body: JSON.stringify(results)}});
    }})();</script>"""
    whole = [vector for vector in vectors if _lengths(vector)]
    found = iter(browse(page, json.dumps(whole), folder))
    assert name
    return [bool(next(found)) if _lengths(vector) else False for vector in vectors]


@given(st.binary(max_size=300), st.binary(max_size=80), st.text(max_size=80))
def test_no_bytes_end_in_a_traceback(proof: bytes, held: bytes, key: str) -> None:
    for begins in (
        b"",
        b"c2sp.org/tlog-proof@v1\n",
        b"old 1\n\n",
        b"c2sp.org/tlog-proof@v1\nextra AA==\nindex 0\n\n",
    ):
        for grown in (None, proof):
            assert not proved(Case(begins + proof, held, held, key, grown))


def test_the_steps_are_the_same_in_all_three_places() -> None:
    """What Python prints, what the page shows and what the documentation lists are the same sentences."""
    page = script()
    docs = (REPO / "docs" / "verbs" / "proof.md").read_text(encoding="utf-8")
    for number, title in enumerate(verify.TITLES, 1):
        assert f'  "{title}",\n' in page
        assert f"| {number} | {title[0].upper()}{title[1:]}. |" in docs
    for words in verify.NOT_PROVED:
        assert f'  "{words}",\n' in page
        assert f"- {words};\n" in docs
    for number, words in verify.PROVED.items():
        assert f'  {number}: "{words}",\n' in page
    for message in re.findall(
        r'Bad\("([^"{]+)"\)', (VERIFIER / "verify.py").read_text(encoding="utf-8")
    ):
        assert f'"{message}"' in page, message


def test_the_verifier_is_short_and_stands_alone(tmp_path: Path) -> None:
    text = (VERIFIER / "verify.py").read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    imported = set(re.findall(r"^\s*(?:from|import) ([a-z_0-9]+)", text, re.MULTILINE))
    assert imported - set(sys.stdlib_module_names) == {"cryptography"}
    tree = Tree(random.Random(1), 5)
    (tmp_path / "proof").write_bytes(tree.entry(2, 5))
    (tmp_path / "head").write_text(tree.head(5), encoding="utf-8")
    (tmp_path / "verify.py").write_text(text, encoding="utf-8")
    # Without the installed packages: a head needs no signature to be compared.
    words = [sys.executable, "-I", "-S", "verify.py", "proof", "--head", "head"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "PROVED: the record shown above stood in the ledger and is unchanged." in done.stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["proof"], 2, "give the head that you hold"),
        (["missing", "--head", "head"], 2, "missing: No such file"),
        (["proof", "--head", "missing"], 2, "missing: No such file"),
        (["proof", "--key", "nonsense"], 1, "a line is not base64 in its one form"),
        (["proof", "head", "--head", "head"], 1, "the record does not name it"),
        (["head", "--head", "head"], 1, "neither a tlog-proof nor a proof of growth"),
        (["proof", "--head", "proof"], 1, "a signature of the head is not in its one form"),
        (["proof", "file", "--head", "head"], 0, "PROVED: the record shown above stood"),
        (["growth", "--head", "older"], 0, "the ledger only grew from 3 to 5 entries"),
        (["growth", "file", "--head", "older"], 1, "opens no record that could name a file"),
        (["proof", "--head", "older"], 1, "you hold a head at 3 entries, the proof has one at 5"),
        (["proof", "--head", "older", "--grown", "growth"], 0, "PROVED"),
        (["proof", "--head", "older", "--grown", "proof"], 1, "does not lead from your head"),
        (["proof", "--head", "other"], 1, "of another log"),
    ],
)
def test_the_command_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str],
    status: int, said: str,
) -> None:  # fmt: skip
    tree = Tree(random.Random(2), 5)
    monkeypatch.chdir(tmp_path)
    contents = {
        "proof": tree.entry(2, 5), "head": tree.head(5).encode(), "file": tree.files[2], "growth": tree.growth(3, 5),
        "older": tree.head(3).encode(), "other": tree.head(5).replace("tree", "bush").encode(),
    }  # fmt: skip
    for name, content in contents.items():
        Path(name).write_bytes(content)
    monkeypatch.setattr(sys, "argv", ["verify.py", *words])
    try:
        found = verify.main()
    except SystemExit as ended:
        found = int(str(ended.code))
    told = capsys.readouterr()
    assert (found, said in told.out + told.err) == (status, True), told


def test_a_record_cannot_write_on_the_terminal(tmp_path: Path) -> None:
    tree = Tree(random.Random(3), 1)
    tree.told[0] = b'{"kind":"\xc2\x9b2J\x1b[2J\r"}'
    tree = _again(tree)
    found = verify.check(tree.entry(0, 1), None, tree.head(1).encode(), None, None)
    good, lines = verify.told(found)
    assert good
    assert tmp_path
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", "".join(lines))


def _again(tree: Tree) -> Tree:
    """Make the entries anew after the records were exchanged."""
    from truceline.model.ledger import EntryClass  # noqa: PLC0415
    from truceline.record import merkle  # noqa: PLC0415
    from truceline.record.envelope import body_of, commitment  # noqa: PLC0415

    tree.bodies = [
        body_of(EntryClass.EVIDENCE, "0" * 32, 0, [commitment(salt, told)])
        for salt, told in zip(tree.salts, tree.told, strict=True)
    ]
    tree.perfect = merkle.perfect_over([merkle.leaf_hash(body) for body in tree.bodies])
    return tree


@browser
def test_the_page_says_in_a_browser_what_is_proved(tmp_path: Path) -> None:
    """The page itself, with files chosen and fields filled as a reader does."""
    tree = Tree(random.Random(4), 9)
    page = (VERIFIER / "VERIFY.html").read_text(encoding="utf-8")
    fill = """<script>
    (async () => {
      const [proof, file, head, key] = await (await fetch("/cases")).json();
      const choose = (id, text) => { const all = new DataTransfer();
        all.items.add(new File([Uint8Array.from(atob(text), (s) => s.charCodeAt(0))], id));
        document.getElementById(id).files = all.files; };
      const results = [];
      const press = async () => { document.getElementById("verdict").textContent = "";
        document.getElementById("go").click();
        while (!document.getElementById("verdict").textContent) await new Promise((r) => setTimeout(r, 20));
        results.push(document.querySelector("main").innerText); };
      await press();
      choose("proof", proof); await press();
      document.getElementById("head").value = head; choose("file", file); await press();
      document.getElementById("key").value = key + "x"; await press();
      document.getElementById("key").value = key; await press();
      await fetch("/results", {method: "POST", body: JSON.stringify(results)});
    })();
    </script></body>"""
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page).replace(
        "</body>", fill
    )
    given = [coded(tree.entry(4, 9)), coded(tree.files[4]), tree.head(9), tree.key.verifier.text]
    without, proof_alone, held, wrong, both = browse(page, json.dumps(given), tmp_path)
    assert "Choose the proof." in without
    assert "Give the head that you hold" in proof_alone
    assert (
        "PROVED: the record shown above stood in the ledger, and the file is what it names" in held
    )
    assert "that what the record or the file says is true" in held
    assert "NOT PROVED" in wrong
    assert f"signed with the key that you were given: ok {tree.key.verifier.text}" in re.sub(
        r"\s+", " ", both
    )


def test_the_page_reaches_no_network() -> None:
    page = (VERIFIER / "VERIFY.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert not re.search(r"https?:|src=|href=|fetch\(|XMLHttp|import\(", page)
