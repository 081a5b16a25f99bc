"""Where is the key that signs a ledger's heads? Encrypted in the mission, and what opens it outside.

The key is `MISSION/.truceline/keys/ID.pem`, PKCS#8 encrypted under a passphrase. The passphrase is the first line of the
file that TRUCELINE_PASSPHRASE_FILE names; without that variable it is made of 256 random bits and kept under
`$XDG_DATA_HOME/truceline/passphrases` (else `~/.local/share/truceline/passphrases`), for this account only. A copy of the
mission folder can be read and verified, but signs nothing.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.errors import FileError, StorageError
from truceline.record.database import explained, make_folder
from truceline.record.signing import SigningKey
from truceline.store.door import KEPT, inside, read_inside, read_named
from truceline.store.state import data_folder
from truceline.store.whole import write_whole

if TYPE_CHECKING:
    from truceline.record.signing import VerifierKey

VARIABLE = "TRUCELINE_PASSPHRASE_FILE"
KEYS = "keys"
SHORTEST = 32
_PASSPHRASES = "passphrases"
_RANDOM = 32


def cannot_keep() -> str:
    """Say why no passphrase can be kept here, or nothing."""
    if VARIABLE in os.environ:
        return ""
    folder = data_folder()
    if folder is None:
        return "this account has no home folder"
    try:
        (folder / _PASSPHRASES).mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        return f"{folder / _PASSPHRASES}: {error.strerror}"
    return "" if os.access(folder / _PASSPHRASES, os.W_OK) else f"{folder}: Permission denied"


def unsigned(why: str) -> str:
    """Say that the heads of a ledger are not signed."""
    return (
        f"the heads of the ledger are not signed, because no passphrase can be kept for this account ({why}) -> set"
        f" {VARIABLE} to a file with a passphrase of at least {SHORTEST} characters, or XDG_DATA_HOME to a folder that may be"
        " written"
    )


def make(home: Path, name: str) -> SigningKey:
    """Make a key for a log and keep it, encrypted, in the ledger's folder; it is on the disk when this returns."""
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415  only where one is made
        BestAvailableEncryption,
        Encoding,
        PrivateFormat,
    )

    key = SigningKey.make(name)
    while _is_taken(home, key.verifier.id):
        key = SigningKey.make(name)
    passphrase = _named() or _made(key.verifier)
    sealed = key.secret.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase)
    )
    folder = inside(home.parent, f"{home.name}/{KEYS}")
    with explained(folder):
        make_folder(folder)
        write_whole(folder / _file(key.verifier.id), sealed, mode=0o600)
    return key


def load(home: Path, name: str, key_id: bytes) -> SigningKey:
    """Open the key of an id; StorageError says what is missing."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PrivateKey,
    )
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    path = home / KEYS / _file(key_id)
    if not path.is_file():
        raise _closed(path, "it is not there", home)
    passphrase = _named() or _kept(key_id, path, home)
    try:
        secret = load_pem_private_key(
            read_inside(home.parent, f"{home.name}/{KEYS}/{path.name}", KEPT), passphrase
        )
    except (ValueError, TypeError, FileError) as error:
        raise _closed(
            path, f"the passphrase does not open it, or it is damaged ({error})", home
        ) from error
    if (
        not isinstance(secret, Ed25519PrivateKey)
        or SigningKey.of(name, secret).verifier.id != key_id
    ):
        raise _closed(path, "it is another key than the one that signed so far", home)
    return SigningKey.of(name, secret)


def _is_taken(home: Path, key_id: bytes) -> bool:
    """Answer whether another key has the same four bytes: nothing of it may be written over."""
    kept = data_folder()
    there = kept is not None and (kept / _PASSPHRASES / key_id.hex()).exists()
    return there or (home / KEYS / _file(key_id)).exists()


def destroy(home: Path, key_id: bytes) -> None:
    """Remove a key that signs nothing any more, and the passphrase that this account keeps for it."""
    with explained(home / KEYS):
        (home / KEYS / _file(key_id)).unlink(missing_ok=True)
        folder = data_folder()
        if folder is not None:
            (folder / _PASSPHRASES / key_id.hex()).unlink(missing_ok=True)


def _file(key_id: bytes) -> str:
    return f"{key_id.hex()}.pem"


def _named() -> bytes | None:
    """Give the passphrase of the file that the environment names, if it names one."""
    named = os.environ.get(VARIABLE)
    if named is None:
        return None
    try:
        line = read_named(Path(named), KEPT).split(b"\n", 1)[0].strip()
    except FileError as error:
        raise StorageError(
            f"{VARIABLE} names a file that cannot be read: {error.message}", "name the right file"
        ) from error
    if len(line) < SHORTEST:
        raise StorageError(
            f"The passphrase in the file that {VARIABLE} names is shorter than {SHORTEST} characters.",
            "make a long one, for instance: openssl rand -hex 32",
        )
    return line


def _made(verifier: VerifierKey) -> bytes:
    folder = (data_folder() or Path()) / _PASSPHRASES
    passphrase = secrets.token_hex(_RANDOM).encode("ascii")
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(folder / verifier.id.hex(), passphrase + b"\n", mode=0o600)
    return passphrase


def _kept(key_id: bytes, path: Path, home: Path) -> bytes:
    folder = data_folder()
    name = f"{_PASSPHRASES}/{key_id.hex()}"
    if folder is None or not (folder / name).is_file():
        raise _closed(path, "this account does not have its passphrase", home)
    return read_inside(folder, name, KEPT).strip()


def _closed(path: Path, why: str, home: Path) -> StorageError:
    return StorageError(
        f"The key that signs this ledger, {path}, cannot be opened: {why}. Nothing was added.",
        f"set {VARIABLE} to a file with its passphrase, or bring key and passphrase back from a backup; where they are lost,"
        f" two people give the ledger a new one: truceline key revoke {home.parent} --by NAME --because TEXT",
    )
