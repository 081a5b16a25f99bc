"""The named rules of monitor reports: the words that call each one, with examples run as tests."""

from __future__ import annotations

import re

from truceline.model.acts import Act
from truceline.read.press.rules import Rule

VERSION = "1"
RULES: dict[str, Rule] = {}


def _rule(name: str, says: str, *, yes: tuple[str, ...], no: tuple[str, ...]) -> str:
    RULES[name] = Rule(name=name, says=says, positive=yes, negative=no)
    return name


TALLY = _rule(
    "tally",
    "A count of violations of a whole region or mission area; a sum, never one event.",
    yes=("In Donetsk region, the SMM recorded 46 ceasefire violations, including 14 explosions.",),
    no=("While in Svitlodarsk, the SMM heard two explosions 1-3km south.",),
)
PREVIOUS = _rule(
    "previous_period",
    "A count of the period before, told for comparison: background, no news.",
    yes=(
        "In the previous reporting period, it recorded 7 ceasefire violations in the region.",
        "In Donetsk region, it recorded 9 ceasefire violations, down from 7 in the previous week.",
    ),
    no=("In Donetsk region, the SMM recorded 46 ceasefire violations.",),
)
NONE_RECORDED = _rule(
    "none_recorded",
    "Nothing was recorded: a count of zero, which needs coverage to mean anything.",
    yes=(
        "The SMM did not record any ceasefire violations.",
        "The Mission recorded no ceasefire violations in Luhansk region.",
    ),
    no=("The SMM recorded one ceasefire violation in Luhansk region.",),
)
OBSERVATION = _rule(
    "observation",
    "What a patrol, post, camera or aircraft perceived, with bearing and range.",
    yes=(
        "The SMM camera in Shyrokyne recorded two undetermined explosions 5-8km north.",
        "While in Svitlodarsk, the SMM heard two shots of small-arms fire 1km east.",
    ),
    no=(
        "In Donetsk region, the SMM recorded 46 ceasefire violations.",
        "The SMM observed a calm situation.",
    ),
)
IMPACT = _rule(
    "impact",
    "Damage and traces of fire that the mission saw at the place itself.",
    yes=("The SMM saw damage to a house in Avdiivka assessed as caused by a mortar round.",),
    no=("The SMM saw a house in Avdiivka.",),
)
CASUALTY = _rule(
    "casualty",
    "Persons killed and injured; only a word of corroboration makes it confirmed.",
    yes=(
        "The SMM corroborated reports of a man injured by shrapnel in Avdiivka on 3 March.",
        "The SMM followed up on reports of two women killed in Avdiivka.",
    ),
    no=("The SMM corroborated reports of damage to a house.",),
)
TOLD = _rule(
    "told",
    "`Residents told the mission that ...`: they say it, the mission passes it on.",
    yes=("Residents of Avdiivka told the SMM that a man had been injured by shelling.",),
    no=("The SMM told residents of Avdiivka about its mandate.",),
)
RESTRICTION = _rule(
    "restriction",
    "The mission was kept from going or seeing: denial, delay, condition, jamming, mines.",
    yes=(
        "At a checkpoint near Olenivka, the SMM was denied passage.",
        "An SMM mini-UAV experienced signal interference assessed as jamming near Popasna.",
        "The SMM's freedom of movement remained restricted.",
    ),
    no=("The SMM passed the checkpoint near Olenivka.",),
)
WEAPONS = _rule(
    "weapons",
    "Weapons where an agreement does not allow them, or missing from where they belong.",
    yes=("In violation of withdrawal lines, the SMM saw two howitzers near Mariupol.",),
    no=("The SMM saw two lorries near Mariupol.",),
)
CORRECTION = _rule(
    "correction",
    "The mission takes back what an earlier report said; the right figure is kept.",
    yes=("The table in the SMM Daily Report of 5 May should have stated 46 ceasefire violations.",),
    no=("In Donetsk region, the SMM recorded 46 ceasefire violations on 5 May.",),
)

OBSERVER = re.compile(
    r"\b(?:[Tt]he )?(?:OSCE |UN )?(?:SMM|EUMM|UNMHA|Special Monitoring Mission|Mission|"
    r"[Mm]onitors|[Oo]bservers|[Mm]onitoring [Tt]eams?)\b"
)
PERCEIVED = re.compile(
    r"\b(?P<verb>recorded|heard|saw|observed|spotted|noted|detected|registered|occurred|"
    r"record|hear|see|observe|register)\b"
)
NONE = re.compile(
    r"\b(?:did not (?:record|observe|hear|see|register)|no ceasefire violations?|"
    r"(?:recorded|observed|heard|registered) (?:no|none|neither)|without recording)\b"
)
BEFORE = re.compile(
    r"\b[Tt]he (?:previous|preceding|prior|past|last) "
    r"(?:reporting period|24 hours|24-hour period|week|day|night|two weeks|report|period)\b"
    r"|\b(?:a|one) (?:week|day) (?:earlier|before)\b"
)
CONNECTOR = re.compile(
    r"\(|;|\bcompared (?:with|to)\b|\bin comparison (?:with|to)\b|\bup from\b|\bdown from\b"
    r"|\b(?:an? )?(?:increase|decrease|drop|rise|reduction) from\b|\bwhile\b|\bwhereas\b|\bagainst\b"
)
IN_REGION = re.compile(r"\b(?:in|of|for) the (?:same )?region\b")
RIGHTED = re.compile(
    r"\bshould (?:have )?(?:state|read|be|been|say|said)d?\b|\b[Cc]orrigend(?:um|a)\b"
    r"|\berroneously\b|\bincorrectly\b|\b[Cc]orrection to\b|\bis (?:hereby )?corrected\b"
)
RIGHT_FOLLOWS = re.compile(
    r"\bshould (?:have )?(?:state|read|be|been|say|said)d?\b|\bcorrected to\b"
)
WRONG_FOLLOWS = re.compile(r"\b(?:not|instead of|rather than)\b|, and not\b")
TOLD_US = re.compile(
    r"\b(?:told|informed|said to) (?:the )?(?:OSCE )?(?:SMM|Mission|EUMM|monitors|observers|patrol|team)\b"
)
CONFIRMED = re.compile(r"\b(?:corroborated|confirmed|verified)\b")
FOLLOWING = re.compile(r"\bfollow(?:ed|s|ing)? up\b")
UNSUPPORTED = re.compile(
    r"\b(?:unable to|could not|cannot|did not|has not|had not|yet to|not (?:yet )?been) "
    r"(?:be )?(?:corroborated?|confirm(?:ed)?|verif(?:y|ied))\b"
)
HARMED = re.compile(
    r"\b(?:casualt(?:y|ies)|killed|injur(?:ed|ies|y|ing)|wound(?:ed|s|ing)|died|deaths?|fatalit\w+)\b"
)
DAMAGED = re.compile(
    r"\b(?:damaged?|craters?|shell-?holes?|holes|burn(?:ed|t)|shattered|pockmarks?)\b"
)
STORED = (
    (
        "in_violation",
        re.compile(r"\b[Ii]n violation of (?:the )?(?:respective )?withdrawal lines\b"),
    ),
    ("outside_storage", re.compile(r"\boutside (?:of )?(?:the )?(?:designated|their) storage\b")),
    ("security_zone", re.compile(r"\b(?:in|inside|within) the security zone\b")),
    ("missing", re.compile(r"\b(?:again |still |were |was |remained )missing\b")),
    ("in_violation", re.compile(r"\bviolati(?:on|ng) (?:of )?(?:the )?withdrawal lines\b")),
    ("presence", re.compile(r"\b(?:[Aa]erial imagery|the presence of)\b")),
)
UNREAD_TIME = re.compile(
    r"\b(?:midnight|noon|dawn|dusk|later|earlier|the (?:next|following) (?:day|morning))\b"
)
_NO_WAY = (
    r"\bden(?:ied|ying|ial)\b|\brefused\b|\bdid not (?:allow|permit|let)\b|\bnot (?:allowed|permitted)\b"
    r"|\bturned (?:\w+ ){0,3}(?:back|away)\b|\bprevented\b|\bblocked\b|\bprohibited\b"
)
RESTRICTED = (
    (
        "conditional_access",
        re.compile(
            r"\bonly (?:after|if|when|on|with|under|once)\b|\bescort(?:ed)?\b|\bon (?:the )?condition\b"
            r"|\bconditional(?:ly)?\b|\binsisted on\b"
        ),
    ),
    ("denial", re.compile(_NO_WAY)),
    (
        "delay",
        re.compile(
            r"\bdelay(?:ed|s)?\b|\bwait(?:ed|ing)? (?:for )?(?:about |around |over )?\d+|\bkept waiting\b"
            r"|\bheld up\b"
        ),
    ),
    ("jamming", re.compile(r"\bjamm(?:ing|ed)\b|\binterference\b|\bspoof(?:ing|ed)\b")),
    (
        "mines",
        re.compile(
            r"\b(?:due to|because of|owing to|risk of|threat of|presence of)\b.{0,40}"
            r"\b(?:mines?|unexploded ordnance|UXO)\b"
        ),
    ),
    (
        "gunfire",
        re.compile(
            r"\b(?:(?:directed|aimed|fired|shots?|fire) (?:at|towards?)|(?:fire|shots?|rounds?) (?:hit|struck)) (?:the|an|its) (?:SMM )?"
            r"(?:mini-|mid-range |long-range )?(?:UAV|unmanned aerial)\b"
        ),
    ),
)
# A restriction is about the mission's way or sight: one of these must stand with the class words.
HINDERED = re.compile(
    r"\bpassage\b|\baccess\b|\bfreedom of movement\b|\bentry\b|\bproceed(?:ed|ing)?\b|\btravel(?:led)?\b"
    r"|\bUAVs?\b|\bunmanned aerial\b|\bcheckpoint\b|\bcamera\b|\bpatrol(?:'s|s|ling)?\b|\bthe SMM pass\b"
)
UNSPECIFIED = re.compile(
    r"\b(?:freedom of movement|access)\b.{0,60}\brestrict(?:ed|ions?)\b"
    r"|\brestrict(?:ed|ing) (?:its|the \w+['\u2019]s) (?:access|freedom of movement)\b"
    r"|\b[Rr]estrictions (?:of|on|to) the \w+['\u2019]s (?:access|freedom of movement)\b"
)
ANEW = re.compile(r";|, and (?=(?:once|twice|\w+ times)\b)")
# Another person with a fate of their own begins another report of harm.
ANOTHER = re.compile(r";|\band (?=(?:an? )?(?:man|woman|boy|girl|child)\b)")
OF_THESE = re.compile(r"^(?:[-\u2022] )?Of (?:these|them|those),? ")
EXERCISE = re.compile(r"\blive[- ]fire (?:training )?exercises?\b")
SO_FAR = re.compile(r"\bso far\b|\btotal since\b")
BOTH = re.compile(r"\b(?:both|either|neither|the two) (?:of the )?regions?\b")
LOST_SIGHT = re.compile(r"\b(?:jamm|interference|spoof)")
PARTED = re.compile(
    r"\b(?P<where>inside|within|outside) (?:of )?the (?:[A-Z]\w+ ){0,2}disengagement area\b"
)
HEDGED = re.compile(
    r"\b(?:probable|probably|possible|possibly|likely|reportedly|alleged(?:ly)?|suspected)\b"
)
ASSESSED = re.compile(r"\bassessed (?:as|to)\b")
# Causes of harm that the pack's words of action do not name.
CAUSES = (
    (Act.MINE_EXPLOSION, re.compile(r"\b(?:land)?mines?\b")),
    (
        Act.EXPLOSION,
        re.compile(
            r"\b(?:unexploded ordnance|UXO|explosive (?:device|object|hazard)|grenade|fuze)\b"
        ),
    ),
)
HOLDERS = (
    ("medical_staff", re.compile(r"\b(?:medical|hospital|doctor|nurse|morgue)\w*\b")),
    ("police", re.compile(r"\bpolice\w*\b")),
    (
        "military",
        re.compile(
            r"\b(?:armed formations|soldiers?|armed forces|officers?|servicem[ae]n|commander)\b"
        ),
    ),
    (
        "resident",
        re.compile(
            r"\b(?:residents?|villagers?|inhabitants?|neighbours?|relatives?|man|woman|wife|husband)\b"
        ),
    ),
)
