"""What the demonstration source is calibrated on: published totals, then plain assumptions."""

from typing import Final

# Published: appeals from 1 January 2017 to 1 November 2019 and their parts.
ALL_APPEALS: Final = 3_437_771
WOMEN: Final = 1_763_848
PROPOSALS: Final = 19_942
ACTS: Final = 2_869

# Published for March 2026 (appeals per 10,000 residents) and taken as the pattern of 2017-2019;
# the regions not named had about 234.
PER_10000: Final = {
    "1726": 535,
    "1712": 462,
    "1724": 452,
    "1722": 452,
    "1708": 430,
    "1710": 368,
    "1727": 350,
}
PER_10000_ELSEWHERE: Final = 234

# Published for 2024: 1.66 appeals a person. Residents who appeal at all, as a share of expected
# appeals, so that drawing from them with the repeats below gives that ratio.
PERSONS_PER_APPEAL: Final = 1.07

# Everything below is assumed; nothing of it was published.
LEVEL_OF_YEAR: Final = (0.85, 1.0, 1.12)
LEVEL_OF_MONTH: Final = (0.94, 1.0, 1.08, 1.06, 0.96, 0.92, 0.95, 1.0, 1.1, 1.08, 1.04, 0.87)
LEVEL_OF_DAY_OFF: Final = 0.3

HOKIMIYATS: Final = 0.24
"""Share of appeals that go to the hokimiyat of their region."""

CHANNELS: Final = (
    ("website", 0.44),
    ("call_centre", 0.19),
    ("reception_office", 0.25),
    ("mobile_reception", 0.08),
    ("personal_reception", 0.04),
)
WRITTEN: Final = {
    "website": 0.0,
    "call_centre": 0.0,
    "reception_office": 0.6,
    "mobile_reception": 0.35,
    "personal_reception": 0.1,
}
"""Share of written appeals in a channel; the website's are electronic, the others oral."""

LEGAL_ENTITIES: Final = 0.028
ANONYMOUS: Final = 0.009
COLLECTIVE: Final = 0.022
ENTREPRENEURS: Final = 0.055
INVESTORS: Final = 0.004
DISABILITY: Final = 0.04
HARDSHIP: Final = 0.08
SERIAL_SHARE: Final = 0.04
"""Share of appeals that come from the few who write again and again."""
SERIAL_PERSONS: Final = 0.003

WOMEN_BY_THEME: Final = {
    "enforcement": 0.72,
    "school": 0.7,
    "social_protection": 0.68,
    "health": 0.6,
    "housing": 0.58,
    "pensions": 0.55,
    "taxes": 0.38,
    "roads": 0.38,
    "entrepreneurship": 0.33,
    "land": 0.4,
    "credit": 0.42,
}
WOMEN_ELSEWHERE: Final = 0.5

COMPLAINTS_BY_THEME: Final = {
    "courts": 0.86,
    "investigation": 0.86,
    "officials": 0.84,
    "energy": 0.68,
    "enforcement": 0.7,
    "water": 0.66,
    "housing_services": 0.7,
    "health": 0.4,
    "housing": 0.45,
    "social_protection": 0.42,
    "credit": 0.48,
    "employment": 0.56,
    "passport": 0.45,
}
COMPLAINTS_ELSEWHERE: Final = 0.64

SEASONS: Final = {
    "energy": (1.9, 1.7, 1.1, 0.7, 0.6, 0.6, 0.6, 0.6, 0.7, 0.9, 1.4, 1.9),
    "water": (0.7, 0.7, 0.8, 1.0, 1.2, 1.5, 1.6, 1.5, 1.1, 0.8, 0.7, 0.7),
    "school": (0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 1.1, 1.6, 1.5, 1.0, 0.9, 0.8),
    "higher_education": (0.7, 0.7, 0.7, 0.8, 0.9, 1.2, 1.6, 1.9, 1.5, 0.9, 0.7, 0.6),
}

EXTRA_STUDY: Final = 0.15
LATE_REGISTRATION: Final = 0.007
EASE_OF_THEME: Final = {
    "demolition": -0.08,
    "courts": -0.05,
    "housing": -0.04,
    "land": -0.03,
    "pensions": 0.03,
    "passport": 0.03,
    "energy": 0.02,
}
"""Added to a body's probability of being on time."""
EASE_OF_YEAR: Final = (-0.03, 0.0, 0.02)

ASKED: Final = 0.55
RESPONSE_BY_OUTCOME: Final = {
    "satisfied": 0.46,
    "partly": 0.38,
    "explained": 0.26,
    "rejected": 0.2,
    "left": 0.06,
    "forwarded": 0.14,
}
REPEAT_BY_OUTCOME: Final = {
    "satisfied": 0.6,
    "partly": 1.0,
    "explained": 1.35,
    "rejected": 1.6,
    "left": 1.0,
    "forwarded": 1.2,
}
REPEAT_UNANSWERED: Final = 1.6
REPEAT_AFTER_HOLLOW: Final = 0.5
"""Chance of coming again after an answer that was called satisfactory and settled nothing."""
REOPENED_BY_OUTCOME: Final = {
    "satisfied": 0.8,
    "partly": 1.5,
    "explained": 1.2,
    "rejected": 1.5,
    "left": 0.3,
    "forwarded": 0.4,
}
HARASSMENT: Final = 0.0003
TAKEN_UP: Final = 0.22

SCORES: Final = {
    "satisfied": (3, 5, 14, 33, 45),
    "partly": (9, 15, 30, 28, 18),
    "explained": (24, 24, 26, 16, 10),
    "rejected": (42, 26, 18, 9, 5),
    "left": (48, 24, 16, 8, 4),
    "forwarded": (30, 24, 24, 14, 8),
}
"""Percent of raters giving 1 to 5 after each outcome, for a body at the middle level."""
