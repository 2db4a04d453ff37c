"""What is drawn: the pages of the site, by their names in the sitemap."""

from typing import Final

from layouts import method
from layouts.page import Page

PAGES: Final[dict[str, Page]] = {page.name: page for page in (method.PAGE,)}
