"""How long each thing takes to make that is taken from a page, beside the page itself.

    python -m bench.takeaway [page]

Each is made anew, as for the first reader who asks; later ones are sent it from memory. Only
ratios to the page travel between machines.
"""

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

import layouts
from api.cards import card_of
from api.packs import as_pack
from api.pictures import rasterised
from api.takeaway import FORMS
from api.taken import take_all
from api.whole import made
from config import Settings
from data.releases import ReleaseStore
from layouts.components.whole import is_small_enough
from layouts.figures.card import card_svg
from layouts.site import Site
from layouts.static import to_html
from layouts.words import all_words

TIMES = 5


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else "/ru/regions"
    site = Site(ReleaseStore(Settings().releases), all_words(strict=False), layouts.PAGES)
    view = site.view_at(path, "")
    if view is None:
        raise SystemExit(f"There is no page {path}.")
    _main, every = take_all(site, view)
    chart = next((each for each in every if each.exhibit.drawing), every[0])

    def drawn() -> bytes:
        return to_html(site.draw(view).body).encode()

    page, _ = measured(drawn)
    print(f"{'made':28}{'ms':>9}{'bytes':>11}{'× the page':>12}")
    report("page", drawn, page)
    for form, declared in FORMS.items():
        if form not in {"svg", "png"} or chart.exhibit.drawing:
            report(f"{form} of {chart.exhibit.name}", partial(declared.make, chart), page)
    report("card", lambda: rasterised(card_svg(card_of(site, view)), 1), page)
    report("pack", lambda: as_pack(site, view), page)
    release = site.store.current()
    tables = [name for name in release.tables if is_small_enough(release, name)]
    largest = max(tables, key=lambda name: release.tables[name].height)
    words = site.words[view.lang]
    report(f"whole {largest}, xlsx", lambda: made(release, largest, (), words), page, times=1)


def report(name: str, make: Callable[[], bytes], page: float, times: int = TIMES) -> None:
    milliseconds, size = measured(make, times)
    print(f"{name:28}{milliseconds:9.1f}{size:11,}{milliseconds / page:12.2f}")


def measured(make: Callable[[], bytes], times: int = TIMES) -> tuple[float, int]:
    """The median of the milliseconds it takes, and the bytes of what is made."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        content = make()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken), len(content)


if __name__ == "__main__":
    main()
