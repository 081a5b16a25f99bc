"""The shapes of `pack.yaml` and of a lexicon: every key of a data pack, and what may stand there."""

from __future__ import annotations

from truceline.model.acts import Act
from truceline.model.coding import Attitude, Measure, Qualifier
from truceline.model.evidence import Stance
from truceline.model.pack import ActorKind, AliasKind, SideKind
from truceline.terms.acts import act_hint
from truceline.terms.calendar import DATE_PATTERN
from truceline.terms.shape import Fields, Listing, Maybe, Shape, Table, Text, Word
from truceline.terms.shapes import ANY, FILE_ID

PHRASES = Listing(ANY)
_LANGUAGE = Text(pattern=r"^[a-z]{2,3}$", expected="a language code of two or three letters")
_KEY = Text(pattern=r"^[a-z0-9_:+.-]+$", expected="a key of small letters, digits and _")
_ID = Text(pattern=FILE_ID, expected="an id of letters, digits, dots, dashes", defines="actor")
_SIDE_ID = Text(pattern=FILE_ID, expected="an id of letters, digits, dots, dashes", defines="side")
_SIDE = Text(refers=("side",))
_DATE = Maybe(Text(pattern=DATE_PATTERN, expected="a day such as 2018-05-08"))
_NAMES = Table(keys=_LANGUAGE, of=Listing(ANY, least=1), least=1)
# The key under which names stand, by the kind of alias they are.
NAME_KEYS = {
    "names": AliasKind.OFFICIAL,
    "exonyms": AliasKind.EXONYM,
    "transliterations": AliasKind.TRANSLITERATION,
    "mt_variants": AliasKind.MT_VARIANT,
}
_BY_KIND: dict[str, Shape] = dict.fromkeys(NAME_KEYS, _NAMES)
PACK = Fields(
    must={
        "id": Text(pattern=FILE_ID, expected="an id of letters, digits, dots, dashes"),
        "title": ANY,
        "languages": Listing(_LANGUAGE, least=1),
        "sides": Listing(
            Fields(
                must={"id": _SIDE_ID, "kind": Word.of(SideKind), "state": _NAMES},
                may={
                    "bound_through": _SIDE, "people": _NAMES, "capital": _NAMES,
                    "mt_variants": _NAMES,
                },
            )
        ),
        "actors": Listing(
            Fields(
                must={"id": _ID, "kind": Word.of(ActorKind)},
                may={
                    "side": _SIDE,
                    "offices": Listing(
                        Fields(
                            must={"role": _KEY},
                            may={"side": _SIDE, "since": _DATE, "until": _DATE},
                        ),
                        least=1,
                    ),
                    **_BY_KIND,
                },
            )
        ),
    },
    may={
        "uses": Listing(ANY),
        "zone": Fields(must={"clock": ANY, "rule": ANY}, may={}),
        "opponents": Listing(Listing(_SIDE, least=2)),
        "place_names": Listing(
            Fields(must={"place": Text(refers=("place",))}, may=_BY_KIND), least=1
        ),
        "lexicon": Table(
            keys=_LANGUAGE, of=Table(keys=_KEY, of=Table(keys=_KEY, of=PHRASES))
        ),
    },
)  # fmt: skip

_ACTS = Word(tuple(act.value for act in Act if act is not Act.UNRESOLVED), act_hint)
_STANCES = Word((
    *(s.value for s in Stance if s is not Stance.UNRESOLVED), *(a.value for a in Attitude),
    "found_nothing", "could_not_determine", "under_investigation", "vouches_for_nothing", "says", "unsaid",
))  # fmt: skip
# The classes of cue words, and the keys that each may have; docs/reference/packs.md explains them.
CLASSES: dict[str, Word | Text] = {
    "speech": _STANCES,
    "source": Word(("according_to", "reported_by", "document", "pointer")),
    "acts": _ACTS,
    "instruments": _ACTS,
    "roles": _KEY,
    "forces": Word(("forces", "positions", "territory")),
    "others": Word(("both", "each_other", "other", "enemy", "own", "victims")),
    "modality": Word(("possible", "planned", "wanted", "conditional")),
    "hedges": Word(("hedge",)),
    "negation": Word(("not", "false", "without")),
    "counts": Word.of(Measure),
    "persons": Word(("civilian", "military", "unknown")),
    "numbers": _KEY,
    "qualifiers": Word.of(Qualifier),
    "cumulative": Word(("cumulative",)),
    "background": Word(("background",)),
    "months": _KEY,
    "weekdays": _KEY,
    "day_parts": _KEY,
    "relative": _KEY,
    "zones": _KEY,
    "units": _KEY,
    "place_words": Word(("settlement", "district", "area", "direction", "not_scene")),
    "grammar": _KEY,
    "irregular": Text(),
}
LEXICON = Fields(
    must={
        "language": _LANGUAGE,
        "lemmas": Word(("suffix", "pymorphy", "stem", "none")),
    },
    may={name: Table(keys=keys, of=PHRASES) for name, keys in CLASSES.items()},
)
