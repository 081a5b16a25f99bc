"""What is printed to stand for the ledger? Three lines, then whoever signed them.

A head is a C2SP tlog-checkpoint: origin, size and root, each on a line. In the form of a C2SP signed-note an empty line
follows, and a line for each signature: `\u2014 NAME BASE64`, where the base64 holds four bytes that name the key and then the
signature over the lines before the empty one.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, NamedTuple

from truceline.errors import UsageError
from truceline.record.merkle import HASH_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

BODY_LINES = 3
KEY_ID = 4
_DASH = "\u2014 "
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
_NAME = re.compile(r"[^\s+]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


class Body(NamedTuple):
    """The three lines of a head, read."""

    origin: str
    size: int
    root: bytes


class Signature(NamedTuple):
    """One line of signature: the name of the signer, the four bytes that name its key, and the signature."""

    name: str
    key_id: bytes
    signature: bytes


class Note(NamedTuple):
    """A head with its signatures: `text` is what they sign, with its last newline."""

    text: str
    body: Body
    signatures: tuple[Signature, ...]

    @property
    def whole(self) -> str:
        """Give the note as it is shown to others, with its signatures."""
        return signed(self.text, self.signatures)


def write(origin: str, size: int, root: bytes) -> str:
    """Give the three lines, each ended by a newline."""
    return f"{origin}\n{size}\n{_coded(root)}\n"


def signed(text: str, signatures: Sequence[Signature]) -> str:
    """Give the note of the three lines and their signatures; the lines alone where nobody signed."""
    lines = "".join(f"{_DASH}{s.name} {_coded(s.key_id + s.signature)}\n" for s in signatures)
    return f"{text}\n{lines}" if lines else text


def read(text: str) -> Note:
    """Read a head, signed or not; a ValueError says what is off. Signatures are not judged here.

    Lines between the root and the empty line are part of what is signed, and mean nothing here.
    """
    if _CONTROL.search(text) or not text.endswith("\n"):
        raise ValueError("the note holds control characters or does not end with its line")
    body, _, lines = text.partition("\n\n")
    body += "\n" if lines else ""
    if body != text and not lines:
        raise ValueError("the note ends with an empty line")
    return Note(body, _body(body), tuple(_signature(line) for line in lines.split("\n")[:-1]))


def _body(text: str) -> Body:
    lines = text.split("\n")
    if len(lines) <= BODY_LINES or not lines[0]:
        raise ValueError("the note has fewer than three lines")
    origin, size, root, *others = lines
    if _SIZE.fullmatch(size) is None:
        raise ValueError("the note's size cannot be read")
    body = Body(origin, int(size), _decoded(root))
    if len(body.root) != HASH_SIZE or "" in others[:-1]:
        raise ValueError("the note is not in its one allowed form")
    return body


def _signature(line: str) -> Signature:
    dash, name, coded = (*line.split(" "), "", "")[:3]
    if f"{dash} " != _DASH or _NAME.fullmatch(name) is None or line.count(" ") != 2:  # noqa: PLR2004
        raise ValueError("a line of signature is not in its one allowed form")
    content = _decoded(coded)
    if len(content) <= KEY_ID:
        raise ValueError("a line of signature holds no signature")
    return Signature(name, content[:KEY_ID], content[KEY_ID:])


def _coded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decoded(text: str) -> bytes:
    """Decode base64 in its one form: no bits left over, no characters besides."""
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as error:
        raise ValueError("the note holds a line that is not base64") from error
    if _coded(data) != text:
        raise ValueError("the note holds base64 in another than its one form")
    return data


def check_origin(origin: str) -> None:
    """Refuse an origin that could not be the name in a signed note: no spaces, no plus sign."""
    if _NAME.fullmatch(origin) is None:
        message = f"The ledger's origin {origin!r} is not a name."
        raise UsageError(message, "use a short name without spaces or plus signs")
