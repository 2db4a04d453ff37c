"""Texts made comparable: one spelling for Uzbek in both alphabets, Russian and English.

Readers write an apostrophe in ten ways or leave it out, type Cyrillic on a Latin keyboard, and
write ``Buxoro``, ``Бухоро`` or ``Bukhara``. Folding keeps what these have in common. It is meant
for comparing and never for showing. The browser folds by the same tables, which it is sent.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

APOSTROPHES: Final = "ʻʼʽʹʾʿˈ'‘’‛`´′＇"
LETTERS: Final[Mapping[str, str]] = {
    **dict(zip("абвгдезийклмнопрстуф", "abvgdeziyklmnoprstuf", strict=True)),
    "ё": "yo", "ж": "j", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i",
    "ь": "", "э": "e", "ю": "yu", "я": "ya", "ў": "o", "қ": "k", "ғ": "g", "ҳ": "h",
    "ә": "a", "ө": "o", "ү": "u", "ң": "n", "і": "i",
    "q": "k", "x": "h", "w": "v", "ş": "sh", "ç": "ch",
    **dict.fromkeys(APOSTROPHES, ""),
}  # fmt: skip
"""Letter by letter, lower case: Cyrillic of Russian, Uzbek and Karakalpak, then the Latin letters
that stand for one sound in Uzbek, those of the proposed alphabet among them."""
SPELLINGS: Final = (
    ("k+h", "h"),
    ("z+h", "j"),
    ("d+j", "j"),
    ("t+s", "s"),
    ("y+(?=[aeiou])", ""),
    ("y", "i"),
    ("([a-z])\\1+", "\\1"),
)
"""Patterns and what takes their place, in this order, as Python and browsers both read them."""
_TABLE: Final = str.maketrans(dict(LETTERS))


def folded(text: str) -> str:
    """The words of a text in their common spelling: letters a to z, digits, single spaces.

    Folding what is folded changes nothing.
    """
    # Accents go between two looks at the letters: й, ў and ş are letters of their own before it,
    # and what comes apart after it may be one that the tables know.
    whole = unicodedata.normalize("NFC", text)
    spelled = _spelled_out(_without_accents(_spelled_out(whole)))
    for pattern, instead in SPELLINGS:
        spelled = re.sub(pattern, instead, spelled)
    return " ".join(re.findall("[a-z0-9]+", spelled))


def _spelled_out(text: str) -> str:
    return text.lower().translate(_TABLE)


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(each for each in apart if not unicodedata.category(each).startswith("M"))
