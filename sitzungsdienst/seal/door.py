"""The way in for whom seals nothing: the packages that seal are optional, and loaded here only.

`config` has seen that they are there, wherever a seal is configured.
"""

from datetime import datetime
from importlib import import_module
from typing import Any

from sitzungsdienst.config import SealSettings
from sitzungsdienst.seal.values import Checked, Sealer


def sealer(settings: SealSettings) -> Sealer:
    """Return what seals with these settings; the key is looked for when it is needed."""
    pades: Any = import_module("sitzungsdienst.seal.pades")

    def seal(pdf: bytes, now: datetime) -> bytes:
        sealed: bytes = pades.seal(pdf, settings, now)
        return sealed

    return seal


def check(pdf: bytes, settings: SealSettings, now: datetime) -> tuple[bytes, Checked]:
    """Return the sample `pdf` with the seal, and what it bears. Raises SealFailed."""
    pades: Any = import_module("sitzungsdienst.seal.pades")
    found: tuple[bytes, Checked] = pades.check(pdf, settings, now)
    return found
