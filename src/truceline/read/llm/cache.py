"""What was answered before: raw replies by the digest of their request, and accepted endpoints."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from truceline.errors import FileError, StorageError
from truceline.store.canonical import canonical, sha256_hex
from truceline.store.door import KEPT, read_inside
from truceline.store.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEX = frozenset("0123456789abcdef")
_DIGEST_LENGTH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One question and its answer, for the ledger: `raw` are the bytes as received."""

    request: str
    raw: bytes
    model: str
    prompt_version: str


class Replies(Protocol):
    """Where earlier replies are found and accepted endpoints are remembered."""

    @property
    def offline(self) -> bool:
        """Answer whether nothing may be asked of an endpoint."""

    def get(self, request: str) -> bytes | None:
        """Give the reply to a request, None when there is none."""

    def put(self, request: str, raw: bytes) -> None:
        """Keep the reply to a request."""

    def accepted(self, endpoint: str) -> bool:
        """Answer whether an endpoint passed the probes."""

    def accept(self, endpoint: str) -> None:
        """Remember that an endpoint passed the probes."""


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of replies: each file holds the digest of its bytes, then the bytes.

    A file that is not whole counts as not there. Both replies and accepted endpoints are the user's own:
    in a folder that came from somebody else anybody could have written them.
    """

    folder: Path
    offline: bool = False

    def get(self, request: str) -> bytes | None:
        """Give the reply to a request, None when it is missing or damaged."""
        return self._load(self._path(request, "reply"))

    def put(self, request: str, raw: bytes) -> None:
        """Keep the reply to a request; raises StorageError."""
        self._store(self._path(request, "reply"), raw)

    def accepted(self, endpoint: str) -> bool:
        """Answer whether an endpoint passed the probes."""
        return self._load(self._path(endpoint, "accepted")) == endpoint.encode()

    def accept(self, endpoint: str) -> None:
        """Remember that an endpoint passed the probes; raises StorageError."""
        self._store(self._path(endpoint, "accepted"), endpoint.encode())

    def _path(self, digest: str, kind: str) -> Path:
        if len(digest) != _DIGEST_LENGTH or not set(digest) <= _HEX:
            raise ValueError("a digest has 64 hexadecimal digits")
        return self.folder / digest[:2] / f"{digest}.{kind}"

    def _load(self, path: Path) -> bytes | None:
        try:
            head, _, raw = read_inside(
                self.folder, path.relative_to(self.folder).as_posix(), KEPT
            ).partition(b"\n")
        except FileError:
            return None
        return raw if head == sha256_hex(raw).encode() else None

    def _store(self, path: Path, raw: bytes) -> None:
        """Write a file whole or not at all: another run may be reading."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, sha256_hex(raw).encode() + b"\n" + raw, mode=0o600)
        except OSError as error:
            raise StorageError(
                f"a reply of the LLM cannot be kept ({error.strerror})",
                "free some space or name another cache folder",
            ) from error


@dataclass(slots=True)
class Recorded:
    """Replies out of a ledger: what is not among them is not asked for, so a replay needs no network."""

    replies: dict[str, bytes] = field(default_factory=dict)
    offline: bool = True

    @classmethod
    def of(cls, exchanges: Iterable[Exchange]) -> Recorded:
        """Take the replies of earlier exchanges."""
        return cls({e.request: e.raw for e in exchanges})

    def get(self, request: str) -> bytes | None:
        """Give the reply to a request, None when it was not recorded."""
        return self.replies.get(request)

    def put(self, request: str, raw: bytes) -> None:
        """Keep a reply."""
        self.replies[request] = raw

    def accepted(self, endpoint: str) -> bool:  # noqa: ARG002  nothing is asked here
        """Answer yes: what is recorded was answered by an endpoint accepted then."""
        return True

    def accept(self, endpoint: str) -> None:
        """Do nothing: a record accepts nobody new."""


def endpoint_digest(url: str, model: str, prompt_version: str, names: Iterable[str]) -> str:
    """Give what an accepted endpoint is known by; `names` are the parties it was probed with."""
    parts = {"model": model, "names": list(names), "prompt": prompt_version, "url": url}
    return sha256_hex(canonical(parts))
