"""The paper's last pages: what people said and decided, what is wrong in the data, every incident, and what it all rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.judgement import ClassificationState
from truceline.report.paper.blocks import (
    Block,
    Bullets,
    Code,
    Grid,
    Heading,
    Picture,
    Run,
    Style,
    Text,
    joined,
    words,
)
from truceline.report.paper.incident import finding, what, when
from truceline.report.paper.links import anchor, numbers
from truceline.report.qr import qr_code
from truceline.report.words import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from truceline.report.paper.blocks import Line
    from truceline.report.paper.speech import Speech
    from truceline.report.view import View
    from truceline.report.view_claims import ClaimView, Disputed, IncidentView
    from truceline.report.view_issue import IssueView

CHECK = 'truceline verify MISSION --head "NAME NUMBER ROOT"'
_QUOTE = "verbatim quote"


def said(view: View, speech: Speech) -> Iterator[Block]:
    """Give statements, replies and disputed events, each version beside the other."""
    yield Heading(level=1, text=speech.say("Statements and replies"))
    yield Text(line=words(speech.say("Each is what its speaker says, not what the mission finds."), Style.MUTED))  # fmt: skip
    for group in view.statements:
        yield Heading(level=2, text=speech.label(group.label))
        yield Bullets(items=tuple(_claim(claim, speech) for claim in group.claims))
    yield Heading(level=2, text=speech.say("Replies that deny an accusation"))
    if view.denials:
        yield Bullets(
            items=tuple(
                joined(_claim(d.claim, speech), numbers((d.number,) if d.number else ())) for d in view.denials
            )
        )  # fmt: skip
    else:
        yield Text(line=words(speech.say("None is on record.")))
    yield Heading(level=1, text=speech.say("Disputed events, with each version"))
    if not view.disputed:
        yield Text(line=words(speech.say("None.")))
    for event in view.disputed:
        yield from _disputed(event, speech)


def _claim(claim: ClaimView, speech: Speech) -> Line:
    where = f" {speech.days(claim.when)}; {claim.where}"
    told = [
        speech.say("published {day}", day=speech.days(claim.published)),
        claim.outlet or "",
        *claim.notes,
    ]
    if claim.unresolved:
        fields = ", ".join(map(speech.label, claim.unresolved))
        told.append(speech.say("unresolved: {fields}", fields=fields))
    if claim.harm:
        told.insert(0, speech.say("states {harm}", harm=claim.harm))
    return joined(
        words(f"{claim.who} ", Style.STRONG), words(f"{speech.label(claim.verb)}: "), _words(claim.text, claim.kind, claim.language, speech),
        words(f" \N{EN DASH}{where}; {'; '.join(part for part in told if part)}; ", Style.MUTED),
        words(speech.say("item {digest}", digest=short(claim.item)), Style.MUTED),
    )  # fmt: skip


def _words(text: str, kind: str, language: str | None, speech: Speech) -> Line:
    """Write somebody's words: a quote in marks, in its own language; a paraphrase says that it is one."""
    if not text:
        return words(speech.say("(no text kept)"), Style.MUTED)
    if kind == _QUOTE:
        return words(
            f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}",
            lang=language or "",
        )
    return joined(words(text), words(speech.say(" (paraphrase by a coder)"), Style.MUTED))


def _disputed(event: Disputed, speech: Speech) -> Iterator[Block]:
    yield Text(line=joined(words(speech.days(event.label), Style.STRONG), numbers(event.numbers)))
    told = [*event.how]
    if event.hypotheses:
        told.append(speech.say("Rival hypotheses, neither of them a finding: {rivals}.", rivals=" / ".join(event.hypotheses)))  # fmt: skip
    if told:
        yield Text(line=words("; ".join(told), Style.MUTED))
    yield Bullets(items=tuple(
        joined(
            words(speech.say("Version of {who}: ", who=version.who), Style.STRONG),
            *(
                joined(words(f"{s.who} {speech.label(s.verb)}: "), _words(s.text, s.kind, None, speech), words(" "))
                for s in version.sayings
            ),
        )
        for version in event.versions
    ))  # fmt: skip


def people(view: View, speech: Speech) -> Iterator[Block]:
    """Give what people decided, and what is wrong in the data or left out."""
    yield Heading(level=1, text=speech.say("Decisions by people"))
    if view.decisions:
        head = ("Decision", "State", "Reason given", "About")
        yield Grid(
            caption=speech.say("Decisions in force"), head=tuple(map(speech.label, head)), widths=(2, 2, 5, 3),
            rows=tuple(
                (words(speech.label(d.verdict)), words(speech.label(d.state)), words(d.reason), numbers(d.numbers))
                for d in view.decisions
            ),
        )  # fmt: skip
    else:
        yield Text(line=words(speech.say("No decision or proposal is on record.")))
    yield Heading(level=1, text=speech.say("Problems in the data, and what is left out"))
    told = (
        speech.count("{n} problem.", "{n} problems.", len(view.problems)),
        speech.count("{n} item without a publication date, left out.", "{n} items without a publication date, left out.", len(view.excluded)),
        speech.count("{n} item published after the as-of, not counted.", "{n} items published after the as-of, not counted.", view.later),
    )  # fmt: skip
    yield Text(line=words(" ".join(told)))
    if view.problems:
        yield Bullets(items=tuple(
            joined(words(f"{speech.label(p.severity)}: ", Style.STRONG), words(p.message)) for p in view.problems
        ))  # fmt: skip


def method(view: View, speech: Speech) -> Iterator[Block]:
    """Say how it was made, so that anybody can make it again."""
    h = view.header
    yield Heading(level=1, text=speech.say("Method"))
    rows = (
        ("Engine and rules", h.method), ("Mission version", h.mission_version), ("Digest of the set of items", h.items_digest),
        ("As-of, as given", h.as_of_text), ("Counting rule", f"{h.counting_rule}: {h.counting_sentence}"), ("Name policy", h.name_policy),
        ("Occurrence", speech.say("A table says what stands behind each status; nothing is added up, and no odds are given. Each origin counts once.")),
        ("Four axes", speech.say("Whether it happened, whether it breaches a provision, who did it, and where the case stands are kept apart.")),
    )  # fmt: skip
    yield Bullets(items=tuple(
        joined(words(f"{speech.label(name)}: ", Style.STRONG), words(told)) for name, told in rows
    ))  # fmt: skip


def annex(view: View, speech: Speech) -> Iterator[Block]:
    """Give every incident: a row each, and then the words of each source."""
    yield Heading(level=1, text=speech.say("Annex: incidents"))
    if not view.incidents:
        empty = (
            "No incident was reported."
            if view.counted
            else "Not counted: no evidence could be read."
        )
        yield Text(line=words(speech.label(empty)))
        return
    head = ("No.", "When", "Where", "What", "Finding", "Origins, each counted once")
    yield Grid(
        caption=speech.say("Incidents"), head=tuple(map(speech.label, head)), widths=(1, 3, 3, 3, 4, 4),
        rows=tuple(_row(incident, speech) for incident in view.incidents),
    )  # fmt: skip
    yield Heading(level=1, text=speech.say("Annex: what each source says"))
    for incident in view.incidents:
        yield from _incident(incident, speech)


def _row(incident: IncidentView, speech: Speech) -> tuple[Line, ...]:
    number = Run(text=str(incident.number), style=Style.STRONG, to=anchor(incident.number))
    origins = "; ".join(origin.label for origin in incident.origins)
    return (
        (number,), words(when(incident.when, speech)), words(speech.label(incident.where)), words(what(incident.what, speech)),
        finding(incident, speech), words(origins or speech.say("None that supports it.")),
    )  # fmt: skip


def _incident(incident: IncidentView, speech: Speech) -> Iterator[Block]:
    head = speech.say("No. {n}: {what}, {where}", n=incident.number, what=what(incident.what, speech), where=speech.label(incident.where))  # fmt: skip
    yield Heading(level=2, text=head, id=anchor(incident.number))
    yield Text(line=joined(words(f"{when(incident.when, speech)}. "), finding(incident, speech)))
    steps = [step.sentence for step in incident.finding.steps]
    if steps:
        yield Text(line=words(" ".join(f"{step}." for step in steps), Style.MUTED, lang="en"))
    # Outside whose scope it lies would stand on every card, and says nothing of this one.
    breaches = [
        f"{c.title}: {speech.label(c.classification_label)}"
        for c in incident.classifications
        if c.classification != ClassificationState.OUTSIDE_SCOPE
    ]
    if breaches:
        yield Text(line=words("; ".join(breaches)))
    yield Bullets(items=tuple(_claim(claim, speech) for claim in incident.claims))


def rests_on(view: View, speech: Speech) -> Iterator[Block]:
    """Show the signed head with its code and the line that checks it, where the report was drafted or issued."""
    if view.issue:
        yield Heading(level=1, text=speech.say("What this report rests on"))
        yield from _issue(view.issue, speech)


def _issue(issue: IssueView, speech: Speech) -> Iterator[Block]:
    before = (
        speech.say("{number}, after {previous}, whose page has the SHA-256 {page}.", number=issue.number, previous=issue.previous, page=issue.previous_page)
        if issue.previous else speech.say("{number}, the first report of this mission.", number=issue.number)
    )  # fmt: skip
    yield Text(line=words(before))
    who = speech.say("Drafted by {who} at {when}.", who=issue.by, when=issue.at)
    if issue.approved:
        who += " " + speech.say("Approved, as these bytes, by {who}, and issued at {when}.", who=issue.approved_by, when=issue.approved_at)  # fmt: skip
    yield Text(line=words(who))
    yield Text(line=words(speech.say("Everything received and decided until the draft stands in a ledger whose signed head is:")))  # fmt: skip
    yield Code(text=issue.head.rstrip("\n"))
    yield Picture(svg=qr_code(issue.head), words=speech.say("The signed head as a QR code: the text above it"), width=0.28)  # fmt: skip
    yield Text(line=words(speech.say("Keep these lines. Whoever has the ledger, or a copy of it, can be asked to show that it begins with them:")))  # fmt: skip
    yield Code(text=CHECK)
    yield Text(line=words(speech.say("The signature is of the key {key}. Compare it with the one that the mission gave you by another way; printed here alone it proves nothing.", key=issue.key)))  # fmt: skip
    yield Text(line=words(speech.say("This proves that the records were there and are unchanged. It does not prove that what they say is true.")))  # fmt: skip


def foot(view: View) -> str:
    """Give the line at the foot of every page: which report, as of when, and the first lines of its head."""
    parts: Iterable[str] = (view.header.mission, view.header.as_of)
    issue = view.issue
    if issue is not None:
        name, size, root = issue.head.splitlines()[:3]
        parts = (issue.number, view.header.as_of, f"{name} {size} {root}")
    return " · ".join(parts)
