"""What is printed to stand for the ledger? Three lines: origin, size, root.

This is the body of a C2SP tlog-checkpoint. Signatures follow it after an empty line (C2SP
signed-note); the readers here accept what follows and do not judge it.
"""

from __future__ import annotations

import base64
import binascii
from typing import NamedTuple

from truceline.errors import UsageError
from truceline.record.merkle import HASH_SIZE

BODY_LINES = 3


class Body(NamedTuple):
    """The three lines of a checkpoint, read."""

    origin: str
    size: int
    root: bytes


def write(origin: str, size: int, root: bytes) -> str:
    """Give the three-line note, each line ended by a newline."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode('ascii')}\n"


def read(text: str) -> Body:
    """Read the three lines back; a ValueError says which line is off."""
    lines = text.split("\n")
    if len(lines) <= BODY_LINES or not lines[0]:
        message = "the note has fewer than three lines"
        raise ValueError(message)
    try:
        body = Body(lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True))
    except (ValueError, binascii.Error) as error:
        message = "the note's size or root cannot be read"
        raise ValueError(message) from error
    if len(body.root) != HASH_SIZE or not text.startswith(write(*body)):
        message = "the note is not in its one allowed form"
        raise ValueError(message)
    return body


def check_origin(origin: str) -> None:
    """Refuse an origin that could not be the name in a signed note: no spaces, no plus sign."""
    if not origin or "+" in origin or any(sign.isspace() for sign in origin):
        message = f"The ledger's origin {origin!r} is not a name."
        raise UsageError(message, "use a short name without spaces or plus signs")
