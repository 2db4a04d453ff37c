"""Why a row is held back: the closed list of rules, in the order in which they are asked.

A row is held under the first rule that it breaks. The names and explanations are published in the
ledger of every release.
"""

from collections.abc import Mapping
from typing import Final

UNREADABLE_ROW: Final = "unreadable_row"
MISSING_ID: Final = "missing_id"
MISSING_DATE: Final = "missing_date"
BAD_DATE: Final = "bad_date"
IMPOSSIBLE_DATE: Final = "impossible_date"
ANSWERED_BEFORE_RECEIVED: Final = "answered_before_received"
UNKNOWN_CODE: Final = "unknown_code"
MISSING_CODE: Final = "missing_code"
JUNK_CODE: Final = "junk_code"
OUT_OF_RANGE: Final = "out_of_range"
BAD_NUMBER: Final = "bad_number"

RULES: Final[Mapping[str, str]] = {
    UNREADABLE_ROW: "The row has more or fewer values than the file has columns, or is not valid "
    "JSON, so no value can be told from another.",
    MISSING_ID: "The record has no number of its own.",
    MISSING_DATE: "The date of registration is not given, or the record says that it is closed "
    "and not when.",
    BAD_DATE: "A date is not written in any of the formats that the source is known to use.",
    IMPOSSIBLE_DATE: "A date lies before the first year that the source can speak of, or in the "
    "future.",
    ANSWERED_BEFORE_RECEIVED: "The answer is dated before the day on which the appeal arrived.",
    UNKNOWN_CODE: "A value is not in its list.",
    MISSING_CODE: "A value that every record must have is not given.",
    JUNK_CODE: "A value is known nonsense, such as a line of a form that nobody filled in.",
    OUT_OF_RANGE: "A number or a date of birth lies outside what is possible.",
    BAD_NUMBER: "A number is not written as a whole number.",
}
"""Rule → what it means, for the ledger that is published."""
