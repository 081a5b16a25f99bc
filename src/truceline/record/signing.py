"""Who vouches for a head? A key: Ed25519, in the form that C2SP signed-note gives to names and signatures."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.record.note import KEY_ID, Note, Signature

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_ED25519 = b"\x01"
_PUBLIC = 32
_PARTS = 3


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key, 32 bytes, with the name of the log that it signs for."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Give the four bytes that name the key in a line of signature."""
        named = self.name.encode("utf-8") + b"\n" + _ED25519 + self.public
        return hashlib.sha256(named).digest()[:KEY_ID]

    @property
    def text(self) -> str:
        """Write the key as others keep it: NAME+ID+KEY."""
        coded = base64.b64encode(_ED25519 + self.public).decode("ascii")
        return f"{self.name}+{self.id.hex()}+{coded}"

    @classmethod
    def read(cls, text: str) -> VerifierKey:
        """Read a key as it is written; a ValueError says that it is none, or that its id is not its own."""
        parts = text.split("+", 2)
        if len(parts) != _PARTS:
            raise ValueError("it is not written as NAME+ID+KEY")
        try:
            content = base64.b64decode(parts[2], validate=True)
        except (ValueError, binascii.Error) as error:
            raise ValueError("its key is not base64") from error
        key = cls(parts[0], content[1:])
        if content[:1] != _ED25519 or len(key.public) != _PUBLIC or key.text != text:
            raise ValueError("it is not an Ed25519 key with its own id")
        return key

    def signed(self, note: Note) -> bool:
        """Answer whether this key signed a note: one of its lines bears its name and id, and each that does holds."""
        lines = [s for s in note.signatures if (s.name, s.key_id) == (self.name, self.id)]
        return bool(lines) and all(self._holds(note.text, line.signature) for line in lines)

    def _holds(self, text: str, signature: bytes) -> bool:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  only where one is checked
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PublicKey,
        )

        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode("utf-8"))
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """Both halves of a key."""

    verifier: VerifierKey
    secret: Ed25519PrivateKey

    @classmethod
    def of(cls, name: str, secret: Ed25519PrivateKey) -> SigningKey:
        """Give a key under the name of the log that it signs for."""
        return cls(VerifierKey(name, secret.public_key().public_bytes_raw()), secret)

    @classmethod
    def make(cls, name: str) -> SigningKey:
        """Make a new key for the log of a name."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PrivateKey,
        )

        return cls.of(name, Ed25519PrivateKey.generate())

    def sign(self, text: str) -> Signature:
        """Sign the lines of a head."""
        verifier = self.verifier
        return Signature(verifier.name, verifier.id, self.secret.sign(text.encode("utf-8")))
