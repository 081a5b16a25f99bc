"""What a reader must know of a conflict and of a language: data packs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, tzinfo

    from truceline.model.place_time import GazetteerEntry


class AliasKind(StrEnum):
    """Where a name comes from; names of the last two kinds are flagged when they are read."""

    OFFICIAL = "official"
    EXONYM = "exonym"
    TRANSLITERATION = "transliteration"
    MT_VARIANT = "mt_variant"


class SideKind(StrEnum):
    """What a side is to the conflict."""

    PARTY = "party"
    FORCE = "force"
    OUTSIDER = "outsider"


class ActorKind(StrEnum):
    """What sort of thing an actor is."""

    PERSON = "person"
    ORGAN = "organ"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One written form of a name in one language."""

    text: str
    language: str
    kind: AliasKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A party, an associated force or an outside state, and the words that stand for it.

    `state` names it, `people` are its adjectives and inhabitants, `capital` may speak for it.
    """

    id: str
    kind: SideKind
    bound_through: str | None
    state: tuple[Alias, ...]
    people: tuple[Alias, ...]
    capital: tuple[Alias, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office that a person held: its role word, its side and its dates (None: open)."""

    role: str
    side: str | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackActor:
    """A person, an organ, an organisation, an outlet or an armed group."""

    id: str
    kind: ActorKind
    side: str | None
    offices: tuple[Office, ...]
    aliases: tuple[Alias, ...]

    def side_on(self, day: date | None) -> str | None:
        """Give the side the actor belongs to on a day; a person without an office has none."""
        if self.kind is not ActorKind.PERSON or not self.offices:
            return self.side
        office = self.office_on(day)
        return office.side if office else None

    def office_on(self, day: date | None) -> Office | None:
        """Give the office held on a day; without a day, the only office there ever was."""
        if day is None:
            return self.offices[0] if len(self.offices) == 1 else None
        for office in self.offices:
            if (office.since is None or office.since <= day) and (
                office.until is None or day <= office.until
            ):
                return office
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The cue words of one language: class -> key -> phrases, in the order of the file.

    Classes and keys are listed in docs/reference/packs.md; `grammar` holds word lists for times,
    numbers and joining words.
    """

    language: str
    lemmas: str
    classes: Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Everything a reader needs for one conflict; `version` is the digest of its files."""

    id: str
    title: str
    version: str
    zone: tzinfo | None
    zone_rule: str
    sides: tuple[Side, ...]
    opponents: tuple[tuple[str, str], ...]
    actors: tuple[PackActor, ...]
    places: tuple[GazetteerEntry, ...]
    place_kinds: Mapping[str, AliasKind]
    lexicons: Mapping[str, Lexicon]
