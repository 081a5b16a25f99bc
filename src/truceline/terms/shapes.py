"""The shapes of `mission.yaml` and of an agreement: every key, and what may stand there."""

from __future__ import annotations

from truceline.model.acts import Act
from truceline.model.agreement import Breach, Counting, EventKind, ExceptionKind, ProvisionKind
from truceline.model.arms import Weapon
from truceline.model.counting import CountingRule
from truceline.model.deed import Unit
from truceline.model.finding import GIVES, LADDER, CasualtyRule, Occurrence
from truceline.model.mission import AttributionMode, BodyPower, Bond, SourceRole
from truceline.terms.acts import act_hint
from truceline.terms.calendar import DATE_PATTERN, LOCAL_PATTERN
from truceline.terms.periods import PERIOD_PATTERN
from truceline.terms.shape import (
    ByKey,
    Fields,
    Listing,
    Maybe,
    Names,
    Number,
    OneOrMore,
    Shape,
    Tagged,
    Text,
    Undefined,
    Word,
)

ANY = Text()
TEXTS = Listing(ANY)
FILE_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
RULES = ("mission_zone",)
_LANGUAGE = Text(pattern=r"^[a-z]{2,3}$", expected="a language code of two or three letters")
LOCAL_TIME = Text(pattern=LOCAL_PATTERN, expected='a local time such as "2020-10-10 12:00"')
_SINCE = Text(
    pattern=rf"{LOCAL_PATTERN}|{DATE_PATTERN}",
    expected='a local time such as "2020-10-10 12:00", or a day where no hour is known',
)
_PERIOD = Text(pattern=PERIOD_PATTERN, expected="a period in ISO 8601 such as P60D or PT72H")
_ACTS = Word(tuple(act.value for act in Act if act is not Act.UNRESOLVED), act_hint)
_LAT, _LON = Number(-90, 90), Number(-180, 180)
_RADIUS = Number(0, 1000, above=True)
STATES = ("party", "force", "outsider")
SIDES = ("party", "force")


def _id(scope: str) -> Text:
    return Text(
        pattern=FILE_ID, expected="an id of letters, digits, dots, dashes", defines=scope
    )  # fmt: skip


def _ref(*scopes: str) -> Text:
    return Text(refers=scopes)


def _reading(scope: str) -> Fields:
    return Fields(
        must={
            "id": _id(scope), "text": ANY, "at": LOCAL_TIME, "held_by": ANY, "source": ANY,
        },
        may={"zone": ANY, "rule": Word(RULES)},
        one_of=("zone", "rule"),
    )  # fmt: skip


def _deadline(scope: str) -> ByKey:
    """Give the shape of a reading of when something is due or takes effect: an instant, or a period from a start."""
    period: dict[str, Shape] = {
        "id": _id(scope), "text": ANY, "period": _PERIOD, "from": ANY,
        "counting": Word.of(Counting), "held_by": ANY, "source": ANY,
    }  # fmt: skip
    return ByKey("period", Fields(must=period, may={}), _reading(scope))


_ANNOUNCED = Fields(
    must={"at": _SINCE, "by": ANY, "source": ANY},
    may={"zone": ANY, "rule": Word(RULES), "document": Word(("yes", "no"))},
    one_of=("zone", "rule"),
)
# Choices that nobody has made yet: `check` lists them until they are taken out.
UNSET = Listing(Fields(must={"what": ANY, "how": ANY}, may={}))
_EVENT = Fields(
    must={"id": _id(".event"), "kind": Word.of(EventKind), "text": ANY, "announced": _ANNOUNCED},
    may={
        "provisions": Listing(_ref(".provision"), least=1), "readings": Listing(_deadline(".moment"), least=1),
        "agreement": _ref("agreement"),
    },
)  # fmt: skip
_TITLED: dict[str, Shape] = {
    "id": _id(".provision"),
    "kind": Word.of(ProvisionKind),
    "title": ANY,
}
_AMBIGUITIES: dict[str, Shape] = {"ambiguities": Listing(_ref(".ambiguity"))}
_LIMITS: dict[str, Shape] = {
    "limits": Listing(
        Fields(
            must={
                "weapons": Listing(Word.of(Weapon, without=frozenset({Weapon.UNSTATED})), least=1),
                "areas": Listing(_ref(".zone"), least=1),
            },
            may={"calibre_from_mm": Number(0, 1000, above=True)},
        ),
        least=1,
    )
}
_NOTICE = Fields(
    must={"to": Listing(_ref("source", "body"), least=1), "ahead": _PERIOD}, may={}
)  # fmt: skip
_PROHIBITION = Fields(
    must={
        **_TITLED,
        "acts": Undefined(Listing(_ACTS, least=1)),
        "areas": Undefined(Listing(_ref(".zone"), least=1), also=("anywhere",)),
        "by": Listing(_ref(*SIDES), least=1),
    },
    may={
        **_AMBIGUITIES, **_LIMITS, "notice": _NOTICE, "against": ANY, "breach": Word.of(Breach), "exceptions": TEXTS, "qualifier": ANY,
    },
    list_needs=("acts", "breach"),
)  # fmt: skip
_OBLIGATION = Fields(
    must={
        **_TITLED,
        "deed": ANY,
        "debtors": Listing(_ref(*STATES, "body"), least=1),
        "due": Maybe(OneOrMore(_deadline(".moment"))),
        "acts": Listing(_ACTS),
    },
    may={
        **_AMBIGUITIES, **_LIMITS, "intermediary": _ref("source"), "every": _PERIOD, "prevents": Listing(_ref("force"), least=1),
        "quantity": Number(1, 1_000_000_000, whole=True), "unit": Word.of(Unit),
        "areas": Listing(_ref(".zone"), least=1),
    },
)  # fmt: skip
_UNDERTAKING = Fields(
    must={**_TITLED, "holders": Listing(_ref(*STATES, "body"), least=1), "acts": Listing(_ACTS)},
    may=_AMBIGUITIES,
)
_EXCEPTION = Fields(
    must={**_TITLED, "ground": Word.of(ExceptionKind), "by": Listing(_ref(*SIDES), least=1)},
    may={
        **_AMBIGUITIES,
        "provisions": Listing(_ref(".provision"), least=1),
        "preconditions": TEXTS,
    },
)
_MOMENT = Fields(
    must={"at": LOCAL_TIME}, may={"zone": ANY, "rule": Word(RULES)}, one_of=("zone", "rule")
)
_ZONE: dict[str, Shape] = {"id": _id(".zone"), "name": ANY}
_ZONE_MAY: dict[str, Shape] = {"since": _MOMENT, "until": _MOMENT, "marked": Word(("yes", "no"))}
_CIRCLE = Fields(must={**_ZONE, "lat": _LAT, "lon": _LON, "radius_km": _RADIUS}, may=_ZONE_MAY)
_ZONE_OF_PLACES = Fields(must={**_ZONE, "of": Listing(_ref("place"), least=1)}, may=_ZONE_MAY)
_OUTLINE = Fields(
    must={
        "id": _id(".outline"), "file": ANY, "feature": ANY, "accuracy_km": Number(0, 1000),
        "held_by": ANY, "source": ANY,
    },
    may={"side": _ref("place", "both"), "from_km": Number(0, 1000), "to_km": _RADIUS},
)  # fmt: skip
_OUTLINED = Fields(must={**_ZONE, "outlines": Listing(_OUTLINE, least=1)}, may=_ZONE_MAY)
AGREEMENT = Fields(
    must={
        "id": _id("agreement"),
        "title": ANY,
        "form": ANY,
        "parties": Listing(_ref("party"), least=1),
        "mediators": Listing(_ref(*STATES)),
        "guarantors": Listing(_ref(*STATES)),
        "texts": Listing(
            Fields(
                must={
                    "id": _id(".text"), "language": _LANGUAGE, "issuer": ANY,
                    "sources": Listing(ANY, least=1),
                },
                may={},
            ),
            least=1,
        ),
        "entry_into_force": Listing(_reading(".reading"), least=1),
        "zones": Listing(ByKey("outlines", _OUTLINED, ByKey("of", _ZONE_OF_PLACES, _CIRCLE))),
        "provisions": Listing(
            Tagged(
                "class",
                {
                    "prohibition": _PROHIBITION,
                    "obligation": _OBLIGATION,
                    "undertaking": _UNDERTAKING,
                    "exception": _EXCEPTION,
                },
            ),
            least=1,
        ),
        "ambiguities": Listing(
            Fields(
                must={"id": _id(".ambiguity"), "about": ANY, "text": ANY},
                may={"event": _ref(".event")},
            )
        ),
    },
    may={
        "renews": Listing(_ref("agreement")), "replaces": Listing(_ref("agreement")),
        "announced": _ANNOUNCED, "events": Listing(_EVENT), "unset": UNSET,
    },
)  # fmt: skip

_COVERAGE = Fields(
    must={
        "area": _ref("place", "everywhere"), "channel": ANY, "from": LOCAL_TIME, "to": LOCAL_TIME,
        "effective_fraction": Number(0, 1), "reason": ANY,
    },
    may={},
)  # fmt: skip
_SOURCE = Fields(
    must={
        "id": _id("source"),
        "name": ANY,
        "role": Word.of(SourceRole),
        "reliability": Word(tuple("ABCDEF")),
    },
    may={
        "owner": _ref(*STATES),
        "parent": _ref("source"),
        "aliases": TEXTS,
        "texts_may_leave": Word(("yes", "no")),
        "licence": ANY,
    },
)


def _less(given: Occurrence) -> Word:
    """Give the words for less than a row of the table gives."""
    return Word(tuple(status.value for status in LADDER[1 : LADDER.index(given)]))


MISSION = Fields(
    must={
        "id": _id("mission"),
        "title": ANY,
        "zone": Fields(must={"name": ANY, "clock": ANY, "rule": ANY}, may={}),
        "report_from": Text(pattern=DATE_PATTERN, expected="a day such as 2020-10-10"),
        "mandate": Fields(
            must={
                "text": ANY,
                "attribution": Word.of(AttributionMode),
                "classify_from": Word.of(Occurrence),
            },
            # Said by missions of earlier releases, when odds were given; nothing reads it.
            may={"attribution_threshold_percent": Number(50, 100, whole=True)},
        ),
        "parties": Listing(
            Fields(must={"id": _id("party"), "names": Names()}, may={"aliases": TEXTS}), least=2
        ),
        "associated_forces": Listing(
            Fields(
                must={"id": _id("force"), "bound_through": Maybe(_ref("party")), "names": Names()},
                may={"aliases": TEXTS, "bond": Word.of(Bond)},
            )
        ),
        "outsiders": Listing(_id("outsider")),
        "third_party_classes": TEXTS,
        "counting_rule": Word.of(CountingRule),
        "name_policy": ANY,
        "languages": Listing(_LANGUAGE, least=1),
        "windows": Fields(
            must={
                "base_km": Number(0, 1000), "max_km": Number(0, 1000),
                "base_hours": Number(0, 1000), "max_hours": Number(0, 1000),
            },
            may={},
        ),
        "sources": Listing(_SOURCE),
        "evidence": Listing(Fields(must={"reader": ANY, "file": ANY}, may={})),
    },
    may={
        "pack": ANY,
        "unset": UNSET,
        # Said by missions of earlier releases; tables of evidence say it now.
        "coverage": Listing(_COVERAGE),
        "tighter": Fields(
            must={}, may={r.value: _less(given) for r, given in GIVES.items() if _less(given).words}
        ),
        "means": Listing(
            Fields(must={"act": _ACTS, "side": _ref("party", "force"), "print": Word(("yes", "no"))}, may={})
        ),
        "bodies": Listing(
            Fields(
                must={
                    "id": _id("body"), "name": ANY, "agreement": _ref("agreement"),
                    "powers": Listing(Word.of(BodyPower)),
                    "members": Listing(_ref(*STATES, "source"), least=1),
                },
                may={"seat": ANY},
            )
        ),
        "casualty_rule": Word.of(CasualtyRule),
        "second_coder": Fields(must={"url": ANY, "model": ANY}, may={}),
        "publication": Fields(
            must={"licence": ANY, "authors": Listing(ANY, least=1), "cite": ANY}, may={}
        ),
        "people": Listing(
            Fields(must={"id": _id("person"), "name": ANY}, may={"aliases": TEXTS, "role": ANY}), least=2
        ),
    },
)  # fmt: skip
