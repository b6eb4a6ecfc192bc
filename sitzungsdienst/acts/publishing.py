"""What every releasing act does at its end."""

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.gate.desk import Desk

# The command line releases too (the demo); the ledger wants an actor's uid in the usual form.
COMMAND_LINE = "00000000-0000-0000-0000-000000000000"


def publish(run: Run, desk: Desk, reason: str) -> None:
    """File what lies on the desk, named by the running act."""
    desk.hand_over(run.name, run.actor.user_uid or COMMAND_LINE, reason, run.now)


def needed_reason(reason: str) -> str:
    """The public reason of a change to something released; RuleBroken if there is none."""
    return checks.line(
        "reason",
        reason,
        needed="Bitte geben Sie den Grund an; er steht öffentlich bei der neuen Fassung.",
        limit=500,
    )


def publish_change(run: Run, desk: Desk, reason: str, *, released_before: bool) -> None:
    """File a release; one that replaces an earlier one must say why and must change something.

    So must one that takes something back on its way, as a line of the agenda hidden since.
    """
    if released_before and not desk.differs():
        raise RuleBroken("", "Die veröffentlichte Fassung ist schon auf diesem Stand.")
    if released_before or desk.withdrawn:
        publish(run, desk, needed_reason(reason))
    else:
        publish(run, desk, checks.line("reason", reason, limit=500))
