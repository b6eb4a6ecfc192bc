"""What can go wrong with a seal, in words for whoever has to mend it."""


class SealFailed(Exception):
    """Nothing was sealed; the message is German, says what to do and holds no secret."""
