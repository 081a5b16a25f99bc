"""An incident in words of any language: when, what, and what is found of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.report.paper.blocks import Style, joined, words
from truceline.report.paper.labels import TIMES
from truceline.report.paper.links import numbers

if TYPE_CHECKING:
    from truceline.report.paper.blocks import Line
    from truceline.report.paper.speech import Speech
    from truceline.report.view_claims import IncidentView


def incident_line(incident: IncidentView, speech: Speech) -> Line:
    """Say an incident in a line: what is found, what, where and when, and how many origins stand behind it."""
    apart = sum(not origin.interested for origin in incident.origins)
    behind = speech.count("{n} origin, without an interest: {apart}", "{n} origins, without an interest: {apart}", len(incident.origins), apart=apart)  # fmt: skip
    told = f"{what(incident.what, speech)}, {speech.label(incident.where)}, {when(incident.when, speech)}"
    return joined(
        words(f"{speech.label(incident.finding.occurrence_label)} \N{EN DASH} ", Style.STRONG), words(told),
        words(f": {behind}; {speech.label(incident.finding.attribution_label)}", Style.MUTED), numbers((incident.number,)),
    )  # fmt: skip


def finding(incident: IncidentView, speech: Speech) -> Line:
    """Say what is found of an incident, who did it as far as that is found, and whether somebody tells it otherwise."""
    found = incident.finding
    parts = [speech.label(found.attribution_label)]
    parts += [found.party] if found.party else []
    parts += [speech.say("contested")] if incident.contested else []
    parts += [speech.say("contradicted")] if found.contradicted else []
    return joined(
        words(speech.label(found.occurrence_label), Style.STRONG), words("; " + "; ".join(parts))
    )


def when(text: str, speech: Speech) -> str:
    """Write the time of an incident, as finely as it was stated."""
    for note in TIMES:
        text = text.replace(note, speech.label(note))
    return speech.days(text.replace(" to ", " \N{EN DASH} ") if speech.lang != "en" else text)


def what(text: str, speech: Speech) -> str:
    """Write the acts of an incident."""
    return "; ".join(speech.label(act) for act in text.split("; "))
