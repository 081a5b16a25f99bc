"""Make the fonts that the paper forms of a report are set in: subsets of Noto Sans for six scripts in one, and which signs they hold.

    make fonts NOTO=FOLDER

FOLDER holds `NotoSans-Regular.ttf` and its sisters, as Debian's package fonts-noto-core installs them in
/usr/share/fonts/truetype/noto. Writes `src/truceline/report/data/fonts`. The same files give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Iterable

OUT = Path(__file__).resolve().parents[1] / "src" / "truceline" / "report" / "data" / "fonts"
# Latin with Azeri and Vietnamese, Greek, Cyrillic; signs of sentences, money, letters and numbers; arrows and shapes.
_LETTERS = "0020-007E 00A0-024F 0259 02B0-036F 0370-03FF 0400-052F 1E00-1EFF 2000-206F 20A0-20BF 2100-218F FFFD"
_SIGNS = "2190-21FF 2200-22FF 25A0-25FF 2600-26FF 2700-27BF"
# Every script in one font: a drawing whose words fall back from font to font can lose signs.
PARTS = (
    ("NotoSans", _LETTERS, True), ("NotoSansArmenian", "0530-058F FB13-FB17", True), ("NotoSansGeorgian", "10A0-10FF 1C90-1CBF", True),
    ("NotoSansHebrew", "0590-05FF FB1D-FB4F", True), ("NotoSansArabic", "0600-06FF 0750-077F", True),
    ("NotoSansMath", _SIGNS, False), ("NotoSansSymbols", _SIGNS, False), ("NotoSansSymbols2", _SIGNS, False),
)  # fmt: skip
FAMILY = "Noto Sans Truceline"


def points(ranges: str) -> list[int]:
    """Give the code points of ranges such as `0020-007E 0259`."""
    found: list[int] = []
    for part in ranges.split():
        first, _, last = part.partition("-")
        found += range(int(first, 16), int(last or first, 16) + 1)
    return found


def cut(source: Path, ranges: Iterable[int], target: Path) -> set[int]:
    """Write a subset of a font, and give the code points that it holds."""
    options = subset.Options(
        layout_features=["*"], notdef_outline=True, hinting=False, recalc_timestamp=False
    )
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=list(ranges))
    cutter.subset(font)
    font.save(target, reorderTables=True)
    return set(TTFont(target).getBestCmap())


def one(folder: Path, weight: str, work: Path) -> set[int]:
    """Write one weight of the font: each sign from the first part that holds it, in regular where a part is not bold."""
    held: set[int] = set()
    cuts = []
    for number, (name, ranges, weights) in enumerate(PARTS):
        source = folder / f"{name}-{weight if weights else 'Regular'}.ttf"
        wanted = [point for point in points(ranges) if point not in held]
        cuts.append(work / f"{number}.ttf")
        held |= cut(source, wanted, cuts[-1])
    font = Merger().merge([str(part) for part in cuts])
    told = {
        1: FAMILY,
        16: FAMILY,
        4: f"{FAMILY} {weight}",
        6: f"{FAMILY.replace(' ', '')}-{weight}",
    }
    for record in font["name"].names:
        record.string = told.get(record.nameID, record.string)
    font["head"].created = font["head"].modified = TTFont(folder / "NotoSans-Regular.ttf")[
        "head"
    ].created
    font.recalcTimestamp = False
    font.save(OUT / f"NotoSansTruceline-{weight}.ttf", reorderTables=True)
    return set(font.getBestCmap())


def spans(held: set[int]) -> list[str]:
    """Write code points as ranges."""
    found: list[list[int]] = []
    for point in sorted(held):
        if found and found[-1][1] == point - 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return [f"{first:04X}-{last:04X}" for first, last in found]


def main(folder: Path) -> None:
    """Write both weights, and the signs that they hold."""
    OUT.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as work:
        regular, bold = (one(folder, weight, Path(work)) for weight in ("Regular", "Bold"))
    (OUT / "held.txt").write_text("\n".join(spans(regular & bold)) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
