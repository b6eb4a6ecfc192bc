"""What can go wrong with an act, in words for the person who tried it."""


class RuleBroken(Exception):
    """The act would break a rule; nothing was changed.

    `field` names the command's field the message belongs to ("" for the whole form), `message` is
    a German sentence that says what to do, `norm` the rule's source where there is one.
    """

    def __init__(self, field: str, message: str, norm: str = "") -> None:
        super().__init__(message)
        self.field = field
        self.message = message
        self.norm = norm

    @property
    def sentence(self) -> str:
        """The message with its norm in brackets."""
        return f"{self.message} ({self.norm})" if self.norm else self.message


class Unknown(LookupError):
    """There is no such thing for this actor: it never was, or it belongs to another Body."""


class Stale(Exception):
    """Somebody else changed the thing since the form was opened; nothing was changed."""
