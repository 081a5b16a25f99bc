"""The coder by a language model: it points at words, we read them; what does not stand is dropped."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from truceline.errors import UsageError
from truceline.model.pack import SideKind
from truceline.model.problem import Problem, Severity
from truceline.read.llm.cache import Exchange, Replies, endpoint_digest
from truceline.read.llm.client import LlmError, Sleep, Trouble, ask, content_of, digest_of
from truceline.read.llm.orders import commands
from truceline.read.llm.prompt import PROMPT_VERSION, Message, messages, repair
from truceline.read.llm.reply import ReplyClaim, json_schema, read_claims
from truceline.read.llm.resolve import NAME, draft_of
from truceline.read.llm.situation import Scene, Unfit
from truceline.read.naming.cast import Cast
from truceline.read.verifier import verify

if TYPE_CHECKING:
    import httpx

    from truceline.model.pack import Pack
    from truceline.read.document import Document
    from truceline.read.draft import Draft
    from truceline.read.grammar.line import Ground, Line
    from truceline.read.llm.settings import LlmSettings

Permitted = Callable[[str | None], bool]
_MOST_CHARACTERS, _MOST_SENTENCES = 6000, 40
_GIVE_UP_AFTER = 3
WHERE = "LLM coder"
INSTRUCTED = "instruction_in_text"
_Failed = tuple[ReplyClaim | None, tuple[str, ...]]


@dataclass(slots=True)
class Tally:
    """What was left out, counted; the order in which it happened does not matter."""

    stayed: int = 0
    unasked: int = 0
    dropped: int = 0
    instructed: int = 0
    unread: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    troubles: Counter[tuple[Trouble, str, str]] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Add what happened with another part of a text."""
        self.stayed += other.stayed
        self.unasked += other.unasked
        self.dropped += other.dropped
        self.instructed += other.instructed
        self.unread += other.unread
        self.reasons += other.reasons
        self.troubles += other.troubles


@dataclass(slots=True)
class _Part:
    """What came of one stretch of sentences."""

    drafts: list[Draft] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


@dataclass(slots=True)
class LlmCoder:
    """Reads documents with an accepted endpoint; raises UsageError when it was not accepted.

    `permitted` answers for a document's outlet whether its text may leave the machine. `exchanges`
    are for the ledger; given back as `Recorded`, they replay a run without a network.
    """

    ground: Ground
    settings: LlmSettings
    permitted: Permitted
    cache: Replies
    transport: httpx.BaseTransport | None = None
    sleep: Sleep = time.sleep
    name: str = NAME
    exchanges: list[Exchange] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    _in_a_row: int = 0

    def __post_init__(self) -> None:
        endpoint = endpoint_of(self.settings, party_names(self.ground.pack))
        if not self.cache.accepted(endpoint):
            raise UsageError(
                "the LLM endpoint was not accepted: it has not passed the probes with this model",
                "run the probes first (docs/howto/llm-coder.md)",
            )

    @property
    def version(self) -> str:
        """The version of the coder: that of the prompt, and the model."""
        return f"{PROMPT_VERSION} {self.settings.model}"

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was left out so far, and why."""
        return tuple(sorted(_problems(self.tally)))

    def code(self, document: Document, lines: Sequence[Line]) -> list[Draft] | None:
        """Give the drafts of a document in reading order, all verified; None when it was not read."""
        if not lines:
            return []
        if not self.permitted(document.outlet):
            self.tally.stayed += 1
            return None
        if self._in_a_row >= _GIVE_UP_AFTER:
            self.tally.unasked += 1
            return None
        cast = Cast.of(self.ground.pack, document.day)
        scenes = [Scene(document, lines, cast, *window) for window in windows(lines)]
        parts = self._parts(scenes)
        for part in parts:
            self.exchanges.extend(part.exchanges)
            self.tally.add(part.tally)
        self._count_failures(parts)
        if all(part.tally.troubles and not part.exchanges for part in parts):
            return None
        drafts = _distinct(d for part in parts for d in part.drafts)
        if any(commands(_words(line)) for line in lines):
            drafts = [replace(d, flags=(*d.flags, INSTRUCTED)) for d in drafts]
        return sorted(drafts, key=lambda d: (d.sentence, d.cues[0].start if d.cues else 0))

    def _parts(self, scenes: Sequence[Scene]) -> list[_Part]:
        if len(scenes) == 1 or self.settings.parallel == 1:
            return [self._part(scene) for scene in scenes]
        with ThreadPoolExecutor(self.settings.parallel) as pool:
            return list(pool.map(self._part, scenes))

    def _count_failures(self, parts: Sequence[_Part]) -> None:
        """Stop asking an endpoint that answered nothing several texts in a row."""
        failed = all(part.tally.troubles and not part.exchanges for part in parts)
        self._in_a_row = self._in_a_row + 1 if failed and not self.cache.offline else 0

    def _part(self, scene: Scene) -> _Part:
        """Read one stretch: ask, sort what stands from what does not, ask once more for the latter."""
        part = _Part()
        shown = [(n, _words(scene.lines[n - 1])) for n in range(scene.first, scene.last + 1)]
        first = messages(shown)
        failed: list[_Failed] = []
        again: list[_Failed] = []
        kept = 0
        try:
            failed = again = self._round(first, scene, part)
            kept = len(part.drafts)
            if failed:
                again = self._round(repair(first, failed), scene, part)
        except LlmError as error:
            part.tally.troubles[error.trouble, error.message, error.advice] += 1
        _give_up(failed, again, len(part.drafts) - kept, part.tally)
        return part

    def _round(self, chat: Sequence[Message], scene: Scene, part: _Part) -> list[_Failed]:
        """Ask, keep the drafts that stand and give the claims that do not, with the reasons."""
        answer = read_claims(self._answer(chat, part))
        if isinstance(answer, str):
            return [(None, (answer,))]
        failed: list[_Failed] = []
        for claim in answer.claims:
            if _obeys(claim, scene):
                part.tally.instructed += 1
                continue
            try:
                part.drafts.append(self._draft(claim, scene))
            except Unfit as unfit:
                failed.append((claim, unfit.reasons))
        return failed

    def _draft(self, claim: ReplyClaim, scene: Scene) -> Draft:
        draft = draft_of(claim, scene, self.version)
        if reasons := verify(draft, scene.document, scene.lines):
            raise Unfit(*reasons)
        return draft

    def _answer(self, chat: Sequence[Message], part: _Part) -> str:
        """Give the model's words, from the cache if it was asked before."""
        schema = json_schema()
        request = digest_of(chat, schema, self.settings)
        raw = self.cache.get(request)
        content = None
        if raw is not None:
            try:
                content = content_of(raw)
            except LlmError:
                raw = None
        if raw is None:
            if self.cache.offline:
                raise LlmError(
                    Trouble.NOT_RECORDED,
                    "the second coder's answer is not on record",
                    "run `truceline read TEXTS --mission MISSION --coder both`",
                )
            reply = ask(chat, schema, self.settings, self.transport, self.sleep)
            raw, content = reply.raw, reply.content
            self.cache.put(request, raw)
        part.exchanges.append(
            Exchange(
                request=request,
                raw=raw,
                model=self.settings.model,
                prompt_version=PROMPT_VERSION,
            )
        )
        return content or ""


def _give_up(
    failed: Sequence[_Failed], again: Sequence[_Failed], mended: int, tally: Tally
) -> None:
    """Count what was not mended; a claim that the second answer leaves out is dropped as well."""
    lost = sum(1 for claim, _ in failed if claim is not None) - mended
    tally.dropped += max(lost, sum(1 for claim, _ in again if claim is not None))
    tally.unread += sum(1 for claim, _ in again if claim is None)
    tally.reasons.update(reason for _, why in again or failed for reason in why)


def windows(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Cut a document into stretches that fit a request: the first and last sentence, from 1."""
    first, size = 0, 0
    for number, line in enumerate(lines):
        length = line.sentence.end - line.sentence.start
        full = size + length > _MOST_CHARACTERS or number - first >= _MOST_SENTENCES
        if number > first and full:
            yield first + 1, number
            first, size = number, 0
        size += length
    yield first + 1, len(lines)


def party_names(pack: Pack) -> tuple[str, ...]:
    """Give the English names of the parties, by which an endpoint is probed and known."""
    parties = sorted((s for s in pack.sides if s.kind is SideKind.PARTY), key=lambda s: s.id)
    return tuple(
        next((a.text for a in side.state if a.language == "en"), side.id) for side in parties
    )


def endpoint_of(settings: LlmSettings, names: Sequence[str]) -> str:
    """Give the digest an accepted endpoint is known by: address, model, prompt and parties."""
    return endpoint_digest(settings.url, settings.model, PROMPT_VERSION, names)


def _words(line: Line) -> str:
    return line.text[line.sentence.start : line.sentence.end]


def _obeys(claim: ReplyClaim, scene: Scene) -> bool:
    """Answer whether a claim is drawn out of a sentence that speaks to a machine."""
    cited = [n for n in claim.sentences if scene.first <= n <= scene.last]
    return any(commands(_words(scene.lines[n - 1])) for n in cited)


def _distinct(drafts: Iterator[Draft]) -> list[Draft]:
    """Keep the first of drafts that say the same of the same words."""
    seen: dict[object, Draft] = {}
    for d in drafts:
        seen.setdefault((d.quote, d.stance, d.acts, d.layers, d.actors, d.targets, d.cues), d)
    return list(seen.values())


def _problems(tally: Tally) -> Iterator[Problem]:
    if tally.stayed:
        yield _problem(
            Severity.NOTICE,
            f"{tally.stayed} text(s) were not sent to the LLM: no permission",
            "allow it for their source, if its terms let the text leave the machine",
        )
    if tally.dropped:
        reason, _ = min(tally.reasons.items(), key=lambda r: (-r[1], r[0]))
        yield _problem(
            Severity.WARNING,
            f"{tally.dropped} claim(s) of the LLM did not stand on their text, even when asked "
            f"again, and were left out; most often: {reason}",
            "read the sentences in review, or use a model that quotes more faithfully",
        )
    if tally.unread:
        yield _problem(
            Severity.WARNING,
            f"{tally.unread} answer(s) of the LLM could not be read, even twice",
            "use a server that enforces response_format json_schema",
        )
    if tally.instructed:
        yield _problem(
            Severity.WARNING,
            f"{tally.instructed} claim(s) of the LLM came from sentences that give orders to a "
            "machine, and were left out",
            "read the flagged texts yourself: somebody may be tampering with them",
        )
    if tally.unasked:
        yield _problem(
            Severity.WARNING,
            f"{tally.unasked} text(s) were not sent: the endpoint kept failing",
            "mend the endpoint and run again; the other coders read them",
        )
    for (trouble, message, advice), count in tally.troubles.items():
        told = Severity.NOTICE if trouble is Trouble.NOT_RECORDED else Severity.WARNING
        yield _problem(told, f"{message} ({count} request(s))", advice)


def _problem(severity: Severity, message: str, advice: str) -> Problem:
    return Problem(severity=severity, file=WHERE, message=message, advice=advice)
