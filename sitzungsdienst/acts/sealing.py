"""The electronic seal in acts: what is issued for good bears it, where the office has one.

The seal hangs on the session, so that every act that issues something finds it, and none needs it.
"""

from sqlalchemy.orm import Session

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.seal.failure import SealFailed
from sitzungsdienst.seal.values import Sealer

_KEY = "seal"


def give_seal(session: Session, sealer: Sealer) -> None:
    """Let acts on `session` seal what they issue for good."""
    session.info[_KEY] = sealer


def has_seal(session: Session) -> bool:
    """Whether acts on `session` seal what they issue for good."""
    return _KEY in session.info


def sealed(run: Run, pdf: bytes) -> bytes:
    """Return `pdf`, printed to be sealed, with the seal.

    Raises RuleBroken where it cannot be sealed, so that the act leaves nothing half done.
    """
    sealer: Sealer = run.session.info[_KEY]
    try:
        return sealer(pdf, run.now)
    except SealFailed as failed:
        raise RuleBroken("", str(failed)) from failed
