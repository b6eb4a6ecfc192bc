"""The period of notice: how early a summons must have been received, an announcement been made.

Counted by §§ 187, 188 BGB: neither the day of receipt nor the day of the meeting counts; weekends
and holidays do.
"""

from datetime import date, timedelta

from sitzungsdienst.law.tree import Rules
from sitzungsdienst.law.values import Finding, ImpossibleNumbersError, Severity


def last_summons_day(meeting_day: date, days: int) -> date:
    """Return the last day on which a summons may be received so that `days` full days lie between.

    Seven days before 19 April 2017 give 11 April 2017 (§§ 187, 188 BGB).
    Raises ImpossibleNumbersError for a negative number of days.
    """
    if days < 0:
        raise ImpossibleNumbersError("Die Ladungsfrist kann nicht negativ sein.")
    return meeting_day - timedelta(days=days + 1)


def notice_days(rules: Rules, local_days: int | None = None) -> int | None:
    """Return the full days of notice that hold, or None when neither law nor local rules say.

    Local rules may lengthen a statutory minimum, never shorten it.
    """
    known = [days for days in (rules.notice.days.value, local_days) if days is not None]
    return max(known, default=None)


def check_notice(
    received: date, meeting_day: date, rules: Rules, local_days: int | None = None
) -> Finding | None:
    """Say whether a summons received on `received` is in time; None means it is.

    `local_days` is the period of the body's own rules (Geschäftsordnung). A period that comes from
    there only warns: local rules know a shorter one in urgent cases, which the office decides.
    """
    statutory = rules.notice.days
    days = notice_days(rules, local_days)
    if days is None:
        message = (
            "Die Ladungsfrist steht in der Geschäftsordnung. "
            "Bitte tragen Sie sie beim Gremium ein, damit sie geprüft werden kann."
        )
        return Finding(Severity.NOTE, message, statutory.norm)
    latest = last_summons_day(meeting_day, days)
    if received <= latest:
        return None
    message = (
        f"Die Ladung geht am {_day(received)} zu; bei einer Ladungsfrist von {_days(days)} muss "
        f"sie spätestens am {_day(latest)} zugehen. Bitte verlegen Sie die Sitzung oder halten "
        "Sie die Dringlichkeit in der Niederschrift fest."
    )
    statutory_broken = statutory.value is not None and received > last_summons_day(
        meeting_day, statutory.value
    )
    severity = statutory.severity if statutory_broken else Severity.WARN
    return Finding(severity, message, statutory.norm)


def last_public_notice_day(meeting_day: date, rules: Rules) -> date | None:
    """Return the last day to announce time, place and agenda; None where the law says "in time"."""
    days = rules.public_notice.days_before.value
    return None if days is None else meeting_day - timedelta(days=days)


def check_public_notice(published: date, meeting_day: date, rules: Rules) -> Finding | None:
    """Say whether an announcement made on `published` is in time; None means it is.

    Where the law names no number of days, an announcement before the day of the meeting passes.
    """
    norm = rules.public_notice.days_before.norm
    latest = last_public_notice_day(meeting_day, rules)
    if latest is None:
        latest = meeting_day - timedelta(days=1)
        severity = Severity.WARN
    else:
        severity = rules.public_notice.days_before.severity
    if published <= latest:
        return None
    message = (
        f"Zeit, Ort und Tagesordnung sind am {_day(published)} bekannt gemacht; spätestens am "
        f"{_day(latest)} war es nötig. Bitte prüfen Sie, ob die Sitzung verlegt werden muss."
    )
    return Finding(severity, message, norm)


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def _days(days: int) -> str:
    return "einem Tag" if days == 1 else f"{days} Tagen"
