"""What the legal clock of a meeting is made of: facts, deadlines, and their traffic lights."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sitzungsdienst.law.values import Certainty

WARN_DAYS = 3


class Light(StrEnum):
    """GREEN: done or time enough. AMBER: soon, or wait. RED: late. GREY: nothing to reckon yet."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline: the last day (`due`, None where none can be told), and the day it was done.

    `key` is stable, and for a resolution ends with that resolution's own key. `certainty` is that
    of the rule of law behind it.
    """

    key: str
    label: str
    due: date | None
    done_on: date | None
    light: Light
    sentence: str
    norm: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class ResolutionFacts:
    """What the clock needs to know of one adopted resolution; `number` is shown, `key` is not.

    `withheld`: a reason why a non-public resolution is not announced is recorded.
    `decided_again_on` is when the body dealt with it anew after an objection.
    """

    key: str
    number: str
    resolved_on: date
    nonpublic: bool = False
    announced_on: date | None = None
    withheld: bool = False
    objected_on: date | None = None
    decided_again_on: date | None = None


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What happened around one meeting, as days in local time; None: not (yet), or not known.

    `local_days` is a period of notice that is not part of the rules handed over. `public`: the
    meeting has a public part. `objections_raised`: against the minutes. `recorded`: a sound
    recording was made for the minutes.
    """

    meeting_day: date
    summons_received_on: date | None = None
    local_days: int | None = None
    urgent: bool = False
    first_meeting: bool = False
    public: bool = True
    public_notice_on: date | None = None
    minutes_signed_on: date | None = None
    minutes_approved_on: date | None = None
    objections_raised: bool = False
    objections_decided_on: date | None = None
    next_meeting_day: date | None = None
    next_ordinary_day: date | None = None
    next_public_meeting_day: date | None = None
    recorded: bool = False
    recording_deleted_on: date | None = None
    resolutions: tuple[ResolutionFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """How a deadline is told: `task` with a place for {due}, `done` with one for {done}."""

    label: str
    task: str
    done: str


def light_of(
    due: date | None, done_on: date | None, today: date, warn_days: int = WARN_DAYS
) -> Light:
    """Return the light of a task that is to be done by the day `due`, that day included."""
    if due is None:
        return Light.GREY if done_on is None else Light.GREEN
    if done_on is not None:
        return Light.GREEN if done_on <= due else Light.RED
    if today > due:
        return Light.RED
    return Light.AMBER if today >= due - timedelta(days=warn_days) else Light.GREEN


def sentence_of(telling: Telling, due: date | None, done_on: date | None, today: date) -> str:
    """Tell in German how a task stands; `due` or `done_on` is known."""
    last = "" if due is None else day_text(due)
    if done_on is not None:
        done = telling.done.format(done=day_text(done_on))
        if due is None:
            return f"{done}."
        if done_on > due:
            return f"{done}, also zu spät: spätestens am {last} war es nötig."
        return f"{done}, also rechtzeitig (spätestens am {last})."
    task = telling.task.format(due=last)
    if due is None:
        return f"{task}."
    left = (due - today).days
    if left < 0:
        return f"{task}. Der Tag ist vorbei, eingetragen ist nichts."
    return f"{task} ({_left(left)})."


def day_text(day: date) -> str:
    """Return a day as offices write it: "19.04.2017"."""
    return day.strftime("%d.%m.%Y")


def _left(days: int) -> str:
    if days == 0:
        return "heute"
    return "morgen" if days == 1 else f"noch {days} Tage"
