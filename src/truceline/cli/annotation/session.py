"""A session at the terminal: sentence by sentence, each on the disk before the next is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from truceline.cli.annotation.codes import CodeError, Place, Words, changed, code_of, new_claim
from truceline.cli.annotation.gold import GoldClaim, GoldFile, GoldSentence, gold_of
from truceline.cli.terminal import say
from truceline.errors import MissionError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from truceline.cli.texts import ReadText

HELP = """\
  enter        keep the claims shown (or none) and go on
  CODE         add a claim: a AZ>AM shell @Hadrut t=2020-10-10 n=killed:9 by=AM ~
               stance, ACTOR>TARGET, act, @place, t=time, n=count, by=speaker, ~ hedged,
               m=modality or attitude, q="words of the sentence"; ? is unresolved;
               every word is completed by its beginning
  e N CODE     edit claim N: the fields named are set (s= sets the stance)
  x N          delete claim N
  u            undo: the last change here, else the sentence before
  ?            this help
  q            quit; the sentence shown is asked again next time"""


@dataclass
class Task:
    """One text to annotate: its sentences, what the rules offer, and where the lines go."""

    found: ReadText
    gold: GoldFile
    words: Words
    zone: tzinfo | None
    blind: bool

    def __post_init__(self) -> None:
        """Refuse a file whose sentences are not those of the text as it is cut now."""
        for number, line in self.gold.done.items():
            if number >= self.size or self.place(number) != (line.start, line.end):
                raise MissionError(
                    f"{self.gold.path}: sentence {number} does not stand where the file says",
                    "the text is cut otherwise than when the file was begun; name another --out",
                )

    @property
    def size(self) -> int:
        """How many sentences there are."""
        return len(self.found.one.document.sentences)

    def place(self, number: int) -> tuple[int, int]:
        """Give where a sentence stands in the text."""
        sentence = self.found.one.document.sentences[number]
        return sentence.start, sentence.end

    def sentence(self, number: int) -> Place:
        """Give the words of a sentence with their place."""
        start, end = self.place(number)
        text = self.found.one.document.text
        return Place(text=text[start:end], start=start, whole=len(text))

    def offered(self, number: int) -> tuple[GoldClaim, ...]:
        """Give what is there to begin with: the annotated claims, else the rules' unless blind."""
        if number in self.gold.done:
            return self.gold.done[number].claims
        if self.blind:
            return ()
        one = self.found.one
        pairs = zip(one.claims, one.sentences, strict=True)
        return tuple(gold_of(claim, self.zone) for claim, at in pairs if at == number)

    def keep(self, number: int, claims: tuple[GoldClaim, ...]) -> None:
        """Write a sentence's line."""
        start, end = self.place(number)
        self.gold.write(
            GoldSentence(sentence=number, start=start, end=end, blind=self.blind, claims=claims)
        )

    def following(self, number: int) -> int:
        """Give the first sentence from one on that has no line yet."""
        while number in self.gold.done:
            number += 1
        return number


@dataclass
class Session:
    """Asks for every sentence; `ask` gives one line typed, None when there are no more.

    `strict`: nobody sees what is answered, so the first line that is not understood ends it.
    """

    task: Task
    ask: Callable[[], str | None]
    strict: bool = False
    at: int = 0
    claims: list[GoldClaim] = field(default_factory=list)
    before: list[tuple[GoldClaim, ...]] = field(default_factory=list)

    def run(self) -> bool:
        """Go on until the end or until the person quits; False where a line ended a strict session."""
        self._open(self.task.following(0))
        while self.at < self.task.size:
            line = self.ask()
            if line is None or line.strip() == "q":
                return True
            try:
                self._do(line.strip())
            except CodeError as error:
                say(f"  not understood: {error}")
                if self.strict:
                    return False
        return True

    def _open(self, number: int) -> None:
        self.at, self.before = number, []
        if number < self.task.size:
            self.claims = list(self.task.offered(number))
            self._show()

    def _show(self) -> None:
        place = self.task.sentence(self.at)
        say(f"\n[{self.at + 1} of {self.task.size}] {' '.join(place.text.split())}")
        for number, claim in enumerate(self.claims, 1):
            say(f"  {number}. {code_of(claim, place)}")

    def _do(self, line: str) -> None:
        """Do what one line says; raises CodeError and changes nothing where it is not understood."""
        word, _, rest = line.partition(" ")
        if not line:
            self.task.keep(self.at, tuple(self.claims))
            self._open(self.task.following(self.at))
        elif line == "?":
            say(HELP)
        elif line == "u":
            self._undo()
        elif word in {"e", "x"}:
            self._change(word, rest)
        else:
            added = new_claim(line, self.task.words, self.task.sentence(self.at))
            self._set([*self.claims, added])

    def _change(self, word: str, rest: str) -> None:
        number, _, code = rest.strip().partition(" ")
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= len(self.claims)):
            msg = f"{word} {number}: there is no such claim here"
            raise CodeError(msg)
        at = int(number) - 1
        claims = list(self.claims)
        if word == "x":
            del claims[at]
        else:
            claims[at] = changed(claims[at], code, self.task.words, self.task.sentence(self.at))
        self._set(claims)

    def _set(self, claims: list[GoldClaim]) -> None:
        self.before.append(tuple(self.claims))
        self.claims = claims
        self._show()

    def _undo(self) -> None:
        """Take back the last change here; with none, open the sentence before with what it had."""
        if self.before:
            self.claims = list(self.before.pop())
            self._show()
            return
        earlier = [number for number in self.task.gold.done if number < self.at]
        if not earlier:
            msg = "there is nothing to undo"
            raise CodeError(msg)
        self._open(max(earlier))
        self.task.gold.drop(self.at)
