"""What it says: items to claims; what is not known stays unresolved.

A name is imported when it is asked for: who reads coded rows alone loads no library for texts.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from truceline.read.coded.rows import read_claims
    from truceline.read.reader import TextReader, TextsRead, item_text, read_texts

__all__ = ["TextReader", "TextsRead", "item_text", "read_claims", "read_texts"]
_CODED = frozenset({"read_claims"})


def __getattr__(name: str) -> object:
    """Give a name of the package from the module that defines it; AttributeError for any other."""
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    room = "coded.rows" if name in _CODED else "reader"
    return getattr(import_module(f"{__name__}.{room}"), name)
