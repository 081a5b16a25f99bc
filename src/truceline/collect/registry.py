"""The readers by name; a new source is one decorated function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from truceline.model.evidence import Arrival, Channel
from truceline.model.mission import Mission
from truceline.model.problem import Problem
from truceline.store.door import MIB, Kind

ReadFunction = Callable[[str, bytes, Mission], Iterator[Arrival | Problem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A pure function from a file's name and bytes to arrivals and problems."""

    name: str
    channel: Channel
    read: ReadFunction
    largest: int

    @property
    def kind(self) -> Kind:
        """The kind of file that the reader takes, with its limit."""
        return Kind(f"a file for the reader {self.name!r}", self.largest)


_READERS: dict[str, Reader] = {}


def source(
    name: str, channel: Channel, *, largest: int = 64 * MIB
) -> Callable[[ReadFunction], ReadFunction]:
    """Register a reader under the name used by `mission.yaml` and `--add NAME:FILE`.

    `largest` is the most bytes that a file for it may hold: a larger one is refused unread.
    """

    def register(function: ReadFunction) -> ReadFunction:
        _READERS[name] = Reader(name=name, channel=channel, read=function, largest=largest)
        return function

    return register


def readers() -> dict[str, Reader]:
    """Give every registered reader by name, in alphabetical order."""
    return dict(sorted(_READERS.items()))
