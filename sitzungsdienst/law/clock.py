"""The legal clock of a meeting: each deadline in order of time, with traffic light and norm.

It reckons from facts and the rules of the day of the meeting and knows no clock of its own: the day
it is asked on is an argument. It reminds; what happens is for people.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sitzungsdienst.law.deadlines import (
    WARN_DAYS,
    Deadline,
    Light,
    MeetingFacts,
    ResolutionFacts,
    Telling,
    day_text,
    light_of,
    sentence_of,
)
from sitzungsdienst.law.minutes import approved_by_vote, minutes_due
from sitzungsdienst.law.notice import last_public_notice_day, last_summons_day, notice_days
from sitzungsdienst.law.objection import (
    check_objection,
    new_meeting,
    objection_ends,
    suspends_execution,
)
from sitzungsdienst.law.tree import Announcement, Approval, Latest, MissingNotice, Recording, Rules
from sitzungsdienst.law.values import Certainty, Value

SUMMONS = Telling(
    "Ladungsfrist",
    "Die Ladung muss spätestens am {due} zugehen",
    "Die Ladung ist am {done} zugegangen",
)
PUBLIC_NOTICE = Telling(
    "Bekanntmachung",
    "Zeit, Ort und Tagesordnung sind spätestens am {due} bekannt zu machen",
    "Zeit, Ort und Tagesordnung sind am {done} bekannt gemacht",
)
MINUTES = Telling(
    "Niederschrift",
    "Die Niederschrift soll spätestens am {due} unterzeichnet vorliegen",
    "Die Niederschrift ist am {done} unterzeichnet",
)
APPROVAL = Telling(
    "Genehmigung der Niederschrift",
    "Die Niederschrift ist in der nächsten Sitzung am {due} zu genehmigen",
    "Die Niederschrift ist am {done} genehmigt",
)
OBJECTIONS = Telling(
    "Einwendungen gegen die Niederschrift",
    "Über die Einwendungen ist in der nächsten Sitzung am {due} zu entscheiden",
    "Über die Einwendungen ist am {done} entschieden",
)
RECORDING = Telling(
    "Löschung der Tonaufzeichnung",
    "Die Tonaufzeichnung ist seit dem {due} zu löschen",
    "Die Tonaufzeichnung ist am {done} gelöscht",
)
ANNOUNCEMENT = Telling(
    "Bekanntgabe des Beschlusses {number}",
    "Der nichtöffentliche Beschluss {number} ist in der nächsten öffentlichen Sitzung am {due} "
    "bekannt zu geben",
    "Der nichtöffentliche Beschluss {number} ist am {done} bekannt gegeben",
)
NEW_MEETING = Telling(
    "Neue Beratung über den Beschluss {number}",
    "Über den Beschluss {number} ist spätestens am {due} neu zu beraten",
    "Über den Beschluss {number} ist am {done} neu beraten",
)
NO_RULES = (
    "Für den Tag der Sitzung sind keine Regeln hinterlegt. Bitte prüfen Sie die Frist selbst."
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One reckoning: the facts, the rules, and the day it is asked on."""

    facts: MeetingFacts
    rules: Rules
    today: date
    warn_days: int

    def told(
        self,
        key: str,
        telling: Telling,
        rule: Value[object],
        due: date | None,
        done_on: date | None,
        strict: bool = True,
    ) -> Deadline:
        """A task with its last day; without a day and undone, the rule's own words stand.

        Where the day is mere usage (not `strict`), the deed alone makes it green.
        """
        measured = due if strict or done_on is None else None
        light = light_of(measured, done_on, self.today, self.warn_days)
        sentence = rule.wording
        if due is not None or done_on is not None:
            sentence = sentence_of(telling, measured, done_on, self.today)
        return Deadline(
            key, telling.label, due, done_on, light, sentence, rule.norm, rule.certainty
        )


def legal_clock(
    facts: MeetingFacts, rules: Rules | None, today: date, warn_days: int = WARN_DAYS
) -> tuple[Deadline, ...]:
    """Return every deadline of a meeting in order of time, those without a day last.

    `rules` are those of the day of the meeting (None: nothing is stored for it; the deadlines are
    named, but none is reckoned). A light is AMBER from `warn_days` before the last day.
    """
    if rules is None:
        return _without_rules(facts)
    found = _deadlines(_Asked(facts, rules, today, warn_days))
    return tuple(sorted(found, key=lambda one: one.due or one.done_on or date.max))


def _deadlines(asked: _Asked) -> Iterator[Deadline]:
    facts = asked.facts
    yield _summons(asked)
    if facts.public:
        yield _public_notice(asked)
    yield _minutes(asked)
    yield _approval(asked)
    if facts.recorded:
        yield _recording(asked)
    for resolution in facts.resolutions:
        yield _objection(asked, resolution)
        if resolution.objected_on is not None:
            yield _new_meeting(asked, resolution, resolution.objected_on)
        if resolution.nonpublic:
            yield _announcement(asked, resolution)


def _summons(asked: _Asked) -> Deadline:
    facts = asked.facts
    notice = asked.rules.notice
    rule = notice.days
    if facts.urgent and notice.urgent_days.value is not None:
        rule = notice.urgent_days
    elif facts.first_meeting and notice.first_meeting_days.value is not None:
        rule = notice.first_meeting_days
    days = notice_days(
        asked.rules, facts.local_days, urgent=facts.urgent, first_meeting=facts.first_meeting
    )
    due = None
    if days is not None:
        without_notice = facts.urgent and days == 0
        due = facts.meeting_day if without_notice else last_summons_day(facts.meeting_day, days)
    return asked.told("summons", SUMMONS, rule, due, facts.summons_received_on)


def _public_notice(asked: _Asked) -> Deadline:
    facts, law = asked.facts, asked.rules.public_notice
    due = last_public_notice_day(facts.meeting_day, asked.rules)
    if due is None:
        # "In time" without a number of days: before the day of the meeting at any rate.
        due = facts.meeting_day - timedelta(days=1)
    told = asked.told("public_notice", PUBLIC_NOTICE, law.days_before, due, facts.public_notice_on)
    if told.light is Light.RED and law.missing.value is MissingNotice.VOID:
        return replace(told, sentence=f"{told.sentence} {law.missing.wording}")
    return told


def _minutes(asked: _Asked) -> Deadline:
    facts, law = asked.facts, asked.rules.minutes
    due = minutes_due(
        facts.meeting_day,
        asked.rules,
        facts.next_meeting_day,
        next_ordinary=facts.next_ordinary_day,
    )
    by_days = law.due_days.value
    counted = None if by_days is None else facts.meeting_day + timedelta(days=by_days)
    # Where no number of days is named, only the next meeting can set a last day.
    by_meeting = due != counted or (due is None and law.latest.value is not Latest.NONE)
    rule: Value[object] = law.latest if by_meeting else law.due_days
    return _after_meeting(asked, asked.told("minutes", MINUTES, rule, due, facts.minutes_signed_on))


def _approval(asked: _Asked) -> Deadline:
    facts, rule = asked.facts, asked.rules.minutes.approval
    if rule.value is Approval.OBJECTIONS:
        due = facts.next_meeting_day if facts.objections_raised else None
        done = facts.objections_decided_on
        told = asked.told("approval", OBJECTIONS, rule, due, done, strict=False)
    else:
        due = facts.next_meeting_day if rule.value is Approval.VOTE else None
        done = facts.minutes_approved_on
        told = asked.told("approval", APPROVAL, rule, due, done, strict=False)
    return _after_meeting(asked, told)


def _recording(asked: _Asked) -> Deadline:
    facts, rule = asked.facts, asked.rules.minutes.recording
    by_vote = approved_by_vote(asked.rules)
    finished = facts.minutes_approved_on if by_vote else facts.minutes_signed_on
    due = {
        Recording.AFTER_OBJECTIONS: facts.objections_decided_on,
        Recording.AFTER_MINUTES: finished,
        Recording.LOCAL: None,
    }[rule.value]
    return asked.told("recording", RECORDING, rule, due, facts.recording_deleted_on, strict=False)


def _objection(asked: _Asked, resolution: ResolutionFacts) -> Deadline:
    """Until the period has run out, or the objection is dealt with, execution has to wait."""
    rule = asked.rules.objection.days
    ends = objection_ends(resolution.resolved_on, asked.rules)
    objected = resolution.objected_on
    if objected is not None:
        light, sentence = _objected(asked.rules, resolution, objected)
    elif ends is None:
        light, sentence = Light.GREY, rule.wording
    elif asked.today <= ends:
        light = Light.AMBER
        sentence = (
            f"Bis zum {day_text(ends)} kann dem Beschluss {resolution.number} widersprochen "
            "werden. Bitte vollziehen Sie ihn möglichst erst danach."
        )
    else:
        light = Light.GREEN
        sentence = (
            f"Bis zum {day_text(ends)} konnte dem Beschluss {resolution.number} widersprochen "
            "werden; ein Widerspruch ist nicht eingetragen."
        )
    return Deadline(
        key=f"objection:{resolution.key}",
        label=f"Widerspruch gegen den Beschluss {resolution.number}",
        due=ends,
        done_on=objected,
        light=light,
        sentence=sentence,
        norm=rule.norm,
        certainty=rule.certainty,
    )


def _objected(rules: Rules, resolution: ResolutionFacts, objected: date) -> tuple[Light, str]:
    late = check_objection(objected, resolution.resolved_on, rules)
    if late is not None:
        return Light.RED, late.message
    lead = f"Dem Beschluss {resolution.number} ist am {day_text(objected)} widersprochen worden"
    if resolution.decided_again_on is not None:
        again = day_text(resolution.decided_again_on)
        return Light.GREEN, f"{lead}; am {again} ist neu beraten."
    if suspends_execution(rules) is None:
        return Light.AMBER, f"{lead}. Bitte prüfen Sie, ob der Vollzug ausgesetzt ist."
    if suspends_execution(rules):
        return Light.AMBER, f"{lead}. Der Vollzug ist ausgesetzt, bis neu beraten ist."
    return Light.AMBER, f"{lead}. Er ist neu zu beraten."


def _new_meeting(asked: _Asked, resolution: ResolutionFacts, objected: date) -> Deadline:
    between = new_meeting(resolution.resolved_on, objected, asked.rules)
    told = asked.told(
        f"new_meeting:{resolution.key}",
        _numbered(NEW_MEETING, resolution),
        asked.rules.objection.new_meeting_max_days,
        between.latest,
        resolution.decided_again_on,
    )
    if between.earliest is None or resolution.decided_again_on is not None:
        return told
    earliest = f"Frühester Tag ist der {day_text(between.earliest)}."
    return replace(told, sentence=f"{told.sentence} {earliest}")


def _announcement(asked: _Asked, resolution: ResolutionFacts) -> Deadline:
    rule = asked.rules.publicity.announcement
    # Other Länder bind the announcement to its reasons, not to a meeting: no day can be told.
    by_meeting = rule.value is Announcement.NEXT_PUBLIC_MEETING
    due = asked.facts.next_public_meeting_day if by_meeting else None
    told = asked.told(
        f"announcement:{resolution.key}",
        _numbered(ANNOUNCEMENT, resolution),
        rule,
        due,
        resolution.announced_on,
        strict=False,
    )
    if not resolution.withheld or resolution.announced_on is not None:
        return told
    sentence = (
        f"Der nichtöffentliche Beschluss {resolution.number} wird nicht bekannt gegeben; der Grund "
        "ist eingetragen. Bitte prüfen Sie, ob er noch besteht."
    )
    return replace(told, light=Light.GREY, sentence=sentence)


def _numbered(telling: Telling, resolution: ResolutionFacts) -> Telling:
    # The number is put in first; a brace in it must not be taken for a place to fill.
    number = resolution.number.replace("{", "{{").replace("}", "}}")
    return Telling(
        telling.label.replace("{number}", resolution.number),
        telling.task.replace("{number}", number),
        telling.done.replace("{number}", number),
    )


def _after_meeting(asked: _Asked, deadline: Deadline) -> Deadline:
    """Before the meeting nothing can be done yet, so nothing is green or soon."""
    if asked.today < asked.facts.meeting_day and deadline.done_on is None:
        return replace(deadline, light=Light.GREY)
    return deadline


def _without_rules(facts: MeetingFacts) -> tuple[Deadline, ...]:
    """The same deadlines by name, with what was done; nothing is reckoned."""
    named = [("summons", SUMMONS.label, facts.summons_received_on)]
    if facts.public:
        named.append(("public_notice", PUBLIC_NOTICE.label, facts.public_notice_on))
    named.append(("minutes", MINUTES.label, facts.minutes_signed_on))
    named.append(("approval", APPROVAL.label, facts.minutes_approved_on))
    return tuple(
        Deadline(key, label, None, done, Light.GREY, NO_RULES, "", Certainty.UNSURE)
        for key, label, done in named
    )
