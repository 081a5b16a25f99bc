"""Who is named: words to sides, persons, organs and offices, with what was not understood flagged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.model.pack import ActorKind, AliasKind
from truceline.read.naming.actor import (
    CAPITAL,
    FORCES,
    PAIR,
    PEOPLE,
    POSITIONS,
    STATE,
    TERRITORY,
    VOICE,
    Actor,
)
from truceline.read.naming.alike import FLAG

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from truceline.read.naming.cast import Cast
    from truceline.read.naming.lexicon import Hit
    from truceline.read.naming.wording import Words
    from truceline.text.tokens import Token

FLAGGED_KINDS = {
    AliasKind.MT_VARIANT: "name_by_machine_translation",
    AliasKind.TRANSLITERATION: "name_by_transliteration",
}
_NAMES = frozenset({"side", "actor", "place", "roles", "forces"})
_OPENING = frozenset({"side", "actor", "roles"})
_LINKS = frozenset({",", "/", "&"})
_FORMS = {"forces": FORCES, "positions": POSITIONS, "territory": TERRITORY}
_ADJECTIVES, _MOST_LISTED, _NAME_WORDS = 2, 6, 3


_ORGANS = frozenset(
    {
        "ministry",
        "ministry_of_defence",
        "ministry_of_foreign_affairs",
        "authorities",
        "military",
        "general_staff",
        "prosecutor",
        "police",
        "parliament",
        "security_service",
    }
)


def actors_in(
    tokens: Sequence[Token], hits: Sequence[Hit], cast: Cast, words: Words
) -> list[Actor]:
    """Give the mentions of a sentence in reading order; none overlaps another."""
    by_start: dict[int, list[Hit]] = {}
    for hit in hits:
        by_start.setdefault(hit.i, []).append(hit)
    found: list[Actor] = []
    done = 0
    for i in sorted({hit.i for hit in hits if hit.cls in _OPENING}):
        if i < done:
            continue
        mention = _Maker(tokens, by_start, cast, words).at(i)
        if mention is not None:
            found.append(mention)
            done = mention.j
    return found


@dataclass(frozen=True, slots=True)
class _Maker:
    """Puts adjacent names, adjectives and role words together into one mention."""

    tokens: Sequence[Token]
    hits: Mapping[int, list[Hit]]
    cast: Cast
    words: Words

    def at(self, i: int) -> Actor | None:
        """Give the mention that begins at a word, None when none does."""
        if self._compound(i):
            return None
        if self._first(i, "side") and (joint := self._joint(i)):
            return joint
        if actor := self._first(i, "actor"):
            return self._joined(self._staffed(self._actor(actor)))
        if side := self._first(i, "side"):
            return self._side(side)
        if role := self._first(i, "roles"):
            return self._role(role)
        return None

    def _compound(self, i: int) -> bool:
        """Answer whether a name only tells the kind of somebody else: `X-backed`, `pro-X`."""
        side = self._first(i, "side")
        if side is None:
            return False
        after = side.j < len(self.tokens) and self.tokens[side.j].hyphen
        named = any(h.cls in _NAMES for h in self.hits.get(side.j, ()))
        if after and (self._has(side.j, "compound") or not named):
            return True
        if self.tokens[i].hyphen and self._has(i - 1, "compound_before"):
            return True
        return self._has(i, "also_person") and (self._name_part(i - 1) or self._name_part(side.j))

    def _name_part(self, i: int) -> bool:
        """Answer whether a word is the other half of a person's name: `Michael Jordan`."""
        token = self.tokens[i] if 0 <= i < len(self.tokens) else None
        plain = token is not None and token.word and token.capital and not token.text.isupper()
        return plain and not self.hits.get(i) and not (token and token.possessive)

    def _first(self, i: int, cls: str) -> Hit | None:
        return next((h for h in self.hits.get(i, ()) if h.cls == cls), None)

    def _person(self, i: int) -> Hit | None:
        """Give the name of a person that begins at a word."""
        found = self._first(i, "actor")
        person = found is not None and self.cast.actors[found.key].kind is ActorKind.PERSON
        return found if person else None

    def _has(self, i: int, key: str) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].norm in self.words[key]

    def _linked(self, i: int) -> int:
        """Give the first token after commas, `and` and articles."""
        while i < len(self.tokens) and (
            self.tokens[i].text in _LINKS or self._has(i, "joiner") or self._has(i, "article")
        ):
            i += 1
        return i

    def _all(self, i: int, cls: str) -> list[Hit]:
        return [h for h in self.hits.get(i, ()) if h.cls == cls]

    def _actor(self, hit: Hit, i: int | None = None, role: str | None = None) -> Actor:
        mine = self.cast.actors[hit.key]
        day = self.cast.day
        office = mine.office_on(day)
        side = mine.side_on(day)
        flags = [FLAGGED_KINDS[hit.entry.kind]] if hit.entry.kind in FLAGGED_KINDS else []
        if mine.kind is ActorKind.PERSON and mine.offices and office is None:
            flags.append("office_not_held_then" if day else "office_not_dated")
        return Actor(
            hit.i if i is None else i,
            hit.j,
            VOICE,
            (mine.id,),
            (side,) if side else (),
            role or (office.role if office else None),
            mine.kind,
            tuple(flags),
        )

    def _staffed(self, organ: Actor) -> Actor:
        """Give `Armenian Defence Ministry spokesperson Shushan Stepanyan` as one mention."""
        owned = organ.j < len(self.tokens) and self.tokens[organ.j].possessive
        role = self._first(organ.j + 1 if owned else organ.j, "roles")
        if role is not None and organ.kind is ActorKind.ORGANISATION:
            # "ICRC President X": who speaks for it, known or not.
            return replace(organ, j=self._name_end(self._last_role(role)[0]))
        if organ.kind is not ActorKind.ORGAN or role is None or not organ.sides:
            return organ
        return self._with_person(organ.i, role, organ.sides[0], organ.flags)

    def _joined(self, actor: Actor) -> Actor:
        """Take a role that follows a name into it: `Peskov, the press secretary, ...` stays apart."""
        j = actor.j
        if j < len(self.tokens) and self.tokens[j].norm == "s" and self.tokens[j].possessive:
            j += 1
        return Actor(
            actor.i,
            j,
            actor.form,
            actor.ids,
            actor.sides,
            actor.role,
            actor.kind,
            actor.flags,
            actor.unresolved,
        )

    def _side(self, hit: Hit) -> Actor:
        """Give a side, or the organ, forces or ground that a following noun makes of it."""
        flags = (FLAGGED_KINDS[hit.entry.kind],) if hit.entry.kind in FLAGGED_KINDS else ()
        noun = hit.j + 1 if hit.j < len(self.tokens) and self.tokens[hit.j].possessive else hit.j
        if made := self._with_noun(hit, noun, flags):
            return made
        if actor := self._first(noun, "actor"):
            return self._actor(actor, hit.i)
        plural = hit.entry.form == PEOPLE and self._plural(hit)
        form = STATE if plural else hit.entry.form
        return Actor(hit.i, max(hit.j, noun), form, (), (hit.key,), flags=flags)

    def _with_noun(self, hit: Hit, noun: int, flags: tuple[str, ...]) -> Actor | None:
        """Read `the Armenian armed forces`; up to two plain words may stand between."""
        for at in range(noun, noun + _ADJECTIVES + 1):
            if self._adjective(noun, at):
                if role := self._first(at, "roles"):
                    return self._with_person(hit.i, role, hit.key, flags)
                if forces := self._first(at, "forces"):
                    end = max(h.j for h in self._all(at, "forces"))
                    return Actor(hit.i, end, _FORMS[forces.key], (), (hit.key,), flags=flags)
            if self._stops(at):
                break
        return None

    def _adjective(self, first: int, last: int) -> bool:
        return all(t.word and not t.capital for t in self.tokens[first:last])

    def _stops(self, at: int) -> bool:
        if at >= len(self.tokens):
            return True
        token = self.tokens[at]
        return not token.word or any(
            h.cls in {"speech", "acts", "grammar", "place", "side"} for h in self.hits.get(at, ())
        )

    def _plural(self, hit: Hit) -> bool:
        """Answer whether the word means people, not a quality: `the Armenians`."""
        last = self.tokens[hit.j - 1].norm
        side = self.cast.sides[hit.key]
        return last.endswith("s") and any(a.text.casefold() + "s" == last for a in side.people)

    def _with_person(self, i: int, role: Hit, side: str, flags: tuple[str, ...]) -> Actor:
        """Give `Russian President Vladimir Putin`, or the bare office of a side."""
        j, key = self._last_role(role)
        if person := self._person(j):
            found = self._actor(person, i)
            return Actor(
                i,
                person.j,
                VOICE,
                found.ids,
                found.sides or (side,),
                key,
                ActorKind.PERSON,
                (*flags, *found.flags),
            )
        end = self._name_end(j)
        if end > j:
            alike = self.cast.alike(self._words(j, end), side=side)
            ids, flags = ((alike.id,), (*flags, FLAG)) if alike is not None else ((), flags)
            return Actor(i, end, VOICE, ids, (side,), key, ActorKind.ORGAN, flags)
        holder = self.cast.holder(side, key)
        return Actor(i, j, VOICE, holder, (side,), key, ActorKind.ORGAN, flags)

    def _words(self, i: int, j: int) -> str:
        return " ".join(t.text for t in self.tokens[i:j])

    def _last_role(self, role: Hit) -> tuple[int, str]:
        """Give the role meant by `President's press secretary`: the last one, and where it ends."""
        j, key = role.j, role.key
        while True:
            at = j + 1 if j < len(self.tokens) and self.tokens[j].possessive else j
            nested = None if self._has(at, "of") else self._first(at, "roles")
            if nested is None:
                return j, key
            j, key = nested.j, nested.key

    def _name_end(self, j: int) -> int:
        """Take an unknown capitalised name after a role into the mention: at most three words."""
        end = j
        while (
            end < min(j + _NAME_WORDS, len(self.tokens))
            and self.tokens[end].word
            and self._personal(end)
        ):
            end += 1
        return end

    def _personal(self, at: int) -> bool:
        """Answer whether a word may be a person's name; in a text all in capitals none can be told."""
        token = self.tokens[at]
        shouted = len(token.text) > 1 and token.text.isupper()
        return token.capital and not shouted and not self.hits.get(at)

    def _role(self, hit: Hit) -> Actor | None:
        """Give `Ministry of Defence of Azerbaijan`, a role before a name, or a bare role."""
        if person := self._person(hit.j):
            return self._actor(person, hit.i, hit.key)
        at = hit.j
        speaks = hit.key == "spokesperson"
        while at < hit.j + _ADJECTIVES and (
            self._has(at, "of")
            or self._has(at, "article")
            or (speaks and self._has(at, "speaks_for"))
        ):
            at += 1
        if side := self._first(at, "side"):
            return self._listed(hit, self._side(side))
        if hit.key in _ORGANS and (seat := self._seat(hit.j)) is not None:
            return Actor(hit.i, seat.j, VOICE, (), (seat.key,), hit.key, ActorKind.ORGAN)
        inner = self._inside(at) if at > hit.j else None
        if inner is not None:
            return Actor(
                hit.i, inner.j, VOICE, inner.ids, inner.sides, hit.key, inner.kind, inner.flags
            )
        return self._named_alike(hit)

    def _named_alike(self, hit: Hit) -> Actor:
        """Give who holds a role by a name that is spelt nearly as one of the pack, else the bare role."""
        unknown = self._unknown(hit)
        flags = ("actor_unresolved",) if unknown else ()
        end = self._name_end(hit.j)
        alike = None
        if end > hit.j and not unknown:
            alike = self.cast.alike(self._words(hit.j, end), role=hit.key)
        if alike is None:
            return Actor(hit.i, end, VOICE, (), (), hit.key, ActorKind.ORGAN, flags, unknown)
        sides = tuple(filter(None, (alike.side_on(self.cast.day),)))
        return Actor(hit.i, end, VOICE, (alike.id,), sides, hit.key, ActorKind.PERSON, (FLAG,))

    def _seat(self, at: int) -> Hit | None:
        """Give the capital in `the defence ministry in Baku`, which tells whose it is."""
        side = self._first(at + 1, "side") if self._has(at, "in") else None
        return side if side is not None and side.entry.form == CAPITAL else None

    def _unknown(self, role: Hit) -> tuple[str, ...]:
        """Give the names before a role that no pack knows: `the Arab and Asian foreign ministers`."""
        found: list[str] = []
        i = role.i - 1
        while not self.tokens[role.i].capital and len(found) < _MOST_LISTED and self._name_part(i):
            if i == 0 and not found:
                break  # the first word of a sentence has a capital anyway
            found.append(self.tokens[i].text)
            if not (self._has(i - 1, "joiner") or (i and self.tokens[i - 1].text == ",")):
                break
            i -= 2
        return tuple(reversed(found))

    def _inside(self, at: int) -> Actor | None:
        """Give whose role it is in `spokesman of the Ministry of Defence of A`."""
        if actor := self._first(at, "actor"):
            return self._actor(actor)
        nested = self._first(at, "roles")
        role = self._role(nested) if nested is not None else None
        return role if role is not None and role.sides else None

    def _listed(self, role: Hit, first: Actor) -> Actor:
        """Give `the foreign ministers of A, B and C` as one mention of three sides."""
        sides, flags, j = list(first.sides), list(first.flags), first.j
        while j < len(self.tokens):
            at = self._linked(j)
            side = self._first(at, "side")
            if at == j or side is None:
                break
            sides.append(side.key)
            j = side.j
        many = tuple(dict.fromkeys(sides))
        ids = () if len(many) > 1 else self.cast.holder(many[0], role.key)
        form = PAIR if len(many) > 1 else VOICE
        return Actor(role.i, j, form, ids, many, role.key, ActorKind.ORGAN, tuple(flags))

    def _joint(self, i: int) -> Actor | None:
        """Give `the Russian, Arab and Asian foreign ministers`; adjectives not known are flagged."""
        at, sides, unknown = i, list[str](), list[str]()
        for _ in range(_MOST_LISTED):
            found = self._quality(at, first=at == i)
            if found is None:
                return None
            at, name, known = found
            (sides if known else unknown).append(name)
            if role := self._first(at, "roles"):
                if len(sides) + len(unknown) == 1:
                    return None
                flags = ("actor_unresolved",) if unknown else ()
                return Actor(
                    i,
                    role.j,
                    PAIR,
                    (),
                    tuple(dict.fromkeys(sides)),
                    role.key,
                    ActorKind.ORGAN,
                    flags,
                    tuple(unknown),
                )
            following = self._linked(at)
            if following == at:
                return None
            at = following
        return None

    def _quality(self, at: int, *, first: bool) -> tuple[int, str, bool] | None:
        """Give the next member of a list of adjectives: its end, its side or word, whether it is known."""
        if at >= len(self.tokens):
            return None
        hit = next((h for h in self._all(at, "side") if h.entry.form in {PEOPLE, STATE}), None)
        if hit is not None:
            return hit.j, hit.key, True
        token = self.tokens[at]
        if token.word and token.capital and not first and not self.hits.get(at):
            return at + 1, token.text, False
        return None
