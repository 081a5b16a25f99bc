"""The named rules: what each one reads, with examples that run as tests."""

from __future__ import annotations

from dataclasses import dataclass

VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule by name: what it says, texts in which it must fire and texts in which it must not."""

    name: str
    says: str
    positive: tuple[str, ...]
    negative: tuple[str, ...]


RULES: dict[str, Rule] = {}


def rule(name: str, says: str, *, yes: tuple[str, ...], no: tuple[str, ...]) -> str:
    """Enter a rule into the book and give its name; the book is docs, test and code at once."""
    RULES[name] = Rule(name=name, says=says, positive=yes, negative=no)
    return name


SUBJECT_SAYS = rule(
    "subject_says",
    "`X said that ...`: what follows the verb is said by its subject.",
    yes=("Armenia's Defence Ministry said that Azerbaijani forces shelled Hadrut.",),
    no=("Azerbaijani forces shelled Hadrut on Saturday.",),
)
TRAILING = rule(
    "trailing_says",
    "`..., X said.`: what stands before belongs to the speaker named at the end.",
    yes=(
        "Azerbaijani forces shelled Hadrut, the Armenian Defence Ministry said.",
        "Hadrut was shelled by the Azerbaijani army, said Artsrun Hovhannisyan.",
    ),
    no=("The Armenian Defence Ministry said Hadrut was shelled.",),
)
ACCORDING = rule(
    "according_to",
    "`according to X, ...` and `..., according to X`.",
    yes=(
        "According to the Armenian Ministry of Defence, Hadrut was shelled.",
        "Hadrut was shelled, according to the Armenian Ministry of Defence.",
    ),
    no=("According to the plan, Hadrut was shelled.",),
)
REPORTED_BACK = rule(
    "reported_by_back",
    "`This was reported by X.` names the speaker of the sentence before.",
    yes=(
        "Azerbaijani forces shelled Hadrut. This was reported by the Armenian Ministry of Defence.",
    ),
    no=("Azerbaijani forces shelled Hadrut. The shelling was heavy.",),
)
POINTER = rule(
    "pointer_says",
    "`the message says` goes on with the speaker named before.",
    yes=(
        "The Armenian Ministry of Defence issued a statement. The statement says that Azerbaijani forces shelled Hadrut.",
    ),
    no=("The statement says that Azerbaijani forces shelled Hadrut.",),
)
PRONOUN = rule(
    "pronoun_says",
    "`he said` goes on with the speaker named before; marked as inferred.",
    yes=("Pashinyan spoke in Yerevan. He said Azerbaijani forces shelled Hadrut.",),
    no=("He said Azerbaijani forces shelled Hadrut.",),
)
QUOTE_GROUP = rule(
    "quote_group",
    "Sentences inside one pair of quotation marks share their speaker.",
    yes=(
        'Hovhannisyan was clear. "The enemy shelled Hadrut at dawn. The Azerbaijani army attacked from the south," Artsrun Hovhannisyan said.',
    ),
    no=('The film "Hadrut" was shown. Azerbaijani forces shelled Hadrut.',),
)
LISTED = rule(
    "listed",
    "`X said:` or `X:` before a list speaks, or acts, in each of its items; inferred.",
    yes=(
        "The Armenian Defence Ministry said:\n- Azerbaijani forces shelled Hadrut.\n- Two villages were shelled.",
        "The Government of Armenia:\n- Calls for an immediate ceasefire.",
    ),
    no=("The Armenian Defence Ministry issued a list.\n- Azerbaijani forces shelled Hadrut.",),
)
HOME = rule(
    "dateline_home",
    "`the army` in a text from a capital is that state's army; flagged.",
    yes=("YEREVAN, October 10. The Defence Ministry said Azerbaijani forces shelled Hadrut.",),
    no=("The Defence Ministry said Azerbaijani forces shelled Hadrut.",),
)
ACCUSES = rule(
    "accuses",
    "`X accused Y of ...`: X alleges, Y is said to have acted.",
    yes=(
        "Azerbaijan accused Armenia of shelling Ganja.",
        "Armenia blamed Azerbaijan for attacks on Hadrut.",
    ),
    no=("Azerbaijan and Armenia shelled each other's positions.",),
)
RECIPROCAL = rule(
    "reciprocal_accusation",
    "`the sides accused each other`: two claims with the roles swapped.",
    yes=(
        "Both sides accused the other party of violating the ceasefire agreement.",
        "Armenia and Azerbaijan traded accusations of shelling on Sunday.",
        "Armenia and Azerbaijan accused each other of attacks.",
    ),
    no=("Azerbaijan accused Armenia of shelling Ganja.",),
)
DENIES = rule(
    "denies",
    "A denial names the denier's own side as the one said to have acted.",
    yes=(
        "Azerbaijan denied shelling Stepanakert.",
        "The Armenian Defence Ministry rejected claims that its forces had fired on Ganja.",
    ),
    no=("Azerbaijan said Armenia shelled Ganja.",),
)
NEGATED = rule(
    "negated_own_act",
    "`we did not fire`: a side that negates its own act denies it.",
    yes=("The Armenian Defence Ministry said Armenian forces did not shell Ganja.",),
    no=("The Armenian Defence Ministry said Azerbaijani forces shelled Hadrut.",),
)
ADMITS = rule(
    "admits",
    "Only a word of admission makes an admission.",
    yes=(
        "The Azerbaijani Ministry of Defence acknowledged that its forces struck a launcher in Armenia.",
    ),
    no=("The Azerbaijani Ministry of Defence said its forces struck a launcher in Armenia.",),
)
CALLS = rule(
    "calls_for",
    "`X called on Y to ...`: wanted, not done.",
    yes=("Lavrov called on Armenia and Azerbaijan to implement the ceasefire agreement.",),
    no=("Armenia and Azerbaijan reached a ceasefire agreement.",),
)
GOES_ON = rule(
    "call_goes_on",
    "A wish without a speaker, right after a speaker's sentence, is theirs; inferred.",
    yes=(
        "Lavrov said talks were held in Moscow. It is urgent to develop a verification mechanism.",
    ),
    no=("Lavrov called for a verification mechanism.",),
)
ATTITUDE = rule(
    "attitude",
    "Concern, condemnation and support take something for known; they prove nothing.",
    yes=(
        "The Kremlin expressed concern over the involvement of foreign fighters in the conflict.",
    ),
    no=("The Kremlin said foreign fighters took part in the conflict.",),
)
LAYERS = rule(
    "layers",
    "`X reported that Y said`: layers of attribution from the outside inwards.",
    yes=("Russian media reported that Lavrov said Armenia shelled Ganja.",),
    no=("Lavrov said Armenia shelled Ganja.",),
)
BY_AGENT = rule(
    "by_agent",
    "`by the A forces` and `from the A side` name who acted.",
    yes=("Ganja was shelled by Armenian forces.", "Tartar came under fire from the Armenian side."),
    no=("Ganja was shelled.",),
)
SUBJECT_ACTS = rule(
    "subject_acts",
    "The subject of an active verb acted.",
    yes=("Armenian forces shelled Ganja.",),
    no=("Armenian positions were shelled.",),
)
NOUN_AGENT = rule(
    "noun_agent",
    "`Armenian shelling`, `Armenia's attack`: the owner of the deed acted.",
    yes=(
        "Two people were wounded in Armenian shelling of Ganja.",
        "Azerbaijan's attack on Hadrut went on.",
    ),
    no=("Shelling of Armenian villages went on.",),
)
BETWEEN = rule(
    "between",
    "`clashes between A and B`: both took part, nobody is accused.",
    yes=("Clashes between Armenian and Azerbaijani forces broke out.",),
    no=("Armenian forces attacked Azerbaijani positions.",),
)
ENEMY = rule(
    "enemy",
    "A party's `enemy` is its opponent.",
    yes=("The Armenian Ministry of Defence said the enemy shelled Hadrut.",),
    no=("Observers said the enemy shelled Hadrut.",),
)
BOTH = rule(
    "both_sides",
    "`the two sides` are the parties for a hostile act, the people talking for talks.",
    yes=(
        "Putin held a telephone call with Pashinyan. The two sides called for an immediate ceasefire.",
        "Both sides accused the other of violating the ceasefire.",
    ),
    no=("Armenian forces shelled Ganja.",),
)
BACKGROUND = rule(
    "background",
    "Dates long before publication, and words of history, make background.",
    yes=("In 1994, Armenia and Azerbaijan reached a ceasefire agreement.",),
    no=("On October 10, Armenia and Azerbaijan reached a ceasefire agreement.",),
)
NARRATOR_TELLS = rule(
    "narrator",
    "Nobody is named: the outlet speaks, and the claim is flagged.",
    yes=("Armenian forces shelled Ganja.",),
    no=("Azerbaijan said Armenian forces shelled Ganja.",),
)
ISSUER = rule(
    "issuer",
    "In a party's own statement the issuer speaks.",
    yes=("Armenian forces shelled Ganja.",),
    no=(),
)
TALKS = rule(
    "talks",
    "`X met Y`, `X held a telephone call with Y`: who took part.",
    yes=("Putin held a telephone call with Pashinyan on Friday.",),
    no=("Putin praised Pashinyan.",),
)
