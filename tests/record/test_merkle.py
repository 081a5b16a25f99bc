"""The hash tree against known vectors, and its proofs against every change."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.record import merkle

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "tlog_vectors"

# The reference leaves and roots of the Certificate Transparency project, for RFC 6962.
LEAVES = [
    bytes.fromhex(data)
    for data in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def _leaves(count: int) -> list[bytes]:
    """Give leaf hashes of so many different leaves."""
    return [merkle.leaf_hash(number.to_bytes(4, "big")) for number in range(count)]


def _frontier(leaves: list[bytes]) -> merkle.Frontier:
    """Give the right edge after appending leaf by leaf."""
    frontier = merkle.Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier


def _naive_root(leaves: list[bytes]) -> bytes:
    """Give the root by the recursive definition of RFC 6962, section 2.1."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else merkle.EMPTY_ROOT
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return merkle.node_hash(_naive_root(leaves[:split]), _naive_root(leaves[split:]))


def test_the_empty_tree() -> None:
    """The root of nothing is the hash of nothing."""
    assert merkle.Frontier().root() == merkle.EMPTY_ROOT
    assert merkle.EMPTY_ROOT.hex().startswith("e3b0c442")


def test_known_roots() -> None:
    """Every beginning of the reference leaves has its published root."""
    frontier = merkle.Frontier()
    for data, root in zip(LEAVES, ROOTS, strict=True):
        frontier.append(merkle.leaf_hash(data))
        assert frontier.root().hex() == root


def _vectors(name: str) -> list[dict[str, Any]]:
    """Read a file of shared vectors, or skip the test."""
    path = SHARED / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"the shared vectors {name}.jsonl are not beside this checkout")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _bytes(text: str | None) -> bytes:
    """Decode base64; a missing value is empty."""
    return base64.b64decode(text or "")


def _expected(vector: dict[str, Any], *roots: str) -> bool:
    """Tell what a vector expects; a root that is not 32 bytes is refused here in any case."""
    sound = all(len(_bytes(vector[root])) == merkle.HASH_SIZE for root in roots)
    return sound and not vector["wantErr"]


def test_shared_inclusion_vectors() -> None:
    """Every shared vector is accepted or refused as it says."""
    for vector in _vectors("inclusion"):
        proof = [_bytes(step) for step in vector["proof"] or ()]
        leaf, root = _bytes(vector["leafHash"]), _bytes(vector["root"])
        held = merkle.inclusion_holds(vector["leafIdx"], vector["treeSize"], leaf, proof, root)
        assert held == _expected(vector, "root", "leafHash"), vector["case"]


def test_shared_consistency_vectors() -> None:
    """Every shared vector is accepted or refused as it says."""
    for vector in _vectors("consistency"):
        proof = [_bytes(step) for step in vector["proof"] or ()]
        old, new = _bytes(vector["root1"]), _bytes(vector["root2"])
        held = merkle.consistency_holds(vector["size1"], vector["size2"], proof, old, new)
        assert held == _expected(vector, "root1", "root2"), vector["case"]


@given(st.integers(0, 300))
def test_the_frontier_gives_the_defined_root(count: int) -> None:
    """Appending leaf by leaf gives the root of the recursive definition, as does the look-up."""
    leaves = _leaves(count)
    assert _frontier(leaves).root() == _naive_root(leaves)
    assert merkle.tree_hash(0, count, merkle.perfect_over(leaves)) == _naive_root(leaves)


@given(st.data())
def test_a_proof_holds_and_a_changed_one_does_not(data: st.DataObject) -> None:
    """A proof of inclusion leads to its root; with any one bit changed it leads elsewhere."""
    size = data.draw(st.integers(1, 300))
    index = data.draw(st.integers(0, size - 1))
    leaves = _leaves(size)
    proof = merkle.inclusion_proof(index, size, merkle.perfect_over(leaves))
    root = _naive_root(leaves)
    assert merkle.inclusion_holds(index, size, leaves[index], proof, root)
    parts = [leaves[index], root, *proof]
    place = data.draw(st.integers(0, len(parts) - 1))
    bit = data.draw(st.integers(0, 255))
    changed = int.from_bytes(parts[place], "big") ^ (1 << bit)
    parts[place] = changed.to_bytes(32, "big")
    assert not merkle.inclusion_holds(index, size, parts[0], parts[2:], parts[1])
    assert not merkle.inclusion_holds(index, size, leaves[index], [*proof, root], root)
    other = data.draw(st.integers(0, size - 1).filter(lambda at: at != index) | st.just(-1))
    assert not merkle.inclusion_holds(other, size, leaves[index], proof, root)


@given(st.data())
def test_a_beginning_is_proved_and_a_changed_one_is_not(data: st.DataObject) -> None:
    """A proof of consistency joins two roots; with any one bit changed it does not."""
    new = data.draw(st.integers(1, 300))
    old = data.draw(st.integers(1, new))
    leaves = _leaves(new)
    proof = merkle.consistency_proof(old, new, merkle.perfect_over(leaves))
    roots = [_naive_root(leaves[:old]), _naive_root(leaves)]
    assert merkle.consistency_holds(old, new, proof, *roots)
    parts = [*roots, *proof]
    place = data.draw(st.integers(0, len(parts) - 1))
    changed = int.from_bytes(parts[place], "big") ^ (1 << data.draw(st.integers(0, 255)))
    parts[place] = changed.to_bytes(32, "big")
    assert not merkle.consistency_holds(old, new, parts[2:], parts[0], parts[1])


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 70_000))
def test_tiles_rebuild_the_frontier(count: int) -> None:
    """The tile hashes and the last leaves give the same edge as appending every leaf."""
    leaves = _leaves(count)
    tiles: dict[tuple[int, int], bytes] = {}
    grown = merkle.Frontier()
    for leaf in leaves:
        for level, index, tile in grown.append(leaf):
            tiles[level, index] = tile
    again = merkle.Frontier()
    for level in (2, 1, 0):
        stop = count >> (8 * level)
        for index in range(stop - stop % 256, stop):
            again.push(8 * level, tiles[level, index] if level else leaves[index])
    assert (again.size, again.root()) == (count, grown.root())
    assert sorted(tiles) == [(1, i) for i in range(count >> 8)] + [
        (2, i) for i in range(count >> 16)
    ]


def test_what_cannot_be_is_refused() -> None:
    """There is no proof about leaves that are not there, and no taller subtree to the right."""
    perfect = merkle.perfect_over(_leaves(4))
    for index, size in ((4, 4), (-1, 4), (0, 0)):
        with pytest.raises(ValueError, match="no leaf"):
            merkle.inclusion_proof(index, size, perfect)
    for old, new in ((0, 4), (5, 4)):
        with pytest.raises(ValueError, match="cannot be proved"):
            merkle.consistency_proof(old, new, perfect)
    frontier = _frontier(_leaves(1))
    with pytest.raises(ValueError, match="cannot follow"):
        frontier.push(1, merkle.EMPTY_ROOT)
