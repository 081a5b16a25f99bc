"""What `read` and `annotate` share: how a text is named on the command line, and how it is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from truceline.cli.common import note
from truceline.collect import readers
from truceline.collect.text import Context, read_known
from truceline.errors import FileError, MissionError, UsageError
from truceline.model.problem import Problem, Severity
from truceline.read import TextReader, item_text
from truceline.read.press.rules_coder import RulesCoder
from truceline.store.door import STANDARD_INPUT, read_inside, read_named
from truceline.terms import open_mission
from truceline.terms.known_texts import PROFILES, published_at
from truceline.terms.pack import load_pack, pack_folder, pack_names
from truceline.terms.words import did_you_mean
from truceline.text.language import language_of
from truceline.text.signs import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import tzinfo

    from truceline.model.evidence import Item
    from truceline.model.mission import Mission
    from truceline.model.pack import Pack
    from truceline.read.document import Document
    from truceline.read.draft import Draft
    from truceline.read.merge import Disagreement
    from truceline.read.reader import OneRead

CODERS = ("rules", "llm", "both")
_GIVEN = ("published", "profile", "issuer", "outlet", "language")


class TextOptions(TypedDict):
    """The words of the call that say against what a text is read, and what is known of it."""

    mission: Path | None
    pack: str | None
    published: str | None
    profile: str | None
    issuer: str | None
    outlet: str | None
    language: str | None


_OPTIONS = (
    click.option(
        "--mission", type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Read with this mission's pack, places, sources and texts.csv.",
    ),
    click.option("--pack", metavar="NAME", help="Read with this data pack alone: a name or a folder."),
    click.option(
        "--published", metavar="DATE",
        help="When it was published: a day, or a time with its offset. Without it, and without a "
        "year in the text, times stay unresolved.",
    ),
    click.option(
        "--profile", type=click.Choice(PROFILES),
        help="What sort of text it is. news: articles that tell what others say, in every language of "
        "the pack. party_statement: the same language, with the issuer behind each sentence. "
        "monitor_report: the English dailies and weeklies of a monitoring mission, worded as the OSCE's "
        "in Ukraine. form: English incident forms of `key: value` lines.",
    ),
    click.option("--issuer", metavar="SIDE", help="The side whose statement it is."),
    click.option("--outlet", metavar="NAME", help="The medium that printed it."),
    click.option("--language", metavar="CODE", help="Its language, such as en; else it is detected."),
)  # fmt: skip


def text_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say against what a text is read; they win over its heading."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """One file as read: the item it became, the text with its claims, and the text's flags."""

    file: str
    item: Item
    language: str
    one: OneRead
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where texts are read: a reader with its pack, and what is known of texts.

    `complaints` gives what a coder left out of all texts so far; `keep` enters a model's replies
    into the mission's ledger.
    """

    reader: TextReader
    context: Context
    complaints: Callable[[], tuple[Problem, ...]] = tuple
    keep: Callable[[], None] = lambda: None

    @property
    def pack(self) -> Pack:
        """The data pack that is read with."""
        return self.reader.pack

    def read(
        self, path: Path, within: Path | None = None
    ) -> tuple[ReadText | None, tuple[Problem, ...]]:
        """Read one file; None where there is no text in it that can be read, with the reason.

        A file of a folder must lie `within` it, whatever links it stands behind.
        """
        name = "standard input" if str(path) == STANDARD_INPUT else clean(path.name)
        try:
            kind = readers()["text"].kind
            content = read_inside(within, path.name, kind) if within else read_named(path, kind)
        except FileError as error:
            return None, (_problem(name, error.message, error.advice),)
        problems: list[Problem] = []
        item = None
        for found in read_known(name, content, self.context):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                item = found.item
        if item is None:
            return None, tuple(problems)
        text, flags = item_text(item)
        language = item.language or language_of(text).code
        if self.reader.matcher(language) is None:
            advice = f"readable here: {', '.join(sorted(self.pack.lexicons))}; or say --language"
            return None, (*problems, _problem(name, _unread(language), advice))
        one = self.reader.read(text, item, language)
        return ReadText(file=name, item=item, language=language, one=one, flags=flags), (
            tuple(problems)
        )


@dataclass
class _Alone(TextReader):
    """Reads with the second coder alone; the rules only find the mentions it stands on."""

    def _code(self, document: Document) -> tuple[list[Draft], list[Disagreement]]:
        lines = RulesCoder(self.ground).lines(document)
        found = self.second.code(document, lines) if self.second is not None else None
        return found or [], []


def desk_of(options: TextOptions, coder: str = "rules") -> Desk:
    """Make ready to read texts; raises UsageError for words of the call that name nothing."""
    if (options["mission"] is None) == (options["pack"] is None):
        raise UsageError(
            "say against what the text is read: either --mission or --pack",
            f"write --pack NAME with one of: {', '.join(pack_names())}",
        )
    mission = None if options["mission"] is None else open_mission(options["mission"])[0]
    pack = _pack(options["pack"] or "") if mission is None else _pack_of(mission)
    given = {key: value for key in _GIVEN if (value := _value(options, key))}
    context = _context(pack, mission, given)
    _check(given, pack, context)
    reader = (_Alone if coder == "llm" else TextReader)(pack=pack, mission=mission)
    if coder == "rules":
        return Desk(reader=reader, context=context)
    from truceline.cli.llm import llm_coder  # noqa: PLC0415  only those who ask for it load it

    llm = llm_coder(reader)
    reader.second = llm
    folder = options["mission"]

    def keep() -> None:
        from truceline.pipeline import record_replies  # noqa: PLC0415  only where a model was asked

        if folder is not None and mission is not None:
            new = record_replies(folder, mission, llm.exchanges)
            note(f"{new} replies of the model entered into the ledger")

    return Desk(reader=reader, context=context, complaints=lambda: llm.problems, keep=keep)


def _value(options: TextOptions, key: str) -> str | None:
    value = options.get(key)
    return value if isinstance(value, str) else None


def _context(pack: Pack, mission: Mission | None, given: Mapping[str, str]) -> Context:
    if mission is not None:
        return Context.of(mission, given)
    sides = tuple(side.id for side in pack.sides)
    return Context(sides=sides, zone=pack.zone, given=given)


def _check(given: Mapping[str, str], pack: Pack, context: Context) -> None:
    language, issuer = given.get("language"), given.get("issuer")
    if language is not None and language not in pack.lexicons:
        raise UsageError(
            f"--language: {_unread(language)} by the pack {pack.id!r}",
            f"use one of: {', '.join(sorted(pack.lexicons))}",
        )
    if issuer is not None and issuer not in context.sides:
        raise UsageError(
            f"--issuer: there is no side {issuer!r}", did_you_mean(issuer, context.sides)
        )
    try:
        published_at(given.get("published", ""), context.zone)
    except MissionError as error:
        raise UsageError(f"--published: {error.message}", error.advice) from None


def _pack_of(mission: Mission) -> Pack:
    if mission.pack is None:
        raise UsageError(
            f"the mission {mission.id!r} names no data pack",
            "add `pack: NAME` to mission.yaml; `truceline pack list` shows the shipped ones",
        )
    return mission.pack


def found_pack(name: str) -> Path:
    """Find a pack by its name or folder; raises UsageError when there is none."""
    if name not in pack_names() and Path(name).is_dir():
        return Path(name)
    try:
        return pack_folder(name)
    except MissionError as error:
        raise UsageError(error.message, error.advice) from None


def _pack(name: str) -> Pack:
    pack, problems = load_pack(found_pack(name))
    if pack is None:
        raise MissionError(
            f"the data pack {name!r} cannot be used",
            "mend the files named above and run `truceline pack check` again",
            details=[str(problem) for problem in problems],
        )
    return pack


def zone_of(desk: Desk) -> tzinfo | None:
    """Give the zone in which times are shown: the mission's, else the pack's."""
    return desk.reader.mission.zone if desk.reader.mission else desk.pack.zone


def _unread(language: str) -> str:
    return f"the language {language!r} is not read"


def _problem(name: str, message: str, advice: str) -> Problem:
    return Problem(severity=Severity.ERROR, file=name, message=message, advice=advice)
