"""What share of the changes to the code of linking, weighing and judging its tests notice: `make mutants`.

Reads what `mutmut run` and `mutmut export-cicd-stats` left in `mutants/`. Ends with 1 below the share that the
project asks for. Changes that no test reaches count as not noticed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

STATS = Path("mutants/mutmut-cicd-stats.json")
LEAST = 0.85


def main() -> None:
    """Print the score."""
    stats = json.loads(STATS.read_text(encoding="utf-8"))
    noticed = stats["killed"] + stats["timeout"] + stats["segfault"]
    missed = stats["survived"] + stats["no_tests"] + stats["suspicious"]
    score = noticed / (noticed + missed)
    print(
        f"{noticed + missed} changes to the code of linking, weighing and judging, {noticed} noticed: score {score:.3f}"
    )
    sys.exit(int(score < LEAST))


if __name__ == "__main__":
    main()
