"""Settings that readers see are refused when they are of no use to them."""

import pytest
from pydantic import ValidationError

from config import Settings


@pytest.mark.parametrize("contact", ["", "statistics@example.org", "https://example.org/contact"])
def test_an_address_to_write_to_is_an_e_mail_or_a_page(contact: str) -> None:
    assert Settings(contact=contact).contact == contact


@pytest.mark.parametrize("contact", ["javascript:alert(1)", "by phone", "a@b c", "//example.org"])
def test_anything_else_is_refused(contact: str) -> None:
    with pytest.raises(ValidationError):
        Settings(contact=contact)
