"""The one hash that stands for a whole list, and proofs of membership that spare the list.

The Merkle tree of RFC 6962 section 2.1 over SHA-256: a leaf is `H(0x00 || data)`, an inner node is
`H(0x01 || left || right)`, the empty tree is `H("")`, and a list of n is split at the largest
power of two below n. The proof checks follow RFC 9162 sections 2.1.3.2 and 2.1.4.2.

A *perfect* subtree has height h and index i: it covers the leaves i * 2**h up to (i + 1) * 2**h.
Tiles are the perfect subtrees of height 8, 16, 24 ... (C2SP tlog-tiles), so 256 hashes of one
level are summed up by one hash of the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import NamedTuple, TypeGuard

HASH_SIZE = 32
TILE_HEIGHT = 8
TILE = 1 << TILE_HEIGHT
EMPTY_ROOT = sha256(b"").digest()

Perfect = Callable[[int, int], bytes]
"""Gives the hash of the perfect subtree of a height at an index."""


class TileHash(NamedTuple):
    """The hash of a full tile: level (1 sums up 256 leaves), index in the level, 32 bytes."""

    level: int
    idx: int
    digest: bytes


def leaf_hash(data: bytes) -> bytes:
    """Give the hash of one leaf's data."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Give the hash of an inner node from those of its children."""
    return sha256(b"\x01" + left + right).digest()


def is_hash(value: object) -> TypeGuard[bytes]:
    """Tell whether a value has the form of a hash: 32 bytes."""
    return isinstance(value, bytes) and len(value) == HASH_SIZE


class Frontier:
    """The right edge of a growing tree: all that is needed to append and to tell the root."""

    __slots__ = ("_stack", "size")

    def __init__(self) -> None:
        self.size = 0
        self._stack: list[tuple[int, bytes]] = []

    def copy(self) -> Frontier:
        """Give an independent frontier of the same tree."""
        twin = Frontier()
        twin.size = self.size
        twin._stack = self._stack.copy()
        return twin

    def push(self, height: int, subtree: bytes) -> list[TileHash]:
        """Append a perfect subtree and give the tiles that it filled; ValueError if too tall."""
        stack = self._stack
        if stack and stack[-1][0] < height:
            message = f"a subtree of height {height} cannot follow one of {stack[-1][0]}"
            raise ValueError(message)
        self.size += 1 << height
        filled: list[TileHash] = []
        while stack and stack[-1][0] == height:
            subtree = sha256(b"\1" + stack.pop()[1] + subtree).digest()
            height += 1
            if height % TILE_HEIGHT == 0:
                index = (self.size >> height) - 1
                filled.append(TileHash(height // TILE_HEIGHT, index, subtree))
        stack.append((height, subtree))
        return filled

    def append(self, leaf: bytes) -> list[TileHash]:
        """Append one leaf hash and give the tiles that it filled."""
        return self.push(0, leaf)

    def extend(self, leaves: Sequence[bytes]) -> list[TileHash]:
        """Append leaf hashes and give the tiles that they filled; a whole tile at its place is hashed at once."""
        if self.size % TILE or len(leaves) != TILE:
            return [tile for leaf in leaves for tile in self.append(leaf)]
        digest = fold(leaves)
        own = TileHash(1, self.size // TILE, digest)
        return [own, *self.push(TILE_HEIGHT, digest)]

    def root(self) -> bytes:
        """Give the hash that stands for all leaves appended so far."""
        if not self._stack:
            return EMPTY_ROOT
        root = self._stack[-1][1]
        for _, subtree in reversed(self._stack[:-1]):
            root = node_hash(subtree, root)
        return root


def fold(hashes: Sequence[bytes]) -> bytes:
    """Give the hash of the perfect subtree over 1, 2, 4, 8 ... hashes of equal height."""
    while len(hashes) > 1:
        hashes = [
            node_hash(left, right) for left, right in zip(hashes[::2], hashes[1::2], strict=True)
        ]
    return hashes[0]


def perfect_over(leaves: Sequence[bytes]) -> Perfect:
    """Give the subtree look-up for a list of leaf hashes held in memory."""
    return lambda height, index: fold(leaves[index << height : (index + 1) << height])


def tree_hash(start: int, end: int, perfect: Perfect) -> bytes:
    """Give the hash of the leaves start up to end, MTH(D[start:end]) of RFC 6962."""
    count = end - start
    if count == 0:
        return EMPTY_ROOT
    if count & (count - 1) == 0:
        return perfect(count.bit_length() - 1, start // count)
    middle = start + _split(count)
    return node_hash(tree_hash(start, middle, perfect), tree_hash(middle, end, perfect))


def inclusion_proof(index: int, size: int, perfect: Perfect) -> list[bytes]:
    """Give the hashes that lead from leaf `index` to the root of the first `size` leaves."""
    if not 0 <= index < size:
        message = f"there is no leaf {index} in a tree of {size}"
        raise ValueError(message)
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(tree_hash(middle, end, perfect))
            end = middle
        else:
            proof.append(tree_hash(start, middle, perfect))
            start = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, perfect: Perfect) -> list[bytes]:
    """Give the hashes that show the tree of `old` leaves to be a beginning of that of `new`."""
    if not 0 < old <= new:
        message = f"a tree of {new} cannot be proved to begin with one of {old}"
        raise ValueError(message)
    proof: list[bytes] = []
    start, end, whole = 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(tree_hash(middle, end, perfect))
            end = middle
        else:
            proof.append(tree_hash(start, middle, perfect))
            start, whole = middle, False
    if not whole:
        proof.append(tree_hash(start, end, perfect))
    return proof[::-1]


def inclusion_holds(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> bool:
    """Tell whether a proof leads from leaf hash `leaf` at `index` to `root` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or not _all_hashes(leaf, root, *proof):
        return False
    place, last, result = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            result = node_hash(step, result)
            place, last = _up_to_left(place, last)
        else:
            result = node_hash(result, step)
        place, last = place >> 1, last >> 1
    return last == 0 and result == root


def consistency_holds(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Tell whether a proof shows `old_root` to begin `new_root` (RFC 9162, 2.1.4.2).

    The empty tree begins every tree and so proves nothing: `old` = 0 is refused.
    """
    if not 0 < old <= new or not _all_hashes(old_root, new_root, *proof):
        return False
    if old == new:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    return bool(proof) and _climb(old, new, path) == (old_root, new_root)


def _climb(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Give the old and the new root that a consistency path leads to, or nothing if it is off."""
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_result = new_result = path[0]
    for step in path[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old_result, new_result = node_hash(step, old_result), node_hash(step, new_result)
            place, last = _up_to_left(place, last)
        else:
            new_result = node_hash(new_result, step)
        place, last = place >> 1, last >> 1
    return (old_result, new_result) if last == 0 else None


def _up_to_left(place: int, last: int) -> tuple[int, int]:
    """Climb past the levels at which the rightmost node has no sibling."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _split(count: int) -> int:
    """Give the largest power of two below a count of at least two."""
    return 1 << ((count - 1).bit_length() - 1)


def _all_hashes(*values: object) -> bool:
    """Tell whether every value is a hash."""
    return all(is_hash(value) for value in values)
