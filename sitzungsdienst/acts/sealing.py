"""The electronic seal in acts: what is issued for good bears it, where the office has one.

The seal hangs on the session, so that every act that issues something finds it, and none needs it.

A token or a time-stamp server may take seconds, and nobody else could write meanwhile. So an act
that seals (`seals`) is tried twice: the first try shows what it would issue and is taken back, its
prints are sealed with the database free, and the second finds them sealed. Printing is
deterministic: what reads differently by then, because somebody changed it, is sealed anew.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from hashlib import sha512
from typing import Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run, Unsealed
from sitzungsdienst.seal.failure import SealFailed
from sitzungsdienst.seal.values import Sealer

#: How often an act is tried, the first time included, before those who change it go first.
TRIES: Final = 5
_SEAL: Final = "seal"
_PUBLIC: Final = "seal_public"
_TRIES: Final = "sealing"

Asked = ParamSpec("Asked")
Given = TypeVar("Given")


@dataclass(slots=True)
class _Tries:
    """What the tries of one act have in common.

    `sealed` holds sealed prints under the hash of the print, `uids` those given out, in order.
    """

    sealed: dict[str, bytes] = field(default_factory=dict)
    uids: list[str] = field(default_factory=list)
    given: int = 0


def give_seal(session: Session, sealer: Sealer, *, public: bool = True) -> None:
    """Let acts on `session` seal what they issue for good, and with `public` what they publish."""
    session.info[_SEAL], session.info[_PUBLIC] = sealer, public


def has_seal(session: Session) -> bool:
    """Whether acts on `session` seal what they issue for good."""
    return _SEAL in session.info


def seals_public(session: Session) -> bool:
    """Whether acts on `session` seal what they print for the public."""
    return has_seal(session) and bool(session.info[_PUBLIC])


def seals(
    act: Callable[Concatenate[Session, Asked], Given],
) -> Callable[Concatenate[Session, Asked], Given]:
    """Let an act seal what it issues. Nothing is sealed inside its transaction.

    The act is called again with what it was called with: it takes plain values, and does nothing
    but what its transaction takes back. Raises RuleBroken where something cannot be sealed; then
    nothing was kept.
    """

    @wraps(act)
    def tried(session: Session, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Given:
        if not has_seal(session):
            return act(session, *args, **kwargs)
        tries = session.info[_TRIES] = _Tries()
        try:
            for left in reversed(range(TRIES)):
                tries.given = 0
                try:
                    return act(session, *args, **kwargs)
                except Unsealed as unsealed:
                    if left:
                        _seal(session, tries, unsealed)
        finally:
            del session.info[_TRIES]
        raise RuleBroken(
            "", "Gerade speichert jemand anderes dasselbe. Bitte versuchen Sie es noch einmal."
        )

    return tried


def sealed(run: Run, pdf: bytes) -> bytes:
    """Return `pdf`, printed to be sealed, with the seal.

    In a try that finds none it is the print itself: that try is not kept. KeyError in an act
    that is not one that `seals`.
    """
    tries: _Tries = run.session.info[_TRIES]
    found = tries.sealed.get(_name(pdf))
    if found is None:
        run.unsealed.append(pdf)
        return pdf
    return found


def new_uid(session: Session) -> str:
    """A new uid for what bears it in its print: the same in every try of an act that seals."""
    tries: _Tries | None = session.info.get(_TRIES)
    if tries is None:
        return str(uuid.uuid4())
    if tries.given == len(tries.uids):
        tries.uids.append(str(uuid.uuid4()))
    tries.given += 1
    return tries.uids[tries.given - 1]


def _seal(session: Session, tries: _Tries, unsealed: Unsealed) -> None:
    """Seal what a try that was taken back would have issued."""
    sealer: Sealer = session.info[_SEAL]
    for pdf in unsealed.prints:
        name = _name(pdf)
        try:
            tries.sealed[name] = tries.sealed.get(name) or sealer(pdf, unsealed.now)
        except SealFailed as failed:
            raise RuleBroken("", str(failed)) from failed


def _name(pdf: bytes) -> str:
    return sha512(pdf).hexdigest()
