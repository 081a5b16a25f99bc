"""All hostile sentences, as texts and as coded rows with wrong cells: `python -m bench.hostile [SEEDS]`.

Ends with 1 where any text confirms, names somebody or puts the act on another side. Of the rows, 5 % of the
cells for basis, access, via and kind are wrong; printed is how often a sentence that is no admission comes
out as confirmed in a draft, and in what may leave the mission: that must be never.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor

from tests.builders import table
from tests.weigh.hostile import Sentence, coded, faults, project, sentences
from truceline.model.finding import Occurrence
from truceline.model.report import Edition

SEEDS = 1_000
SHOWN = 10


def confirmed(job: tuple[Sentence, int]) -> tuple[bool, bool]:
    """Answer whether a row with wrong cells confirms what is no admission, in a draft and outside."""
    cells, admitted = coded(*job)
    return _confirms(cells, admitted, Edition.DRAFT), _confirms(cells, admitted, Edition.RELEASED)


def _confirms(cells: dict[str, str], admitted: bool, edition: Edition) -> bool:  # noqa: FBT001
    found = project("coded_claims", "a.csv", table([cells]), edition)
    named = edition is Edition.RELEASED and any(f.attribution.party for f in found.findings)
    happened = any(f.occurrence is Occurrence.CONFIRMED for f in found.findings)
    return named or (happened and not admitted)


def main() -> None:
    """Run all of it and print the figures."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    every = list(sentences())
    wrong = []
    with ProcessPoolExecutor() as pool:
        for number, (sentence, found) in enumerate(
            zip(every, pool.map(faults, every, chunksize=50), strict=True), 1
        ):
            wrong += [(sentence.text, found)] if found else []
            if number % 500 == 0 and sys.stderr.isatty():
                print(f"{number} of {len(every)}", file=sys.stderr)
        hostile = [s for s in every if not (s.plain and not s.relayed)]
        jobs = [(hostile[seed * 7919 % len(hostile)], seed) for seed in range(seeds)]
        drafts, released = map(sum, zip(*pool.map(confirmed, jobs, chunksize=50), strict=True))
    print(f"{len(every)} sentences read: {len(wrong)} confirm, name or accuse another side")
    for text, found in wrong[:SHOWN]:
        print(f"  {', '.join(found)}: {text}")
    print(
        f"{seeds} rows of sentences that admit nothing, 5 % of four cells wrong: {drafts} confirmed "
        f"({drafts / seeds:.2%}) in drafts, {released} confirmed or named outside the mission"
    )
    sys.exit(int(bool(wrong) or released > 0))


if __name__ == "__main__":
    main()
