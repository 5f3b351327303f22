"""The site in a browser: on a telephone, dark, in Arabic, with the keyboard, without scripts, and in print."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, Browser
from conftest import OWN, runner
from test_pdf import needs_pdftotext
from test_reports import busy
from test_site import Server, build, group_file, odd_plan

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
LONG = f"See https://example.org/{'a-long-path/' * 30} and {'x' * 120}"
PAGES = (
    "index",
    "2021-22/index",
    "2021-22/objectives/1",
    "2021-22/activities/1-1",
    "2021-22/activities/2-4",
    "2021-22/leads/index",
    "2021-22/leads/IDPC",
    "2021-22/meeting",
    "2021-22/meetings/2022-03-14-1",
    "2021-22/workplan",
    "2021-22/progress-mid",
    "2030-31/index",
    "2030-31/activities/1-1",
    "reviews",
    "reviews/hpc-reports",
    "members",
    "years",
    "search",
    "2030-31/own",
)
"""One page of each kind, and those with odd texts."""
WIDE = ("2021-22/leads/HAS", "2021-22/leads/IDPC", "2021-22/workplan", "2021-22/progress-mid", "years")
"""The pages with the widest tables."""
VISIBLE = """[...document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")]
    .filter((element) => element.checkVisibility() && element.tabIndex >= 0)"""
FOCUSED = """(() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const style = getComputedStyle(element);
  const found = [...element.getClientRects()]
    .map((box) => document.elementFromPoint(box.left + box.width / 2, Math.max(box.top, 0) + 4));
  return {
    index: window.reachable.indexOf(element), text: element.outerHTML.slice(0, 120),
    ring: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2,
    seen: found.some((other) => other && (element.contains(other) || other.contains(element))),
  };
})()"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all pages."""
    browser = Browser()
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of two plans, in English, Arabic and Spanish, with pages of every kind, odd texts and an own report."""
    root = tmp_path_factory.mktemp("site") / "workspace"
    shutil.copytree(OWN / "data", root / "data")
    csg = runner(root)
    busy(csg, root)
    csg("workplan", "set", "1.1", f"comments={LONG}")
    words = ("--date", "2021-12-12", "--summary", LONG, "--value", "places=3")
    csg("indicator", "add", "2.4", "places", "--name", "Places with the training", "--target", "7")
    csg("progress", "add", "2.4", "--period", "end", "--by", "INWUD", "--status", "on-track", *words)
    csg("meeting", "add", "2022-03-14", "--title", "Spring", "--decision", "Move it, to May.")
    odd_plan(root)
    group_file(root, "languages: [en, ar, es]")
    (root / "templates").mkdir()
    (root / "templates" / "own.md.j2").write_text(f"# Ours\n\n| A | B |\n| - | - |\n| {LONG} | 1 |\n", "utf-8")
    build(csg)
    return root / "site"


def address(site: Path, page: str, language: str = "", query: str = "") -> str:
    """Return the address of a page of the site on this computer."""
    path = site / language / f"{page}.html"
    assert path.is_file(), path
    return f"{path.as_uri()}{query}"


@pytest.mark.parametrize(("language", "dark", "chosen"), [("", True, PAGES), ("ar", False, PAGES), ("es", False, WIDE)])
def test_every_kind_of_page_fits_and_loads_nothing_else(
    site: Path, browser: Browser, language: str, dark: bool, chosen: tuple[str, ...]
) -> None:
    """Nothing is wider than the window, no request leaves the folder, and the browser has no complaint."""
    for page in chosen:
        browser.open(address(site, page, language), 320, dark=dark)
        assert browser.evaluate("document.documentElement.scrollWidth") <= 320, page
        for width in (961, 1280):
            browser.resize(width)
            assert browser.evaluate("document.documentElement.scrollWidth") <= width, (page, width)
        assert [name for name in browser.requests if not name.startswith(site.as_uri())] == []
        assert browser.messages == []
        ground = browser.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == ("rgb(20, 24, 29)" if dark else "rgb(255, 255, 255)")


@pytest.mark.parametrize(
    ("width", "pages"),
    [(320, ("2021-22/index", "2021-22/activities/2-4", "years")), (1280, ("index", "2021-22/progress-mid"))],
)
def test_the_tab_key_reaches_everything_in_order(
    site: Path, browser: Browser, width: int, pages: tuple[str, ...]
) -> None:
    """The focus is on the screen, within a ring. The first link leads to the content."""
    for page in pages:
        browser.open(address(site, page), width)
        number = browser.evaluate(f"(window.reachable = {VISIBLE}).length")
        reached = list(tabbed(browser, number))
        assert reached[0]["text"].startswith('<a class="skip" href="#main"')
        assert [focused["index"] for focused in reached] == list(range(number)), page
        assert [focused for focused in reached if not (focused["ring"] and focused["seen"])] == [], page


def test_the_first_press_of_the_tab_key_skips_the_menu(site: Path, browser: Browser) -> None:
    """On the page of a search too."""
    for page in PAGES:
        browser.open(address(site, page, query="?q=training"))
        browser.tab()
        assert browser.evaluate("document.activeElement.className") == "skip", page


def tabbed(browser: Browser, number: int) -> Iterator[dict[str, Any]]:
    """Yield the element that has the focus after each of a number of presses of the Tab key."""
    for _press in range(number):
        browser.tab()
        yield browser.evaluate(FOCUSED)


def test_a_table_that_scrolls_can_have_the_focus(site: Path, browser: Browser) -> None:
    """So that the arrow keys move it."""
    for page in PAGES:
        browser.open(address(site, page), 320)
        stuck = browser.evaluate("""[...document.querySelectorAll("main *")].filter((element) =>
            element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === "auto"
            && element.tabIndex < 0).length""")
        assert stuck == 0, page


def test_a_table_that_fits_is_no_stop_of_the_tab_key(site: Path, browser: Browser) -> None:
    """The window may get smaller later."""
    stops = "document.querySelectorAll(\".small[tabindex='0']\").length"
    browser.open(address(site, "years"))
    assert browser.evaluate(stops) == 0
    browser.resize(320)
    browser.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert browser.evaluate(stops) == 1


def test_without_scripts_everything_is_shown(site: Path, browser: Browser) -> None:
    """No row is hidden and nothing is offered that needs a script. The menu opens by itself on a wide screen."""
    links = 'document.querySelectorAll("nav.menu a").length'
    shown = '[...document.querySelectorAll("nav.menu a")].filter((link) => link.checkVisibility()).length'
    for page in PAGES:
        browser.open(address(site, page), 1280, scripts=False)
        hidden = '[...document.querySelectorAll("main *")].filter((element) => !element.checkVisibility()).length'
        assert browser.evaluate(hidden.replace("main *", "main td, main p, main li, main h2")) == 0, page
        assert browser.evaluate('document.querySelectorAll("main button, main input, main select").length') == 0
        assert browser.evaluate(links) == browser.evaluate(shown) > 5
    browser.open(address(site, "index"), 320, scripts=False)
    assert browser.evaluate(shown) == 0
    browser.evaluate('document.querySelector("nav.menu summary").click()')
    assert browser.evaluate(links) == browser.evaluate(shown)


def test_the_frame_leaves_the_first_screen_of_a_phone_to_the_content(site: Path, browser: Browser) -> None:
    """The menu is one row until it is opened, and says which page this is."""
    for language in ("", "ar"):
        browser.open(address(site, "2030-31/index", language), 320)
        assert browser.evaluate('document.querySelector("nav.menu").offsetHeight') < 60
        assert browser.evaluate('document.querySelector("h1").getBoundingClientRect().top') < 250
        words = browser.evaluate('document.querySelector("nav.menu summary").innerText')
        assert words.split()[-1] == browser.evaluate('document.querySelector("h1").innerText').split()[-1]


def test_the_menu_in_arabic_begins_at_the_right(site: Path, browser: Browser) -> None:
    """Also a name that is written from left to right."""
    browser.open(address(site, "2030-31/index", "ar"), 320)
    browser.evaluate('document.querySelector("nav.menu details").open = true')
    gaps = browser.evaluate("""[...document.querySelectorAll("nav.menu a span")].map((name) =>
        name.parentElement.getBoundingClientRect().right - name.getBoundingClientRect().right)""")
    assert len(gaps) > 5
    assert max(gaps) < 20


def test_a_phone_can_sort_a_table_of_cards(site: Path, browser: Browser) -> None:
    """The headings that sort are buttons above the cards, large enough for a finger."""
    browser.open(address(site, "2021-22/leads/index"), 320)
    sizes = browser.evaluate("[...document.querySelectorAll('thead button')].map((each) => each.offsetHeight)")
    assert len(sizes) == 4
    assert min(sizes) >= 24
    browser.open(address(site, "2021-22/leads/index"), 320, scripts=False)
    assert browser.evaluate("document.querySelector('thead').offsetHeight") <= 1


def test_a_script_filters_sorts_and_searches(site: Path, browser: Browser) -> None:
    """By the address of a page, and by a heading."""
    rows = '[...document.querySelectorAll("tbody tr:not(.group)")]'
    browser.open(address(site, "2021-22/index", query="?status=unreported"))
    assert browser.evaluate(f"{rows}.length") == 19
    assert 0 < browser.evaluate(f"{rows}.filter((row) => !row.hidden).length") < 19
    browser.open(address(site, "search", query="?q=naloxone+zzz"))
    assert browser.evaluate(f"{rows}.filter((row) => !row.hidden).length") == 0
    browser.open(address(site, "search", query="?q=ROLLED+teleconf%C3%A9rences"))
    found = f"{rows}.filter((row) => !row.hidden).map((row) => row.cells[0].textContent)"
    assert browser.evaluate(found) == []
    browser.open(address(site, "search", query="?q=teleconf%C3%A9rences"))
    assert any(title.startswith("1.3 ") for title in browser.evaluate(found))  # in its comments, not in its title
    browser.open(address(site, "2021-22/leads/index"))
    for first in ("ALL", "YouthRISE"):
        browser.evaluate('document.querySelector("thead button").click()')
        assert browser.evaluate(f"{rows}[0].textContent").startswith(first)


@needs_pdftotext
def test_print_has_headings_on_each_page_and_no_menu(site: Path, browser: Browser, tmp_path: Path) -> None:
    """A table of many columns is printed on paper that is wider than it is high."""
    browser.open(address(site, "2021-22/workplan"), dark=True)
    assert browser.evaluate('document.querySelectorAll("thead button").length') > 0
    (tmp_path / "page.pdf").write_bytes(browser.printed())
    text = output("pdftotext", "-layout", "page.pdf", "-", folder=tmp_path)
    sheets = text.rstrip("\f\n").split("\f")
    assert len(sheets) > 1
    assert all("Comments" in sheet for sheet in sheets[:-1])
    assert "Overview" not in text
    size = next(line for line in output("pdfinfo", "page.pdf", folder=tmp_path).splitlines() if "Page size" in line)
    width, height = (float(size.split()[index]) for index in (2, 4))
    assert width > height


def output(*words: str, folder: Path) -> str:
    """Return what a command prints."""
    return subprocess.run(words, cwd=folder, capture_output=True, encoding="utf-8", check=True).stdout


def test_a_browser_has_no_complaint_about_the_server(root: Path, browser: Browser) -> None:
    """Its policy is in a header too."""
    server = Server(root)
    try:
        for page in ("", "2021-22/index.html", "search.html?q=training", "2021-22/workplan.html"):
            browser.open(f"{server.address}{page}")
            assert browser.messages == []
            assert [name for name in browser.requests if not name.startswith(server.address)] == []
    finally:
        server.process.kill()
        server.process.wait()
        assert server.process.stderr is not None
        server.process.stderr.close()
