"""Each outline laid flat once; shapely is imported only where a mission has outlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from truceline.model.zone import Outline
    from truceline.terms.geometry import Drawn

# An outline is kept beside what was drawn of it, so that its identity stays its own; hashing thousands of points each time
# would cost more than drawing them.
_KEPT: dict[int, tuple[Outline, Drawn]] = {}


def drawn(outline: Outline) -> Drawn:
    """Give an outline as it lies on the ground."""
    found = _KEPT.get(id(outline))
    if found is None:
        from truceline.terms.geometry import Drawn  # noqa: PLC0415  only missions with outlines need it

        found = _KEPT[id(outline)] = (outline, Drawn(outline))
    return found[1]
