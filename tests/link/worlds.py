"""Tables of claims of many kinds, drawn for properties, and what of an assessment must not change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.builders import row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.builders import Row
    from truceline.model.report import Assessment


def varied(draw: st.DrawFn, number: int) -> Row:
    """Draw one row of many kinds."""
    side, enemy = draw(st.sampled_from([("AA", "BB"), ("BB", "AA")]))
    kind = draw(
        st.sampled_from(["accusation", "accusation", "denial", "admission", "verification"])
    )
    return row(
        f"C{number:02}",
        origin=draw(st.sampled_from([f"{side} MoD", "Watch", "", "Wire reporter"])),
        basis=draw(st.sampled_from(["", "", "inspected", "examined", "told"])),
        access=draw(st.sampled_from(["", "own", "escorted(BB)", "remote"])),
        origin_side="",
        kind=kind,
        accused=draw(st.sampled_from([enemy, enemy, ""])),
        act=draw(st.sampled_from(["artillery_shelling", "shelling", "ground_assault", ""])),
        places=draw(st.sampled_from(["Alpha", "Beta", "Gamma;Alpha", "North district", ""])),
        t_from_local=draw(
            st.sampled_from(
                ["2020-10-10", "2020-10-11 14:00", "2020-10-11 14:40", "2020-10-11", ""]
            )
        ),
        time_precision="",
        pub_date=draw(st.sampled_from(["2020-10-11", "2020-10-12"])),
        paraphrase=draw(
            st.sampled_from(["Shells fell on homes.", "An assault was beaten off.", ""])
        ),
    )


@st.composite
def evidence(draw: st.DrawFn) -> list[Row]:
    """Draw a table of claims."""
    return [varied(draw, n) for n in range(draw(st.integers(1, 10)))]


def outcome(assessment: Assessment, names: Mapping[str, str]) -> set[tuple[object, ...]]:
    """Give what is found of each incident, told by the names that its rows stand for."""
    told = {c.id: names[c.external_id or ""] for c in assessment.claims}
    rows = {i.id: frozenset(told[m] for m in i.members) for i in assessment.incidents}
    engaged = {e.id: frozenset(rows[i] for i in e.incidents) for e in assessment.engagements}
    found = {f.incident: f for f in assessment.findings}
    return {
        (
            rows[i.id], i.contested, engaged.get(i.engagement or ""),
            frozenset(rows[other] for other in i.fits_several),
            found[i.id].occurrence, found[i.id].attribution.state, found[i.id].strength, found[i.id].row,
            tuple(p.gazetteer_id for p in i.places), i.span,
        )
        for i in assessment.incidents
    }  # fmt: skip
