"""The words of the site in one language, and its ways to write numbers, dates and periods.

Read from ``locales/<lang>/*.po`` by key; nothing here depends on a request.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.dates import format_date
from babel.messages.pofile import read_po

from data.codelists import LANGUAGES, Codelist
from data.errors import DeclarationError
from data.periods import grain_of

FOLDER: Final = Path(__file__).resolve().parent.parent / "locales"
LOCALES: Final = {"uz": "uz_Latn", "uz-cyrl": "uz_Cyrl", "ru": "ru", "en": "en_GB"}
LANGUAGE_TAGS: Final = {"uz": "uz-Latn", "uz-cyrl": "uz-Cyrl", "ru": "ru", "en": "en"}
"""What documents say of their language."""
FALLBACK: Final = "en"
PLURAL_ORDER: Final = ("zero", "one", "two", "few", "many", "other")
MINUS: Final = "\N{MINUS SIGN}"

Message = str | tuple[str, ...]
Number = int | float | Decimal


@cache
def catalogue(lang: str) -> Mapping[str, Message]:
    """All messages of a language by key; ``DeclarationError`` when two files have the same key."""
    messages: dict[str, Message] = {}
    for path in sorted((FOLDER / lang).glob("*.po")):
        with path.open("rb") as file:
            read = [message for message in read_po(file, locale=LOCALES[lang]) if message.id]
        for message in read:
            key, text = _key_and_text(message)
            if key in messages:
                raise DeclarationError(
                    "Words", f"{path.name} of '{lang}' repeats '{key}'.", "Keep one of them."
                )
            messages[key] = text
    return messages


def _key_and_text(message: Any) -> tuple[str, Message]:
    if isinstance(message.id, str):
        return message.id, message.string
    return message.id[0], tuple(message.string)


class Words:
    """``words("key", n=3)``. A missing key raises; if not ``strict``, English stands in."""

    def __init__(self, lang: str, *, strict: bool = True) -> None:
        self.lang = lang
        self.strict = strict
        self.locale = Locale.parse(LOCALES[lang])
        self._messages = catalogue(lang)
        symbols = self.locale.number_symbols["latn"]
        self._separators = str.maketrans(
            {",": symbols["group"], ".": symbols["decimal"], "-": MINUS}
        )
        self._percent = _after_digits(self.locale.percent_formats[None].pattern)

    def __call__(self, key: str, **parameters: object) -> str:
        message = self._message(key)
        text = message if isinstance(message, str) else message[self._form(parameters["n"])]
        return text.format(**{name: self._written(value) for name, value in parameters.items()})

    def __contains__(self, key: str) -> bool:
        return key in self._messages

    def _message(self, key: str) -> Message:
        found = self._messages.get(key)
        if found:
            return found
        if self.strict:
            raise DeclarationError(
                "Words", f"'{self.lang}' has no '{key}'.", f"Add it to locales/{self.lang}/."
            )
        return catalogue(FALLBACK).get(key, key)

    def _form(self, n: Any) -> int:
        used = [name for name in PLURAL_ORDER if name in {*self.locale.plural_form.rules, "other"}]
        # Russian has a fourth form for fractions; it is spelled as the form for a few.
        forms: dict[str, int] = {name: min(index, 2) for index, name in enumerate(used)}
        forms["other"] = forms.get("few", forms["other"])
        return forms[self.locale.plural_form(n)]

    def _written(self, value: object) -> object:
        return self.number(value) if isinstance(value, int) else value

    def number(self, value: Number) -> str:
        """A whole number with its thousands apart."""
        return self.decimal(value, 0)

    def decimal(self, value: Number, places: int) -> str:
        """A number with a fixed count of decimal places."""
        return f"{value:,.{places}f}".translate(self._separators)

    def percent(self, value: Number, places: int = 1) -> str:
        """A share that is given in hundredths: 87.3 is written 87.3%."""
        return self.decimal(value, places) + self._percent

    def date(self, day: date | str) -> str:
        """A day with the month in words; takes ISO text too."""
        given = date.fromisoformat(day) if isinstance(day, str) else day
        return str(format_date(given, self("date_pattern"), locale=self.locale))

    def period(self, code: str) -> str:
        """A period code in words: 2019, third quarter of 2019, September 2019."""
        grain = grain_of(code)
        if grain == "month":
            return self("period_month", month=self(f"month_{int(code[5:])}"), year=code[:4])
        if grain == "quarter":
            return self("period_quarter", quarter=self(f"quarter_{code[-1]}"), year=code[:4])
        return self("period_year", year=code)

    def name(self, codelist: Codelist, code: str) -> str:
        """The name of a code in this language."""
        return codelist.name(code, self.lang)


def all_words(*, strict: bool) -> dict[str, Words]:
    """The words of every language of the site, in the order of the switcher."""
    return {lang: Words(lang, strict=strict) for lang in LANGUAGES}


def _after_digits(pattern: str) -> str:
    return pattern.rpartition("0")[2].replace(" ", "\N{NO-BREAK SPACE}")
