"""Where German words may be parted: the patterns of pyphen, and the words in which they err."""

from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import Final

import pyphen

from sitzungsdienst.documents.binding import NO_BREAK_SPACE

_LONGEST_WORD: Final = 80
_SHORTEST_PART: Final = 3

# Words of council offices that the patterns part where a reader stumbles ("Feu-er-weh-rent-…").
# Each stands for all words that contain it: "Bürgerentscheide", "Landesstraßen".
_BY_HAND: Final = """
al-ters-ar-mut aus-schuss-um-be-set-zung bahn-hofs-um-feld bahn-über-gang be-darfs-plan
bun-des-im-mis-si-ons-schutz bun-des-stra-ße bür-ger-ent-scheid dorf-ent-wick-lung
dorf-er-neue-rung ein-woh-ner-an-trag ent-gelt-ord-nung feu-er-wehr-ent-schä-di-gung
feu-er-wehr-ge-rä-te-haus forst-ein-rich-tung ge-fah-ren-ab-wehr ho-no-rar-ver-trag
in-fra-struk-tur-aus-schuss in-fra-struk-tur kauf-in-ter-es-sent kin-der-ta-ges-pfle-ge
kin-der-ta-ges-stät-te kli-ma-an-pas-sung kom-mu-nal-auf-sicht kom-mu-nal-ver-fas-sung
kre-dit-er-mäch-ti-gung kreis-stra-ße kreis-um-la-ge lan-des-stra-ße lärm-ak-ti-ons-plan
mach-bar-keits-stu-die ob-dach-lo-sen öf-fent-lich-keits-ar-beit on-line-zu-gang
per-so-nal-an-ge-le-gen-heit rechts-amt re-gio-nal-ver-samm-lung sport-stät-ten
stimm-zet-tel-um-schlag teil-ein-zie-hung um-welt-aus-schuss ur-instinkt ve-te-ri-när-amt
werk-aus-schuss wind-ener-gie zu-sam-men-ar-beit zu-sam-men-schluss
"""
_EXCEPTIONS: Final[dict[str, tuple[int, ...]]] = {
    word.replace("-", ""): tuple(accumulate(len(part) for part in word.split("-")[:-1]))
    for word in _BY_HAND.split()
}


@cache
def patterns() -> pyphen.Pyphen:
    """Return pyphen's patterns; reading them takes about a second, once a process."""
    return pyphen.Pyphen(lang="de_DE", left=_SHORTEST_PART, right=_SHORTEST_PART)


def hyphenate(word: str) -> Iterator[tuple[str, str]]:
    """Yield where German `word` may be parted, as (head, tail), the longest head first.

    Two breaks one letter apart contradict each other ("Stra-ße-n-bau"), so neither is taken.
    Strings longer than any German word are not words and are left to the line breaker, as is what
    a no-break space holds together.
    """
    if len(word) > _LONGEST_WORD or NO_BREAK_SPACE in word:
        return
    found = [int(place) for place in patterns().positions(word)]
    places = {place for place in found if place - 1 not in found and place + 1 not in found}
    low = word.lower()
    if len(low) == len(word):
        for stem, breaks in _EXCEPTIONS.items():
            start = low.find(stem)
            if start >= 0:
                places -= set(range(start + 1, start + len(stem)))
                places |= {start + one for one in breaks}
    for place in sorted(places, reverse=True):
        if _SHORTEST_PART <= place <= len(word) - _SHORTEST_PART:
            yield word[:place], word[place:]
