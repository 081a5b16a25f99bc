"""A text with what is known about it, cut into sentences and words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from truceline.text.tokens import Sentence, Token, sentences_of, tokens_of
from truceline.text.wrapping import unwrapped

if TYPE_CHECKING:
    from datetime import date, datetime

    from truceline.read.naming.lexicon import Matcher


class Profile(StrEnum):
    """What sort of text it is; each has its own way of saying who speaks."""

    NEWS = "news"
    PARTY_STATEMENT = "party_statement"
    MONITOR_REPORT = "monitor_report"
    FORM = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A canonical text, its language and profile, when and by whom it was published.

    `flat` is the text with the breaks of wrapped lines as blanks: the same offsets.     `published_local` is the time of publication in the conflict's zone; `issuer` the side whose
    statement it is (profile `party_statement`), `outlet` the medium that printed it.
    """

    text: str
    flat: str
    language: str
    profile: Profile
    published_local: datetime | None
    outlet: str | None
    issuer: str | None
    issuer_actor: str | None
    tokens: list[Token]
    sentences: list[Sentence]

    @property
    def day(self) -> date | None:
        """The day of publication in the conflict's zone."""
        return self.published_local.date() if self.published_local else None


class Publisher(NamedTuple):
    """Who published a text: the outlet, and the side and the actor that issued it."""

    outlet: str | None = None
    issuer: str | None = None
    actor: str | None = None


NOBODY = Publisher()


def document_of(
    text: str,
    matcher: Matcher,
    profile: Profile,
    published: datetime | None,
    who: Publisher = NOBODY,
) -> Document:
    """Cut a canonical text that somebody published."""
    flat = unwrapped(text)
    tokens = tokens_of(flat)
    matcher.lemmatise(tokens)
    return Document(
        text=text,
        flat=flat,
        language=matcher.lexicon.language,
        profile=profile,
        published_local=published,
        outlet=who.outlet,
        issuer=who.issuer,
        issuer_actor=who.actor,
        tokens=tokens,
        sentences=sentences_of(flat, tokens),
    )
