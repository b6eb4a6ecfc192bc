"""Who acts: the one value that every legal act and every look-up is asked with."""

from dataclasses import dataclass
from typing import Self

from sitzungsdienst.acts.errors import Unknown
from sitzungsdienst.record.accounts import OfficeUser, UserRole


def assigned(user: OfficeUser) -> frozenset[int]:
    """Return the numbers of the further Bodies that a user works for; only clerks have any."""
    if user.role is not UserRole.CLERK:
        return frozenset()
    return frozenset(one.body_id for one in user.assignments)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, as plain values: it outlives the session its user was loaded in.

    `user_id` and `user_uid` name the acting user; they are None and "" where the command line
    acts. `body_id` is the Body the actor works for, None for an administrator, who belongs to
    none. `person_id` is the person a member is.
    """

    user_id: int | None
    user_uid: str
    role: UserRole
    body_id: int | None
    person_id: int | None

    @classmethod
    def of(cls, user: OfficeUser, body_id: int | None = None) -> Self:
        """Return the actor that this user is, for the Body they chose to work for.

        The choice counts while the user is a clerk who is assigned to that Body. Else the actor
        works for the user's own, so that an assignment that ended stops at once.
        """
        if body_id not in (None, user.body_id) and body_id in assigned(user):
            return cls(user.id, user.uid, user.role, body_id, None)
        return cls(user.id, user.uid, user.role, user.body_id, user.person_id)

    @classmethod
    def system(cls, body_id: int | None) -> Self:
        """Return the command line acting for a Body as its clerk, or for none as administrator."""
        role = UserRole.ADMINISTRATOR if body_id is None else UserRole.CLERK
        return cls(None, "", role, body_id, None)

    @property
    def home(self) -> int:
        """The Body the actor works for; Unknown for administrators, who belong to none."""
        if self.body_id is None:
            raise Unknown("an administrator belongs to no Body")
        return self.body_id
