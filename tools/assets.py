"""Copy what the program uses of its npm packages into sitzungsdienst/static/vendor.

Run by `make setup` after `npm ci`. The list below is the whole list: a file of a package that
is not named here is neither served nor packed into the wheel.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "sitzungsdienst" / "static" / "vendor"

KERN = "@kern-ux/native"
NOTO = "@expo-google-fonts/noto-sans"
DEJAVU = "dejavu-fonts-ttf"

# source in node_modules → place under static/vendor
FILES = {
    f"{KERN}/dist/kern.min.css": "kern/kern.min.css",
    f"{KERN}/dist/fonts/fira-sans.css": "kern/fonts/fira-sans.css",
    f"{KERN}/LICENSE.md": "kern/LICENSE.md",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
    f"{NOTO}/400Regular/NotoSans_400Regular.ttf": "fonts/NotoSans-Regular.ttf",
    f"{NOTO}/400Regular_Italic/NotoSans_400Regular_Italic.ttf": "fonts/NotoSans-Italic.ttf",
    f"{NOTO}/700Bold/NotoSans_700Bold.ttf": "fonts/NotoSans-Bold.ttf",
    f"{NOTO}/700Bold_Italic/NotoSans_700Bold_Italic.ttf": "fonts/NotoSans-BoldItalic.ttf",
    f"{NOTO}/LICENSE_FONT": "fonts/LICENSE-NotoSans.txt",
    f"{DEJAVU}/ttf/DejaVuSans.ttf": "fonts/DejaVuSans.ttf",
    f"{DEJAVU}/ttf/DejaVuSans-Bold.ttf": "fonts/DejaVuSans-Bold.ttf",
    f"{DEJAVU}/ttf/DejaVuSans-Oblique.ttf": "fonts/DejaVuSans-Oblique.ttf",
    f"{DEJAVU}/ttf/DejaVuSans-BoldOblique.ttf": "fonts/DejaVuSans-BoldOblique.ttf",
    f"{DEJAVU}/LICENSE": "fonts/LICENSE-DejaVuSans.txt",
}

_RELATIVE_URL = re.compile(r"""url\(["']?\./([^"')]+)["']?\)""")


def web_fonts() -> dict[str, str]:
    """Return the font files that KERN's font style sheet asks for, in the shape of FILES."""
    sheet = (MODULES / KERN / "dist/fonts/fira-sans.css").read_text("utf-8")
    names = sorted(set(_RELATIVE_URL.findall(sheet)))
    return {f"{KERN}/dist/fonts/{name}": f"kern/fonts/{name}" for name in names}


def main() -> None:
    """Fill a fresh folder and swap it in, so that no half copy is ever served."""
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for source, place in {**FILES, **web_fonts()}.items():
            target = fresh / place
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(MODULES / source, target)
    except FileNotFoundError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        sys.exit(f"assets: {error.filename} is missing; run `make clean setup` to fetch it again.")
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


if __name__ == "__main__":
    main()
