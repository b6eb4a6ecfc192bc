"""Where the files lie that are no Python: templates, migrations, style sheets, fonts.

In a checkout templates and migrations stand beside the package; in a wheel they are packed
into it. Both places are looked up here and nowhere else.
"""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    """Return the folder `name` of a wheel, else that of the checkout around the package.

    The wheel's place comes first: beside an installed package lie strangers' folders, and one
    of them may have the same name.
    """
    packed = _PACKAGE / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


TEMPLATES: Final = _folder("templates")
"""Jinja templates, with the folders `macros`, `office` and `public`."""

MIGRATIONS: Final = _folder("migrations")
"""Alembic's folder: `env.py` and `versions`."""

STATIC: Final = _PACKAGE / "static"
"""What browsers are served: our own style sheets, and `vendor` with those of others."""

FONTS: Final = STATIC / "vendor" / "fonts"
"""TrueType fonts for PDF: `NotoSans-*.ttf` and `DejaVuSans*.ttf`, with their licences."""
