"""The period of notice: how early a summons must have been received, an announcement been made.

Counted by §§ 187, 188 BGB: neither the day of receipt nor the day of the meeting counts; weekends
and holidays do.
"""

from datetime import date, timedelta

from sitzungsdienst.law.tree import MissingNotice, Rules
from sitzungsdienst.law.values import Finding, ImpossibleNumbersError, Layer, Severity, Value


def last_summons_day(meeting_day: date, days: int) -> date:
    """Return the last day on which a summons may be received so that `days` full days lie between.

    Seven days before 19 April 2017 give 11 April 2017 (§§ 187, 188 BGB).
    Raises ImpossibleNumbersError for a negative number of days.
    """
    if days < 0:
        raise ImpossibleNumbersError("Die Ladungsfrist kann nicht negativ sein.")
    return meeting_day - timedelta(days=days + 1)


def notice_days(
    rules: Rules,
    local_days: int | None = None,
    *,
    urgent: bool = False,
    first_meeting: bool = False,
) -> int | None:
    """Return the full days of notice that hold, or None when neither law nor local rules say.

    Local rules may lengthen a statutory minimum, never shorten it. `urgent` asks for the shorter
    period of urgent cases, where one is known; `first_meeting` for that of a new term.
    """
    value = _period(rules, urgent, first_meeting).value
    if urgent and rules.notice.urgent_days.value is not None:
        return value
    known = [days for days in (value, local_days) if days is not None]
    return max(known, default=None)


def check_notice(
    received: date,
    meeting_day: date,
    rules: Rules,
    local_days: int | None = None,
    *,
    urgent: bool = False,
    first_meeting: bool = False,
) -> Finding | None:
    """Say whether a summons received on `received` is in time; None means it is.

    `local_days` is a period of the body's own rules (Geschäftsordnung) that was not merged into
    `rules`. A local period only warns: local rules know a shorter one in urgent cases, which the
    office decides. An urgent summons without any period passes up to the day of the meeting.
    """
    period = _period(rules, urgent, first_meeting)
    days = notice_days(rules, local_days, urgent=urgent, first_meeting=first_meeting)
    if days is None:
        message = (
            "Die Ladungsfrist steht in der Geschäftsordnung. "
            "Bitte tragen Sie sie unter »Geltendes Recht« ein, damit sie geprüft werden kann."
        )
        return Finding(Severity.NOTE, message, period.norm)
    latest = meeting_day if urgent and not days else last_summons_day(meeting_day, days)
    if received <= latest:
        return None
    message = (
        f"Die Ladung geht am {_day(received)} zu; bei einer Ladungsfrist von {_days(days)} muss "
        f"sie spätestens am {_day(latest)} zugehen. Bitte verlegen Sie die Sitzung oder halten "
        "Sie die Dringlichkeit in der Niederschrift fest."
    )
    statutory = period.statutory
    if statutory.value is not None and received > last_summons_day(meeting_day, statutory.value):
        return Finding(statutory.severity, message, statutory.norm)
    return Finding(Severity.WARN, message, period.norm)


def _period(rules: Rules, urgent: bool, first_meeting: bool) -> Value[int | None]:
    notice = rules.notice
    if urgent and notice.urgent_days.value is not None:
        return notice.urgent_days
    if first_meeting and notice.first_meeting_days.value is not None:
        return notice.first_meeting_days
    return notice.days


def last_public_notice_day(meeting_day: date, rules: Rules) -> date | None:
    """Return the last day to announce time, place and agenda; None where the law says "in time"."""
    days = rules.public_notice.days_before.value
    return None if days is None else meeting_day - timedelta(days=days)


def check_public_notice(published: date | None, meeting_day: date, rules: Rules) -> Finding | None:
    """Say whether an announcement made on `published` (None: never) is in time; None means it is.

    Where the law names no number of days, an announcement before the day of the meeting passes.
    """
    if published is None:
        return _never_announced(rules)
    rule = rules.public_notice.days_before
    latest = last_public_notice_day(meeting_day, rules)
    severity = rule.severity if rule.layer is Layer.LAND else Severity.WARN
    if latest is None:
        latest = meeting_day - timedelta(days=1)
        severity = Severity.WARN
    if published <= latest:
        return None
    message = (
        f"Zeit, Ort und Tagesordnung sind am {_day(published)} bekannt gemacht; spätestens am "
        f"{_day(latest)} war es nötig. Bitte prüfen Sie, ob die Sitzung verlegt werden muss."
    )
    return Finding(severity, message, rule.norm)


def _never_announced(rules: Rules) -> Finding:
    rule = rules.public_notice.missing
    message = (
        "Zeit, Ort und Tagesordnung sind nicht öffentlich bekannt gemacht. "
        "Bitte machen Sie sie bekannt oder verlegen Sie die Sitzung."
    )
    if rule.value is MissingNotice.VOID:
        message += " Beschlüsse einer nicht bekannt gemachten Sitzung sind unwirksam."
    return Finding(rule.severity, message, rule.norm)


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def _days(days: int) -> str:
    return "einem Tag" if days == 1 else f"{days} Tagen"
