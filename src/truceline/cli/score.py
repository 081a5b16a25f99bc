"""`truceline score`: linking against labels."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from truceline.cli.common import data, json_option, mission_argument, progress
from truceline.evaluate.scoring import score as score_mission

if TYPE_CHECKING:
    from pathlib import Path

    from truceline.evaluate.measures import Scores
    from truceline.evaluate.scoring import Line, ScoreCard


@click.command()
@mission_argument
@click.option("--seeds", default=50, show_default=True, type=click.IntRange(1, 10_000),
              help="How many rough copies to score.")  # fmt: skip
@json_option
def score(mission: Path, seeds: int, *, as_json: bool) -> None:
    """Score how MISSION's coded claims are put together, against the labels no stage sees.

    Pairwise and B-cubed F beside trivial baselines, on the clean table and on seeded rough copies
    (other names, coarser times, general acts, a fifth of the fields missing).
    """
    card = score_mission(mission, seeds, progress)
    if as_json:
        data({
            "clean": [_line(line) for line in card.clean],
            "rough": [asdict(rough) for rough in card.rough],
            "mirrors": asdict(card.mirrors),
        })  # fmt: skip
    else:
        _tell(card)


def _line(line: Line) -> dict[str, object]:
    return {"data": line.data, "engine": line.engine, "pairwise": _scores(line.pairs),
            "b_cubed": _scores(line.items)}  # fmt: skip


def _scores(scores: Scores) -> dict[str, float]:
    return {"n": scores.n, "precision": scores.precision, "recall": scores.recall, "f": scores.f}


def _tell(card: ScoreCard) -> None:
    click.echo(
        "clean            engine                          n   pairwise P    R    F    B3 P    R    F"
    )
    for line in card.clean:
        pairs, items = line.pairs, line.items
        click.echo(
            f"{line.data:16} {line.engine:30} {pairs.n:3}"
            f"        {pairs.precision:.3f} {pairs.recall:.3f} {pairs.f:.3f}"
            f"   {items.precision:.3f} {items.recall:.3f} {items.f:.3f}"
        )
    click.echo(
        "\nrough copies: mean error (1 - F); the baseline is the better of two, seed by seed"
    )
    for rough in card.rough:
        click.echo(
            f"{rough.data:16} {rough.seeds} seeds   B3 {rough.ours_items:.3f} against "
            f"{rough.baseline_items:.3f}   pairwise {rough.ours_pairs:.3f} against "
            f"{rough.baseline_pairs:.3f}   worst seed at {rough.worst_ratio:.0%} of the baseline's error"
        )
    mirrors = card.mirrors
    click.echo(
        f"\nmirror links: {mirrors.found} of {mirrors.labelled} labelled pairs found, "
        f"{mirrors.unlabelled} engagements without a label"
    )
