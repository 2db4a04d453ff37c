"""What is drawn: the pages of the site, by their names in the sitemap."""

from typing import Final

from layouts import (
    accessibility,
    act,
    acts,
    agencies,
    agency,
    channels,
    compare,
    corrections,
    data,
    disclosure,
    equity,
    feedback,
    glossary,
    home,
    indicator,
    method,
    number,
    outcomes,
    region,
    regions,
    releases,
    search,
    system,
    table,
    thanks,
    theme,
    themes,
    trends,
)
from layouts.page import Page

PAGES: Final[dict[str, Page]] = {
    page.name: page
    for page in (
        home.PAGE,
        agencies.PAGE,
        agency.PAGE,
        regions.PAGE,
        region.PAGE,
        outcomes.PAGE,
        trends.PAGE,
        themes.PAGE,
        theme.PAGE,
        channels.PAGE,
        acts.PAGE,
        system.PAGE,
        act.PAGE,
        compare.PAGE,
        equity.PAGE,
        number.PAGE,
        table.PAGE,
        data.PAGE,
        method.PAGE,
        disclosure.PAGE,
        indicator.PAGE,
        releases.PAGE,
        accessibility.PAGE,
        corrections.PAGE,
        feedback.PAGE,
        thanks.PAGE,
        glossary.PAGE,
        search.PAGE,
    )
}
