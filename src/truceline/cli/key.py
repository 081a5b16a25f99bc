"""`truceline key` shows the key that signs a ledger's heads, and changes it once two people want that."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from truceline.cli.common import json_option, mission_argument
from truceline.cli.terminal import say, say_data
from truceline.errors import UsageError
from truceline.model.place_time import utc_text
from truceline.record.place import origin_of
from truceline.record.rekey import Change, KeyWish, change_key, keys_of
from truceline.review.people import check_name, one_person
from truceline.terms import open_mission

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from truceline.record.rekey import KeyChange


@click.group()
def key() -> None:
    """Show the key that signs the heads of a ledger, or replace it once two people want that."""


@key.command()
@mission_argument
@json_option
def show(mission: Path, *, as_json: bool) -> None:
    """Print the key with which the heads of MISSION's ledger are signed, in the form that others keep it.

    Give it to both parties by another way than the reports: whoever has it can tell this mission's heads from all others.
    """
    keys = keys_of(mission)
    if as_json:
        say_data({
            "key": keys.in_force and keys.in_force.text,
            "earlier": [known.text for known in keys.known.values() if known != keys.in_force],
            "revoked": [{"key": keys.known[id_].text, "from_entry": seq} for id_, seq in keys.revoked.items()],
            "awaits_second_person": keys.awaiting is not None,
        })  # fmt: skip
        return
    if keys.in_force is None:
        raise UsageError("the ledger has no key yet", "`truceline run` gives it one")
    say(keys.in_force.text)
    for id_, known in keys.known.items():
        if known != keys.in_force:
            state = f"revoked from entry {keys.revoked[id_]}" if id_ in keys.revoked else "replaced"
            say(f"{state}: {known.text}", err=True)
    if keys.awaiting is not None:
        say("the revocation awaits a second person", err=True)


def _changing(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--because", required=True, metavar="TEXT", help="Why; every later report says it."),
        click.option("--by", required=True, metavar="NAME", help="Name of the person who wants it."),
        mission_argument,
    ):  # fmt: skip
        command = option(command)
    return command


@key.command()
@_changing
def rotate(mission: Path, by: str, because: str) -> None:
    """Replace the key of MISSION's ledger by a new one, once two people want it.

    The first call proposes, the second, by another person, makes the new key. The head of that entry is signed with both
    keys, so that whoever trusts the old one can trust the new one; then the old key is destroyed.
    """
    change = _change(mission, Change.ROTATION, by, because)
    if change.done:
        say(f"the new key is {change.key.text}\ntell both parties by another way than the reports")
    else:
        say("proposed; the key is replaced once another person wants it too")


@key.command()
@_changing
def revoke(mission: Path, by: str, because: str) -> None:
    """Revoke the key of MISSION's ledger where it, or its passphrase, was lost or stolen.

    A new key signs from the first call on, since nothing signed with the old one counts any more. `verify` fails until a
    second person confirms it by the same call.
    """
    change = _change(mission, Change.REVOCATION, by, because)
    say(f"the new key is {change.key.text}\ntell both parties by another way than the reports")
    if not change.done:
        say("it awaits a second person, who confirms it by the same call", err=True)


def _change(mission: Path, change: Change, by: str, because: str) -> KeyChange:
    by, because = by.strip(), because.strip()
    if not by or not because:
        raise UsageError("say who wants it and why", "--by NAME --because TEXT")
    loaded, _ = open_mission(mission)
    check_name(by, loaded.people)
    wish = KeyWish(
        change=change, by=by, because=because,
        at=utc_text(datetime.now(UTC).replace(microsecond=0)),
    )  # fmt: skip
    return change_key(
        mission, origin_of(loaded), wish, lambda a, b: one_person(a, b, loaded.people)
    )
