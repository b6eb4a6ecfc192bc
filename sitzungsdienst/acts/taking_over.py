"""What was not settled comes up again: items and steps copied, the old ones left as their trace."""

from collections.abc import Iterable

from sitzungsdienst.acts import agenda_tree as tree
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, ItemKind, Meeting
from sitzungsdienst.record.papers import Consultation, Paper


def undealt(meeting: Meeting) -> list[AgendaItem]:
    """The items nobody decided, voted or elected on, in no particular order."""
    return [
        one
        for one in meeting.agenda
        if one.kind is ItemKind.ITEM
        and not one.ballots
        and not one.elections
        and (one.treatment is None or one.treatment.decision is None)
    ]


def take_over(run: Run, items: Iterable[AgendaItem], target: Meeting) -> list[AgendaItem]:
    """Put copies of the items, in their order, on another meeting's agenda; gives the copies.

    What was non-public, as planned or as treated, is non-public there. Each open paper goes with
    its item by a step of its own, so that the path shows both meetings.
    """
    made: dict[int, AgendaItem] = {}
    for item in items:
        part = _part(item)
        parent = made.get(item.parent_id or 0)
        row = AgendaItem(
            meeting=target,
            meeting_id=target.id,
            part=part,
            kind=item.kind,
            title=item.title,
            parent_id=parent.id if parent is not None and parent.part is part else None,
            taken_over_from=item,
        )
        if part is item.part:
            row.public_title, row.disclosure = item.public_title, item.disclosure
        else:
            row.public_title, row.disclosure = "", Disclosure.HIDDEN
        tree.to_the_end(row)
        run.session.add(row)
        run.session.flush()
        made[item.id] = row
        committees = {one.id for one in target.organizations}
        for step in list(item.consultations):
            again = next_step(run, step)
            if step.organization_id in committees:
                again.agenda_item = row
    run.session.flush()
    return list(made.values())


def _part(item: AgendaItem) -> Part:
    """The part in which it comes up again: what was behind closed doors once stays there."""
    return Part.NONPUBLIC if Part.NONPUBLIC in {item.part, item.actual_part} else Part.PUBLIC


def with_headings(items: Iterable[AgendaItem], order: Iterable[AgendaItem]) -> list[AgendaItem]:
    """The items and the headings they stand under, in the order given."""
    wanted = {one.id for one in items}
    rows = list(order)
    by_id = {one.id: one for one in rows}
    for one in [by_id[key] for key in wanted if key in by_id]:
        above = tree.chain(one, by_id)[1:]
        headings = (each for each in above if each.kind is ItemKind.HEADING)
        wanted |= {each.id for each in headings if each.part is _part(one)}
    return [one for one in rows if one.id in wanted]


def next_step(run: Run, step: Consultation) -> Consultation:
    """The same committee once more on the paper's path: a step that is open yet, or a new one.

    The old step stays with its item, so that the path tells both times. The new one stands right
    behind it, on no agenda.
    """
    paper = run.fetch(Paper, step.paper_id)
    later = [one for one in paper.consultations if one.position > step.position]
    for one in later:
        same = (one.organization_id, one.role) == (step.organization_id, step.role)
        if same and one.agenda_item is None and not one.result_note:
            return one
    for one in later:
        one.position += 1
    row = Consultation(
        position=step.position + 1,
        organization_id=step.organization_id,
        organization=step.organization,
        role=step.role,
    )
    paper.consultations.append(row)
    run.session.flush()
    return row
