"""Passwords: what is accepted, and how it is kept (Argon2id; OWASP ASVS 5.0, 6.2 and 11.4.2).

A password needs length, not special characters. It is hashed with a bounded number of hashes at
once, since each takes much memory, and a sign-in of an unknown user costs the same time as one
with a wrong password.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sitzungsdienst.acts.errors import RuleBroken

SHORTEST = 12
LONGEST = 256
PARALLEL = 2
PATIENCE_SECONDS = 10.0

# Words that common long passwords are made of. What is left without them must still be something.
COMMON_WORDS = (
    "passwort", "password", "kennwort", "willkommen", "welcome", "sitzungsdienst", "sitzung",
    "landkreis", "verwaltung", "rathaus", "gemeinde", "kreistag", "stadtrat", "buergermeister",
    "bürgermeister", "administrator", "admin", "qwertzuiop", "qwertyuiop", "qwertz", "qwerty",
    "asdfghjkl", "yxcvbnm", "zxcvbnm", "abcdefghijkl", "abcdef", "geheim", "hallo", "sommer",
    "winter", "frühling", "fruehling", "herbst", "schatz", "iloveyou", "letmein", "monkey",
    "dragon", "football", "fussball", "deutschland", "germany", "master", "changeme", "secret",
    "sunshine", "princess", "superman", "batman", "test", "start", "user", "login", "neu", "mein",
)  # fmt: skip
FEWEST_OWN_CHARACTERS = 5
SHORTEST_RUN = 3


class Busy(Exception):
    """Too many passwords are being checked at this moment; to be tried again shortly."""


class Passwords:
    """Hashes and verifies; one per process, so that its bound on parallel hashes means something.

    `hasher` sets the cost; tests take a cheap one.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._slots = BoundedSemaphore(PARALLEL)
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return the hash to keep. Raises Busy."""
        with self._slot():
            return self._hasher.hash(password)

    def verify(self, kept: str | None, password: str) -> bool:
        """Whether the password is right; takes as long for a user who does not exist (None).

        Raises Busy.
        """
        with self._slot():
            try:
                self._hasher.verify(kept or self._nobody, password[:LONGEST])
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def outdated(self, kept: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire(timeout=PATIENCE_SECONDS):
            raise Busy
        try:
            yield
        finally:
            self._slots.release()


def check_rules(password: str, *, field: str = "password", email: str = "") -> str:
    """Return the password if it may be used; raises RuleBroken at `field` if not."""
    if len(password) < SHORTEST:
        raise RuleBroken(
            field,
            f"Das Passwort ist zu kurz. Nehmen Sie mindestens {SHORTEST} Zeichen,"
            " zum Beispiel drei oder vier Wörter, die nichts miteinander zu tun haben.",
        )
    if len(password) > LONGEST:
        raise RuleBroken(field, f"Das Passwort darf höchstens {LONGEST} Zeichen lang sein.")
    if _is_common(password, email):
        raise RuleBroken(
            field,
            "Dieses Passwort ist zu leicht zu erraten. Nehmen Sie zum Beispiel drei oder vier"
            " Wörter, die nichts miteinander zu tun haben.",
        )
    return password


def _is_common(password: str, email: str) -> bool:
    """Whether little remains of the password without common words, years, runs and repetition."""
    rest = password.casefold()
    own_name = email.casefold().split("@", 1)[0].replace(".", " ").split()
    for word in (*COMMON_WORDS, *(part for part in own_name if len(part) > 3)):
        rest = rest.replace(word, "")
    rest = _without_runs(re.sub("(19|20)[0-9]{2}", "", rest))
    return len(set(rest)) < FEWEST_OWN_CHARACTERS


def _without_runs(text: str) -> str:
    """Take out what only counts up, counts down or repeats: "1234", "cba", "aaa"."""
    kept = ""
    start = 0
    while start < len(text):
        longest = max(_run_length(text, start, step) for step in (-1, 0, 1))
        kept += text[start] if longest < SHORTEST_RUN else ""
        start += longest if longest >= SHORTEST_RUN else 1
    return kept


def _run_length(text: str, start: int, step: int) -> int:
    end = start + 1
    while end < len(text) and ord(text[end]) - ord(text[end - 1]) == step:
        end += 1
    return end - start
