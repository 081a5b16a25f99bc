"""`truceline score`: linking and reading against labels."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from truceline.cli.common import counted, json_option, mission_argument, note, progress
from truceline.cli.terminal import say, say_data
from truceline.errors import UsageError
from truceline.read import TextReader
from truceline.store.door import GOLD, read_named
from truceline.terms.known_texts import published_at
from truceline.terms.pack import load_pack, pack_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from truceline.evaluate.linking import Line, ScoreCard
    from truceline.evaluate.measures import Scores
    from truceline.evaluate.outcomes import Outcome
    from truceline.evaluate.reading.public import Block
    from truceline.model.evidence import Claim


_MOST_SHOWN = 5


@click.group()
def score() -> None:
    """Score linking or reading against labels that no stage sees, or coders against each other."""


@score.command()
@click.argument("missions", metavar="MISSION...", nargs=-1, required=True,
                type=click.Path(exists=True, file_okay=False, path_type=Path))  # fmt: skip
@click.option("--seeds", default=50, show_default=True, type=click.IntRange(1, 10_000),
              help="How many rough copies to score.")  # fmt: skip
@json_option
def linking(missions: Sequence[Path], seeds: int, *, as_json: bool) -> None:
    """Score how each MISSION's coded claims are put together, against the labels no stage sees.

    Pairwise and B-cubed F beside trivial baselines, on the evidence as it is shipped, texts included, and
    on seeded rough copies of the table alone (other names, coarser times, general acts, a fifth of the
    fields missing; half of the gazetteer taken away). Pairs that could lift a finding, one of them an
    admission or a look, are counted apart. Engagements that no labelled mirror pair explains are listed as
    wrong. Ends with 1 where GROUP BY does better than we do.
    """
    from truceline.evaluate.linking import score as score_mission  # noqa: PLC0415

    cards = [score_mission(mission, seeds, progress) for mission in missions]
    if as_json:
        told = [_card(card) for card in cards]
        say_data(told if len(told) > 1 else told[0])
    else:
        for card in cards:
            _tell(card)
    sys.exit(1 if any(card.below for card in cards) else 0)


def _card(card: ScoreCard) -> dict[str, object]:
    return {
        "mission": card.mission,
        "clean": [_line(line) for line in card.clean],
        "rough": [asdict(rough) for rough in card.rough],
        "mirrors": asdict(card.mirrors), "below": list(card.below),
    }  # fmt: skip


@score.command()
@mission_argument
@json_option
def findings(mission: Path, *, as_json: bool) -> None:
    """List how MISSION's labelled incidents come out, beside how a fair outside reader would set them.

    The labels stand in labels/incident_status.csv: a status of the ladder, what it rests on, and the argument
    where ours differs. No stage sees them. Ends with 1 where a finding is confirmed and its label is not.
    """
    from truceline.evaluate.outcomes import outcomes  # noqa: PLC0415

    found = outcomes(mission)
    false = [o.incident for o in found if o.surer and o.ours == "confirmed"]
    if as_json:
        say_data([asdict(o) | {"agrees": o.agrees, "surer": o.surer} for o in found])
    else:
        _list(found)
    sys.exit(1 if false else 0)


def _list(found: Sequence[Outcome]) -> None:
    labelled = [o for o in found if o.theirs is not None]
    say(f"{'incident':<9} {'claims':>6}  {'ours':<16} {'label':<16} row of the table")
    for outcome in found:
        ours = outcome.ours or "not an incident"
        named = f", names {outcome.party}" if outcome.party else ""
        say(
            f"{outcome.incident:<9} {outcome.claims:>6}  {ours:<16} {outcome.theirs or '-':<16} "
            f"{outcome.row or '-'}{named}"
        )
        if outcome.agrees is False:
            say(f"          differs: {outcome.argument or 'no argument is given'}")
    agree = sum(o.agrees is True for o in labelled)
    confirmed = [o for o in labelled if o.ours == "confirmed"]
    false = sum(o.surer for o in confirmed)
    surer = sum(o.surer for o in labelled)
    say(
        f"{agree} of {counted(len(labelled), 'labelled incident')} agree; {surer} surer than the label; "
        f"false confirmed: {false} of {len(confirmed)}"
    )


@score.command()
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.option("--texts", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Folder of the texts that a gold file of `truceline annotate` cites by sha256.")  # fmt: skip
@click.option(
    "--pack", metavar="NAME", help="Read with this data pack; else with the one the gold names."
)
@json_option
def reading(gold: Path, texts: Path | None, pack: str | None, *, as_json: bool) -> None:
    """Score the rules reader on GOLD: a file of `truceline annotate`, or a folder of public gold.

    Every figure with its number of cases and 95 % interval, beside trivial baselines. A folder may
    hold muc4_dev, case2021_task2_half.tsv and plover_gsr.json; their odd halves and TST1 are scored.
    """
    from truceline.evaluate.reading.public import score_public  # noqa: PLC0415

    blocks = score_public(gold, progress) if gold.is_dir() else (_own(gold, texts, pack),)
    if as_json:
        say_data([asdict(block) for block in blocks])
        return
    for block in blocks:
        say(f"\n{block.data} · {block.engine} ({block.note})")
        for figure in block.figures:
            say(f"  {figure.name:58} {figure}")
        for name, differing in block.confusion.items():
            told = "; ".join(f"{b!r} for {a!r} ({n})" for a, b, n in differing[:_MOST_SHOWN])
            say(f"  confusion, {name}: {told or 'none'}")


@score.command()
@click.argument(
    "first", metavar="A.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.argument(
    "second", metavar="B.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@json_option
def coding(first: Path, second: Path, *, as_json: bool) -> None:
    """Score how far two coders agree: A.csv and B.csv are two codings of the same rows.

    Cohen's kappa and the share of equal cells for each column that a coder decides, with the number of rows
    that both coded. Lists in one cell may stand in any order.
    """
    from truceline.evaluate.coding import compare  # noqa: PLC0415

    found = compare(first, second)
    if as_json:
        say_data(asdict(found))
        return
    say("column             n   equal   kappa")
    for one in found.agreements:
        told = "not defined" if one.kappa is None else f"{one.kappa:.3f}"
        say(f"{one.column:14} {one.n:5}   {one.agreed / one.n:5.0%}   {told}")
    for name, only in ((first.name, found.only_first), (second.name, found.only_second)):
        if only:
            note(
                f"only in {name}: {counted(len(only), 'row')} ({', '.join(only[:_MOST_SHOWN])} ...)"
            )


def _own(gold: Path, texts: Path | None, name: str | None) -> Block:
    from truceline.evaluate.reading.adapt import item_of  # noqa: PLC0415
    from truceline.evaluate.reading.gold_lines import score_lines  # noqa: PLC0415
    from truceline.evaluate.reading.public import Block  # noqa: PLC0415

    if texts is None:
        raise UsageError("the gold cites texts by their sha256", "name their folder with --texts")
    reader = _reader(name or _pack_of(gold))

    def read(text: str, heading: Mapping[str, Any]) -> Sequence[Claim]:
        zone = reader.pack.zone
        published = published_at(heading["published"], zone) if heading.get("published") else None
        language = heading.get("language") or "en"
        item = replace(
            item_of(text, published, "gold"), profile=heading.get("profile"),
            issuer=heading.get("issuer"),
        )  # fmt: skip
        return reader.read(text, item, language).claims

    scored = score_lines(gold, texts, read, reader.pack.zone)
    return Block(data=gold.name, engine="rules", note="own gold; see who wrote it, and blind or not",
                 figures=scored.figures, confusion=scored.confusion)  # fmt: skip


def _pack_of(gold: Path) -> str:
    first = read_named(gold, GOLD).partition(b"\n")[0]
    try:
        return str(json.loads(first)["pack"])
    except (ValueError, KeyError, TypeError) as error:
        message = f"the first line of {gold.name} names no data pack"
        raise UsageError(message, "name one with --pack") from error


def _reader(name: str) -> TextReader:
    found, problems = load_pack(pack_folder(name))
    if found is None:
        raise UsageError(f"the pack {name!r} does not load", f"run `truceline pack check {name}`",
                         details=[str(p) for p in problems])  # fmt: skip
    return TextReader(found)


def _line(line: Line) -> dict[str, object]:
    return {"data": line.data, "engine": line.engine, "pairwise": _scores(line.pairs),
            "b_cubed": _scores(line.items), "lifting": asdict(line.lifting)}  # fmt: skip


def _scores(scores: Scores) -> dict[str, float]:
    return {"n": scores.n, "precision": scores.precision, "recall": scores.recall, "f": scores.f}


def _tell(card: ScoreCard) -> None:
    say(f"{card.mission}\n")
    say(
        "clean            engine                          n   pairwise P    R    F    B3 P    R    F    could lift"
    )
    for line in card.clean:
        pairs, items = line.pairs, line.items
        say(
            f"{line.data:16} {line.engine:30} {pairs.n:3}"
            f"        {pairs.precision:.3f} {pairs.recall:.3f} {pairs.f:.3f}"
            f"   {items.precision:.3f} {items.recall:.3f} {items.f:.3f}    {line.lifting.right} of {line.lifting.of} right"
        )
    say("\nrough copies: mean error (1 - F); the baseline is the better of two, seed by seed")
    for rough in card.rough:
        say(
            f"{rough.data:18} {rough.seeds} seeds   B3 {rough.ours_items:.3f} against "
            f"{rough.baseline_items:.3f}   pairwise {rough.ours_pairs:.3f} against "
            f"{rough.baseline_pairs:.3f}   worst seed at {rough.worst_ratio:.0%} of the baseline's error   "
            f"could lift: {rough.lifting.right} of {rough.lifting.of} right"
        )
    mirrors = card.mirrors
    say(
        f"\nmirror links: {mirrors.found} of {mirrors.labelled} labelled pairs found, {mirrors.listed} more among "
        f"{counted(mirrors.candidates, 'candidate')} for people; {counted(mirrors.engagements, 'engagement')}, "
        f"{mirrors.unlabelled} of them wrong by the labels"
    )
    for pair in mirrors.wrong:
        say(f"  no label joins {pair}")
    for data in card.below:
        say(f"GROUP BY does better on {data}")
    say("")
