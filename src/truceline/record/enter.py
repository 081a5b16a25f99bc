"""A mission's files and evidence into its ledger: what is there already is not entered again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.record.ledger import Ledger
from truceline.store.canonical import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from truceline.model.evidence import Collected


def enter(
    folder: Path, origin: str, files: Mapping[str, bytes], collected: Iterable[Collected]
) -> tuple[dict[str, object], tuple[str, ...]]:
    """Enter mission files, evidence files and items; what is there already is not entered again.

    A file that no reader accepted is not entered: what is in the ledger stays there for ever.
    """
    records, originals = _records(files, collected)
    with Ledger.open(folder, origin=origin) as ledger:
        ledger.whole()
        ledger.append(records, originals)
        checkpoint = ledger.checkpoint()
        entries = [{"seq": e.seq, "kind": e.kind, "received": e.received} for e in ledger.entries()]
        state: dict[str, object] = {
            "size": checkpoint.size, "root": checkpoint.root.hex(), "note": checkpoint.note,
            "received": entries,
        }  # fmt: skip
        return state, ledger.warnings


def _records(
    files: Mapping[str, bytes], collected: Iterable[Collected]
) -> tuple[list[dict[str, object]], list[bytes]]:
    """Give the records of mission files, evidence files and items, with the originals they name."""
    records: list[dict[str, object]] = []
    originals: list[bytes] = []
    for path, content in sorted(files.items()):
        records.append({"kind": "mission_file", "path": path, "original": sha256_hex(content)})
        originals.append(content)
    for part in collected:
        if part.content is None:
            continue
        records.append({
            "kind": "evidence_file", "path": part.file.shown, "reader": part.file.reader,
            "original": sha256_hex(part.content),
        })  # fmt: skip
        originals.append(part.content)
        for arrival in sorted(part.arrivals, key=lambda a: a.item.id):
            item = arrival.item
            records.append({"kind": "item", "reader": item.reader, "original": item.id})
            originals.append(item.content)
        for item_id, copy in sorted(part.archives):
            records.append({"kind": "archive", "item": item_id, "original": sha256_hex(copy)})
            originals.append(copy)
    return records, originals
