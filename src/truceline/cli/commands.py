"""The commands by task, loaded when they are asked for: listing them costs no library that they use."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, MutableMapping

import click

# What a command's own page begins with (a test compares them), under the task it is for.
TASKS = {
    "Begin": {
        "demo": "Run the demonstration mission NAME, and open its report.",
    },
    "Every day": {
        "run": "Run MISSION from its evidence to a judged provision and a daily report.",
        "report": "Draft, issue and list the reports of MISSION: what may leave it, approved by two, on a signed head of the ledger.",
        "export": "Export a run of MISSION as flat tables: incidents, claims, findings, standings, obligations.",
        "publish": "Publish MISSION as a data package to cite: the released edition, without who is accused, who speaks, and their words.",
        "read": "List the claims of the text in PATH, or of every *.txt, *.html and *.htm in a folder.",
        "show": "Show WHAT of a run of MISSION: an incident by its number or id, a claim, or an item with its words.",
        "why": "Say why INCIDENT is found as it is: the row of the table, its origins with their claims, what would change it.",
        "decide": "Decide about SUBJECT: an incident of an earlier run, claims with `,` between them, or AGREEMENT/PROVISION.",
        "diff": "Say what differs between the runs A and B: what came, went and changed, and why.",
    },
    "Set up": {
        "mission": "Draft a mission: `truceline mission new FOLDER` asks, or reads a file, and writes one that `check` "
        "accepts.",
        "gazetteer": "Fill the empty cells of MISSION's gazetteer.csv from a public gazetteer, and add places that its "
        "evidence names.",
        "pack": "List the data packs, or check one: the sides, names, places and words that texts are "
        "read with.",
        "template": "Make the tables of evidence of MISSION to fill: claims, coverage, restrictions.",
        "seal": "Print the list of persons in FILE with a seal in place of the columns that tell who they are.",
        "backup": "Copy the ledger of MISSION to a folder, and check the copy by all steps.",
        "restore": "Put the ledger of BACKUP into the folder MISSION, with the mission's files that are not there.",
        "close": "Close the ledger of MISSION for good, once two people want it: seal it, hand it over, destroy its keys.",
        "erase": "Destroy the words of ENTRY in the ledger of MISSION, once two people asked for the same.",
        "key": "Show the key that signs the heads of a ledger, or replace it once two people want that.",
        "ledger": "Begin a ledger anew, or carry over one of release 0.1.0.",
    },
    "Check": {
        "check": "Check the files of MISSION and list every problem at once: file, path, expected, "
        "nearest word.",
        "terms": "Say what the agreements of MISSION say at an instant: in force, due and open, under "
        "every reading.",
        "proof": "Write the proof that SUBJECT stands in the ledger of MISSION: an item, a decision, a report, any entry.",
        "verify": "Recompute the whole ledger of MISSION and name the first broken entry.",
    },
    "Method": {
        "annotate": "Annotate TEXT by hand, sentence by sentence; run it again to go on where you "
        "stopped.",
        "score": "Score linking or reading against labels that no stage sees, or coders against each "
        "other.",
    },
}
_NAMES = tuple(name for commands in TASKS.values() for name in commands)


class OnDemand(MutableMapping[str, click.Command]):
    """Every command by its name; the module of one is imported when it is first asked for."""

    def __init__(self) -> None:
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        """Give a command; KeyError where there is none."""
        if name in _NAMES and name not in self._loaded:
            module = importlib.import_module(f"truceline.cli.{name}")
            self._loaded[name] = getattr(module, name)
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        """Put a command in another one's place."""
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        """Refuse: a command is always there."""
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        """Give the names in alphabetical order."""
        return iter(sorted(_NAMES))

    def __len__(self) -> int:
        """Count the commands."""
        return len(_NAMES)
