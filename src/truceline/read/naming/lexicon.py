"""Every phrase of a data pack in one automaton: a text's words to the cues and names in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from truceline.model.pack import AliasKind
from truceline.read.naming.wording import Words
from truceline.text.lemmas import lemmatiser
from truceline.text.tokens import Token, tokens_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from truceline.model.pack import Alias, Lexicon, Pack
    from truceline.model.place_time import GazetteerEntry

GAP, PREFIX = "~", "*"
LONGEST_GAP = 4
MOST_PASSED = 2
_SHORT_NAME = 3
NAME_CLASSES = frozenset({"side", "actor", "place"})
_PLAIN_CLASSES = ("irregular",)
# Of the small words only these are looked for as phrases; the others are asked for by word.
_PHRASED_GRAMMAR = frozenset({"be", "by", "of", "from", "in", "determiner"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase stands for: class and key of a cue, or what a name names.

    `form` is how a side is named (state, people, capital); `kind` where a name comes from;
    `small` whether a name is itself written in small letters.
    """

    cls: str
    key: str
    form: str = ""
    kind: AliasKind = AliasKind.OFFICIAL
    exact: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at tokens `i` up to `j` (exclusive), with the class and key of its entry.

    `group` is the class within which the longest phrase wins; all names are one.
    """

    entry: Entry
    i: int
    j: int
    cls: str
    key: str
    group: str


@dataclass(slots=True)
class _Node:
    after: dict[str, _Node] = field(default_factory=dict)
    prefixes: list[tuple[str, _Node]] = field(default_factory=list)
    gap: _Node | None = None
    entries: list[Entry] = field(default_factory=list)

    @property
    def leaf(self) -> bool:
        """Answer whether no phrase goes on from here."""
        return not (self.after or self.prefixes or self.gap)


@dataclass(slots=True)
class Matcher:
    """Finds the phrases of one language; build it once, it is not changed by use."""

    lexicon: Lexicon
    lemma: Callable[[str], str]
    determiners: frozenset[str]
    words: Words
    root: _Node = field(default_factory=_Node)

    @classmethod
    def of(cls, pack: Pack, language: str, places: Iterable[GazetteerEntry]) -> Matcher:
        """Build the matcher of a language from a pack and the places of a mission."""
        lexicon = pack.lexicons[language]
        phrases = list(_phrases(lexicon))
        vocabulary = {
            token.norm for phrase, _ in phrases for token in tokens_of(phrase) if token.word
        }
        irregular = {
            token.norm: base
            for base, forms in lexicon.classes.get("irregular", {}).items()
            for form in forms
            for token in tokens_of(form)
        }
        names = list(_names(pack, language, places))
        if lexicon.lemmas in {"stem", "pymorphy"}:
            vocabulary |= {t.norm for text, _ in names for t in tokens_of(text) if t.word}
        kind = f"pymorphy:{language}" if lexicon.lemmas == "pymorphy" else lexicon.lemmas
        regular = lemmatiser(kind, frozenset(vocabulary))
        determiners = lexicon.classes.get("grammar", {}).get("determiner", ())
        matcher = cls(
            lexicon=lexicon,
            lemma=lambda word: irregular.get(word) or regular(word),
            determiners=frozenset(t.norm for d in determiners for t in tokens_of(d)),
            words=Words.of(lexicon),
        )
        for phrase, entry in phrases:
            matcher._add(phrase, entry)
        for phrase, entry in names:
            matcher._add(phrase, entry)
        return matcher

    def _add(self, phrase: str, entry: Entry) -> None:
        """Enter a phrase; in an inflected language each word is entered by its lemma.

        Points inside count (`U.S`); one at the end may be left out in a text.
        """
        inflected = self.lexicon.lemmas == "pymorphy"
        node = self.root
        pointed = phrase.endswith(".")
        phrase = phrase.rstrip(".")
        for word in phrase.replace(GAP, f" {GAP} ").split():
            if word == GAP:
                node.gap = node.gap or _Node()
                node = node.gap
                continue
            stem = word.endswith(PREFIX)
            for token in tokens_of(word.rstrip(PREFIX)):
                if not (token.word or token.number or token.text == "."):
                    continue
                name = self.lemma(token.norm) if inflected and not stem else token.norm
                node = _prefixed(node, name) if stem else node.after.setdefault(name, _Node())
        ends = [node, *([node.after.setdefault(".", _Node())] if pointed else [])]
        for last in ends if node is not self.root else ():
            if entry not in last.entries:
                last.entries.append(entry)

    def lemmatise(self, tokens: Iterable[Token]) -> None:
        """Set the lemma of every word."""
        lemma = self.lemma
        for token in tokens:
            if token.word:
                token.lemma = lemma(token.norm)

    def hits(self, tokens: Sequence[Token], first: int, last: int) -> list[Hit]:
        """Find the longest phrase of every class at every word of `first` up to `last`."""
        found: list[Hit] = []
        after, prefixes = self.root.after, self.root.prefixes
        for i in range(first, last):
            token = tokens[i]
            node = after.get(token.norm)
            other = after.get(token.lemma) if token.lemma != token.norm else None
            if node is None and other is None and not prefixes:
                continue
            single = node if other is None else other if node is None else None
            if single is not None and not prefixes and self._alone(single, tokens, i + 1, last):
                found.extend(
                    _hit(entry, i, i + 1)
                    for entry in single.entries
                    if _fits(entry, tokens, i, i + 1)
                )
            else:
                found.extend(self._at(tokens, i, last))
        return found

    def _alone(self, node: _Node, tokens: Sequence[Token], at: int, last: int) -> bool:
        """Answer whether no phrase can go on from a word: the quick way for most words of a text."""
        if node.leaf:
            return True
        if node.gap is not None or node.prefixes:
            return False
        if at >= last:
            return True
        token = tokens[at]
        after = node.after
        return not (token.norm in after or token.lemma in after or token.norm in self.determiners)

    def _at(self, tokens: Sequence[Token], i: int, last: int) -> Iterator[Hit]:
        best: dict[tuple[str, str], Hit] = {}
        for node, j in self._ends(tokens, i, last):
            for entry in node.entries:
                if not _fits(entry, tokens, i, j):
                    continue
                known = (entry.cls, entry.key)
                if known not in best or best[known].j < j:
                    best[known] = _hit(entry, i, j)
        if not best:
            return
        longest: dict[str, int] = {}
        for hit in best.values():
            longest[hit.group] = max(longest.get(hit.group, 0), hit.j)
        yield from (hit for hit in best.values() if hit.j == longest[hit.group])

    def _ends(self, tokens: Sequence[Token], i: int, last: int) -> Iterator[tuple[_Node, int]]:
        """Walk the automaton from one word; determiners inside a phrase may be passed over."""
        open_nodes: list[tuple[_Node, int, int, bool]] = [(self.root, i, 0, False)]
        while open_nodes:
            node, at, passed, ends = open_nodes.pop()
            if ends and node.entries:
                yield node, at
            if at >= last:
                continue
            token = tokens[at]
            following = [node.after.get(token.norm)]
            if token.lemma != token.norm:
                following.append(node.after.get(token.lemma))
            following.extend(n for prefix, n in node.prefixes if token.norm.startswith(prefix))
            open_nodes.extend((n, at + 1, passed, True) for n in following if n is not None)
            may_pass = at > i and passed < MOST_PASSED and token.norm in self.determiners
            if may_pass and (node.after or node.prefixes):
                open_nodes.append((node, at + 1, passed + 1, False))
            if node.gap is not None:
                jumps = self._jumps(tokens, node.gap, at, last)
                open_nodes.extend((n, to, passed, True) for n, to in jumps)

    def _jumps(
        self, tokens: Sequence[Token], node: _Node, at: int, last: int
    ) -> Iterator[tuple[_Node, int]]:
        for to in range(at, min(at + LONGEST_GAP + 1, last)):
            token = tokens[to]
            for name in {token.norm, token.lemma}:
                if (n := node.after.get(name)) is not None:
                    yield n, to + 1
            if not (token.word or token.number) and token.text in ".;:":
                return


def _prefixed(node: _Node, prefix: str) -> _Node:
    for known, child in node.prefixes:
        if known == prefix:
            return child
    child = _Node()
    node.prefixes.append((prefix, child))
    return child


def _phrases(lexicon: Lexicon) -> Iterator[tuple[str, Entry]]:
    for cls, keys in lexicon.classes.items():
        if cls in _PLAIN_CLASSES:
            continue
        for key, phrases in keys.items():
            if cls == "grammar" and key not in _PHRASED_GRAMMAR:
                continue
            for phrase in phrases:
                yield phrase, Entry(cls, key)


def _names(
    pack: Pack, language: str, places: Iterable[GazetteerEntry]
) -> Iterator[tuple[str, Entry]]:
    """Give every name; names in Latin letters are known in each language's text."""
    for side in pack.sides:
        for form, aliases in (
            ("state", side.state),
            ("people", side.people),
            ("capital", side.capital),
        ):
            yield from _aliases(aliases, language, "side", side.id, form)
    for actor in pack.actors:
        yield from _aliases(actor.aliases, language, "actor", actor.id, "")
    for place in places:
        for name in (place.name, *place.aliases):
            kind = pack.place_kinds.get(name, AliasKind.OFFICIAL)
            for part in name.split("/"):
                yield part, Entry("place", place.id, "", kind, _exact(part), part[:1].islower())


def _aliases(
    aliases: Iterable[Alias], language: str, cls: str, key: str, form: str
) -> Iterator[tuple[str, Entry]]:
    for alias in aliases:
        if alias.language in {language, "en"}:
            yield (
                alias.text,
                Entry(cls, key, form, alias.kind, _exact(alias.text), alias.text[:1].islower()),
            )


def _exact(name: str) -> str:
    """Give a short name that only counts in its own letters: `US` is no `us`."""
    bare = name.replace(".", "").replace(" ", "")
    return bare if len(bare) <= _SHORT_NAME and bare.isupper() else ""


def _hit(entry: Entry, i: int, j: int) -> Hit:
    group = "name" if entry.cls in NAME_CLASSES else entry.cls
    return Hit(entry, i, j, entry.cls, entry.key, group)


def _fits(entry: Entry, tokens: Sequence[Token], i: int, j: int) -> bool:
    """Answer whether words may be a name: capitals, unless the known variant is in small letters."""
    if entry.cls not in NAME_CLASSES:
        return True
    if entry.exact:
        return "".join(t.text for t in tokens[i:j] if t.word) == entry.exact
    words = [t for t in tokens[i:j] if t.word]
    if not words or not words[0].text[0].islower():
        return True
    return (
        entry.small
        or entry.kind is AliasKind.MT_VARIANT
        or not _cased(words[0].text)
        or entry.form == "people"
    )


def _cased(word: str) -> bool:
    return word[0].upper() != word[0].lower() and "A" <= word[0].upper() <= "Z"
