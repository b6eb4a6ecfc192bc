"""The characters of DIN 91379:2022-08, which every office of the administration must handle.

The numbers are those of the patterns by which the standard's XML schema defines its datatypes
(XÖV standards such as XJustiz carry them), sorted into the standard's groups. Checked against the
list of characters and sequences that the repository
`String-Latin/DIN-91379-Characters-and-Sequences` keeps under CC BY 4.0: both say the same.
"""

from collections.abc import Iterator


def _span(ranges: str) -> Iterator[str]:
    for one in ranges.split():
        first, _, last = one.partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


def _sequences(rows: str) -> Iterator[str]:
    """Each row names letters, and then the signs that each of them may bear."""
    for row in rows.strip().splitlines():
        letters, signs = row.split(":")
        for letter in letters.split():
            for one in signs.split():
                yield chr(int(letter, 16)) + "".join(chr(int(part, 16)) for part in one.split("+"))


LETTERS = tuple(
    _span(
        "41-5A 61-7A C0-D6 D8-F6 F8-17E 187-188 18F 197 1A0-1A1 1AF-1B0 1B7 1CD-1DC 1DE-1DF"
        " 1E2-1F0 1F4-1F5 1F8-1FF 212-213 218-21B 21E-21F 227-233 259 268 292 1E02-1E03"
        " 1E06-1E07 1E0A-1E11 1E17 1E1C-1E2B 1E2F-1E37 1E3A-1E3B 1E40-1E49 1E52-1E5B 1E5E-1E63"
        " 1E6A-1E6F 1E80-1E87 1E8C-1E97 1E9E 1EA0-1EF9"
    )
)
"""Latin letters that are one character (group bll)."""

SEQUENCES = tuple(
    _sequences(
        """
        41 61: 30B
        43 63: 300 304 306 308 315 323 326 328+306
        44 64: 302
        46 66: 300 304
        47 67: 300
        48 68: 304 326
        48: 331
        4A 6A: 301
        4A: 30C
        4B 6B: 300 302 304 307 315 31B 326 35F+68
        4B: 35F+48
        4C 6C: 302 325 325+304 326
        4D 6D: 300 302 306 310
        4E 6E: 302 304 306 326
        50 70: 300 304 315 323
        52 72: 306 325 325+304
        53 73: 300 304 31B+304 331
        54 74: 300 304 315 31B
        54: 308
        55 75: 307
        5A 7A: 300 304 306 308 327
        C7 E7: 306
        DB FB: 304
        FF: 301
        10C 10D: 315 323
        113 14D: 30D
        12A 12B: 301
        17D 17E: 326 327
        1E32 1E33 1E62 1E63 1E6C 1E6D: 304
        1EA0 1EA1 1ECC 1ECD: 308
        1EE4 1EE5: 304 308
        """
    )
)
"""Latin letters that Unicode has only as a letter with signs (group bll too)."""

NAME_SIGNS = tuple(_span("20 27 2C-2E 60 7E A8 B4 B7 2B9-2BA 2BE-2BF 2C8 2CC 2019 2021"))
"""What else names of persons hold (group bnlreq): with the letters they are datatype A."""

OTHER_SIGNS = tuple(
    _span(
        "21-26 28-2B 2F-40 5B-5F 7B-7D A1-A3 A5 A7 A9-AC AE-B3 B5-B6 B9-BB BF D7 F7 20AC"  # bnl
        " A4 A6 B8 BC-BE"  # bnlopt
    )
)
"""Further signs (groups bnl and bnlopt): with all above they are datatype B."""

SPACES = ("\t", "\n", "\r", "\u00a0")
"""Group bnlnot: with all above it is datatype C."""

GREEK = tuple(_span("386 388-38A 38C 38E-3A1 3A3-3CE"))
EXTENDED_SIGNS = tuple(
    _span(
        "192 2B0 2B3 2C6 2DC 2E2 1D48 1D57 2018 201A 201C-201E 2020 2026 2030 2032-2033 2039-203A"
        " 2070 2074-2079 207F-2089 2122 221E 2264-2265"
    )
)
"""Groups gl and enl: with all above but the spaces they are datatype D."""

CYRILLIC = tuple(_span("40D 410-42A 42C 42E-44A 44C 44E-44F 45D"))
"""Group cl: with everything above it is datatype E."""

SHOWN = (
    *LETTERS, *SEQUENCES, *NAME_SIGNS, *OTHER_SIGNS, *GREEK, *EXTENDED_SIGNS, *CYRILLIC,
)  # fmt: skip
"""All of datatype E that can be seen, and the space."""
