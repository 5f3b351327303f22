"""The site: its pages and files, its folder, its languages, its history, and the server on this computer."""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import pytest
from conftest import CSG, Run
from test_history import git
from test_reports import busy

from csg.documents.formats.html import SITE_POLICY

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_git = pytest.mark.skipif(not shutil.which("git"), reason="needs git")


class Page(HTMLParser):
    """The addresses, the headings and the language of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path, self.addresses, self.tags, self.attributes = path, list[str](), list[str](), list[dict[str, str]]()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes.append(values)
        self.addresses += [values[name] for name in ("href", "src", "action") if name in values]


def build(csg: Run, *words: str, downloads: bool = False) -> str:
    """Build the site, and return the output."""
    done = csg("site", "build", *words, *(() if downloads else ("--no-downloads",)))
    assert done.returncode == 0, done.stderr
    return done.stdout


def pages(folder: Path) -> list[Page]:
    """Return every page of a site."""
    return [Page(path) for path in sorted(folder.rglob("*.html"))]


def targets(page: Page) -> Iterator[Path]:
    """Yield the file that each address of a page leads to, without those of the web."""
    for address in page.addresses:
        parts = urlsplit(address)
        if parts.scheme not in ("https", "http"):
            assert not parts.scheme, address
            yield (page.path.parent / unquote(parts.path)).resolve() if parts.path else page.path.resolve()


def group_file(root: Path, text: str) -> None:
    """Add lines to the group's file."""
    path = root / "data" / "group.yaml"
    path.write_text(f"{path.read_text('utf-8')}{text}\n", "utf-8")


def test_the_site_has_a_page_for_everything(csg: Run, root: Path) -> None:
    """The overview, and a page for each objective, activity, lead and review."""
    busy(csg, root)
    assert build(csg, downloads=True).startswith("site/index.html: ")
    names = {path.relative_to(root / "site").as_posix() for path in (root / "site").rglob("*") if path.is_file()}
    assert {"index.html", "members.html", "search.html", "site.css", "site.js", ".gitignore"} <= names
    plan = "2021-22"
    for name in ("index", "workplan", "progress-mid", "meeting", "objectives/1", "activities/1-1", "leads/INPUD"):
        assert f"{plan}/{name}.html" in names
    assert "reviews/hpc-reports.html" in names
    files = ("activities.csv", "activities.json", "workplan.pdf", "progress-mid.docx", "workbook.xlsx", "calendar.ics")
    assert {f"{plan}/downloads/CS-Group-{plan}-{file}" for file in files} <= names
    before = {path: path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()}
    assert "(0 written, 0 removed)" in build(csg, downloads=True)  # the same data makes the same bytes
    assert before == {path: path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()}
    linked = {target for page in pages(root / "site") for target in targets(page)}
    assert {path.resolve() for path in (root / "site").rglob("downloads/*")} <= linked
    build(csg)
    assert not list((root / "site").rglob("downloads"))


def test_every_link_leads_to_a_file_of_the_site_or_to_the_web(csg: Run, root: Path) -> None:
    """Nothing is loaded but the site's own style and script, and no page is without a link to it."""
    busy(csg, root)
    group_file(root, "languages: [en, ar]")
    build(csg)
    linked = {target for page in pages(root / "site") for target in targets(page)}
    assert {target for target in linked if not target.is_file()} == set()
    assert {page.path.resolve() for page in pages(root / "site")} <= linked


def test_no_page_runs_a_script_of_its_own(csg: Run, root: Path) -> None:
    """The policy allows the site's files alone, and no page has a style or an event within it."""
    busy(csg, root)
    build(csg)
    for page in pages(root / "site"):
        text = page.path.read_text("utf-8")
        assert f'content="{SITE_POLICY.replace(chr(39), "&#39;")}"' in text
        assert text.count("<script") == 1
        assert "<style" not in text
        assert not [name for values in page.attributes for name in values if name.startswith("on") or name == "style"]


def test_a_folder_with_other_files_is_refused_and_they_stay(csg: Run, root: Path) -> None:
    """With --force, the site is beside them. A page that the data no longer has is removed, theirs is not."""
    out = root / "public"
    out.mkdir()
    (out / "holiday.html").write_text("<p>mine", "utf-8")
    done = csg("site", "build", "--output", "public", "--no-downloads")
    assert done.returncode == 1
    assert "CSG605" in done.stderr
    assert "public/holiday.html" in done.stderr
    assert sorted(path.name for path in out.iterdir()) == ["holiday.html"]
    build(csg, "--output", "public", "--force")
    assert (out / "index.html").is_file()
    assert not (out / ".gitignore").exists()
    assert csg("workplan", "remove", "1.1", "--yes").returncode == 0
    build(csg, "--output", "public", "--force")
    assert not (out / "2021-22" / "activities" / "1-1.html").exists()
    assert (out / "holiday.html").read_text("utf-8") == "<p>mine"


def test_a_page_that_a_person_rewrote_is_not_replaced(csg: Run, root: Path) -> None:
    """Without the mark, or with another content than the list has, it is theirs."""
    build(csg, downloads=True)
    table = root / "site" / "2021-22" / "downloads" / "CS-Group-2021-22-activities.csv"
    for path in (root / "site" / "members.html", table):
        before = path.read_bytes()
        path.write_bytes(b"mine")
        assert csg("site", "build").returncode == 1
        assert path.read_bytes() == b"mine"
        path.write_bytes(before)


def test_each_language_has_its_pages_and_a_switch(csg: Run, root: Path) -> None:
    """The data's language is at the top. Arabic is from right to left. --lang leaves out the others."""
    busy(csg, root)
    group_file(root, "languages: [ar, es, en]")
    build(csg)
    for file, code, direction in (("", "en", "ltr"), ("es/", "es", "ltr"), ("ar/", "ar", "rtl")):
        page = Page(root / "site" / f"{file}2021-22" / "activities" / "1-1.html")
        html = page.attributes[page.tags.index("html")]
        assert (html["lang"], html["dir"]) == (code, direction)
        codes = [values["hreflang"] for values in page.attributes if "hreflang" in values]
        assert codes == ["en", "ar", "es"]
    spanish = (root / "site" / "es" / "index.html").read_text("utf-8")
    assert "Cambios recientes" not in spanish  # no git
    assert "Resumen" in spanish
    build(csg, "--lang", "es")
    assert not (root / "site" / "ar").exists()
    page = Page(root / "site" / "index.html")
    assert page.attributes[page.tags.index("html")]["lang"] == "es"
    assert csg("site", "build", "--lang", "de").returncode == 1


@needs_git
def test_a_page_has_the_history_of_its_activity(csg: Run, root: Path) -> None:
    """Also under an earlier number. No page has the name of an author."""
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "start")
    busy(csg, root)
    git(root, "commit", "-qam", "reports")
    assert csg("workplan", "set", "1.1", "due=2022-03-14").returncode == 0
    git(root, "commit", "-qam", "date")
    build(csg, "--lang", "en")
    page = (root / "site" / "2021-22" / "activities" / "1-1.html").read_text("utf-8")
    assert "History" in page
    assert "Due: " in page
    overview = (root / "site" / "index.html").read_text("utf-8")
    assert "What changed lately" in overview
    author = git(root, "log", "-1", "--format=%an").strip()
    assert author not in overview + page


@needs_git
def test_a_shallow_clone_shows_only_the_changes_that_it_has(csg: Run, root: Path, tmp_path: Path) -> None:
    """Its first commit seems to add everything, which is not so."""
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "start")
    assert csg("workplan", "set", "1.1", "due=2022-03-14").returncode == 0
    git(root, "commit", "-qam", "date")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth", "1", root.as_uri(), str(clone)], check=True, capture_output=True)
    done = csg("site", "build", "--no-downloads", cwd=clone)
    assert done.returncode == 0, done.stderr
    assert "What changed lately" not in (clone / "site" / "index.html").read_text("utf-8")


def test_an_empty_plan_has_a_site(csg: Run, tmp_path: Path) -> None:
    """Also one without leads, objectives and due dates."""
    folder = tmp_path / "new"
    words = ("--group", "A group", "--short", "AG", "--plan", "2023")
    assert csg("init", str(folder), *words).returncode == 0
    done = csg("site", "build", "--no-downloads", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "site" / "index.html").is_file()


def odd_plan(root: Path) -> None:
    """Write a plan with leads of odd names, a title of 2,000 letters, and 200 leads."""
    names = ["A&B", "a b", "A. B", "長" * 90, "ش" * 90, *(f"Lead {number}" for number in range(200))]
    path = root / "data" / "members.yaml"
    members = "".join(f'  - {{id: "{name}", name: "Network {name}"}}\n' for name in names[5:])
    groups = "".join(f'  - {{id: "{name}", name: "Group {name}", members: []}}\n' for name in names[:5])
    text = path.read_text("utf-8").replace("\nmembers:\n", f"\nmembers:\n{members}", 1)
    path.write_text(text.replace("\nleads:\n", f"\nleads:\n{groups}", 1), "utf-8")
    leads = ", ".join(f'"{name}"' for name in names)
    (root / "data" / "workplan-2030-31.yaml").write_text(
        f"workplan: 2030-31\ntitle: Plan <script>alert(1)</script>\nperiods: [{{id: m.d, name: Mid}}]\n"
        f'objectives:\n  - id: "1"\n    title: {"Long title " * 180}\n    activities:\n'
        f'      - {{id: "1.1", title: {"w" * 2000}, cso_lead: [{leads}], comments: "<b>bold</b>"}}\n',
        "utf-8",
    )


def test_odd_names_have_pages_of_their_own(csg: Run, root: Path) -> None:
    """No name leads out of the folder, and no name of a file is too long. Text of the data never acts."""
    odd_plan(root)
    build(csg)
    assert sorted(path.name for path in root.iterdir()) == ["data", "site"]
    names = {path.name for path in (root / "site" / "2030-31" / "leads").iterdir()}
    assert len(names) == 206
    assert {"A-B.html", "a-b-2.html", "A-B-3.html"} <= names
    assert all(len(os.fsencode(name)) < 255 for name in names)
    for page in pages(root / "site"):
        text = page.path.read_text("utf-8")
        assert "<script>alert" not in text
        assert "<b>bold" not in text


def test_earlier_plans_keep_their_pages_beside_the_last_one(csg: Run, root: Path) -> None:
    """The page of years shows an activity that was carried over with its status in each plan."""
    busy(csg, root)
    assert csg("workplan", "new", "2022-23").returncode == 0
    build(csg)
    years = (root / "site" / "years.html").read_text("utf-8")
    assert "2021-22/activities/" in years
    assert "2022-23/activities/" in years
    assert "This page is about an earlier plan" in (root / "site" / "2021-22" / "workplan.html").read_text("utf-8")


def test_the_tables_are_those_of_the_list_of_activities(csg: Run, root: Path) -> None:
    """A spreadsheet runs no cell of it."""
    assert csg("workplan", "set", "1.1", "comments==1+1").returncode == 0
    build(csg, downloads=True)
    folder = root / "site" / "2021-22" / "downloads"
    rows = json.loads((folder / "CS-Group-2021-22-activities.json").read_text("utf-8"))
    assert rows == json.loads(csg("workplan", "list", "--format", "json").stdout)
    assert ",'=1+1," in (folder / "CS-Group-2021-22-activities.csv").read_text("utf-8")


def test_errors_in_the_data_are_reported_and_nothing_is_written(csg: Run, root: Path) -> None:
    """As csg check reports them."""
    path = root / "data" / "workplan-2021-22.yaml"
    path.write_text(path.read_text("utf-8").replace("cso_lead: [INPUD]", "cso_lead: [INPUDD]"), "utf-8")
    done = csg("site", "build")
    assert done.returncode == 1
    assert "CSG203" in done.stderr
    assert not (root / "site").exists()


class Server:
    """A running ``csg site serve``, at a free port."""

    def __init__(self, root: Path) -> None:
        # The tests may run in the background of a script, where Ctrl-C is ignored.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(
            [str(CSG), "site", "serve", "--port", "0"], cwd=root, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        signal.signal(signal.SIGINT, before)
        self.address = self.says(r"http://127\.0\.0\.1:\d+/")

    def says(self, pattern: str) -> str:
        """Return what matches the pattern on the next lines of standard error."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if found := re.search(pattern, line):
                return found[0]
        raise AssertionError(pattern)

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Return the status and the content of a page."""
        request = urllib.request.Request(f"{self.address}{path}", headers=headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_serve_shows_the_site_builds_it_again_and_ends_with_ctrl_c(csg: Run, root: Path) -> None:
    """It answers only to names of this computer, and writes nothing."""
    server = Server(root)
    try:
        assert server.get("")[0] == 200
        assert server.get("2021-22/")[0] == 200
        assert server.get("nothing.html")[0] == 404
        assert server.get("../data/members.yaml")[0] == 404
        assert server.get("%2e%2e/data/members.yaml")[0] == 404
        assert server.get("", Host="evil.example")[0] == 403
        assert server.get("", Host=f"localhost:{urlsplit(server.address).port}")[0] == 200
        assert server.get("2021-22/downloads/INPUD.ics")[1].startswith(b"BEGIN:VCALENDAR")
        assert csg("workplan", "set", "1.1", "title=A title that is new").returncode == 0
        server.says("built again")
        assert b"A title that is new" in server.get("2021-22/activities/1-1.html")[1]
        path = root / "data" / "workplan-2021-22.yaml"
        text = path.read_text("utf-8")
        path.write_text(f"{text}\nnothing: [", "utf-8")
        server.says("CSG")
        assert server.get("")[0] == 200
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(timeout=10) == 0
        assert not (root / "site").exists()
    finally:
        server.process.kill()
        server.process.wait()
        assert server.process.stderr is not None
        server.process.stderr.close()


# In a browser

needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
FRAMES = """<!DOCTYPE html><meta charset="utf-8">{frames}<script>
addEventListener("load", () => {{
  const clicks = {clicks};
  const probes = [...document.querySelectorAll("iframe")].map((frame, number) => {{
    const page = frame.contentWindow;
    for (const selector of clicks[number]) page.document.querySelector(selector).click();
    const rows = [...page.document.querySelectorAll("tbody tr:not(.group)")];
    return {{
      wide: page.document.documentElement.scrollWidth - page.innerWidth,
      loaded: [...page.document.querySelectorAll("[src], link[href]")].map((element) => element.src || element.href),
      shown: rows.filter((row) => !row.hidden).length,
      rows: rows.length,
      first: rows.length ? rows[0].textContent : "",
    }};
  }});
  document.body.dataset.probes = JSON.stringify(probes);
}});
</script>"""


class View(NamedTuple):
    """A page in a frame of a width, after clicks on what the selectors find."""

    path: Path
    width: int
    query: str = ""
    clicks: Sequence[str] = ()


def seen(*views: View) -> list[dict[str, Any]]:
    """Return what a browser makes of each view. It is started once for all of them."""
    assert CHROMIUM
    file = Path(tempfile.mkdtemp(dir=views[0].path.parent)) / "frames.html"
    frames = "".join(
        f'<iframe src="{view.path.as_uri()}{view.query}" width="{view.width}" height="900"></iframe>' for view in views
    )
    file.write_text(FRAMES.format(frames=frames, clicks=json.dumps([view.clicks for view in views])), "utf-8")
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "--allow-file-access-from-files")
    words = [CHROMIUM, *flags, f"--user-data-dir={file.with_name('.chromium')}", file.as_uri()]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", timeout=60, check=True)
    found = re.search(r'data-probes="([^"]*)"', done.stdout)
    assert found, done.stdout[-500:]
    probes: list[dict[str, Any]] = json.loads(unescape(found[1]))
    assert len(probes) == len(views)
    return probes


@needs_chromium
def test_a_long_word_does_not_widen_a_table(csg: Run, root: Path) -> None:
    """On a wide screen too, every column is on the page."""
    csg("workplan", "set", "1.1", f"comments=See https://example.org/{'a-long-path/' * 30} and {'x' * 120}")
    build(csg)
    names = ("2021-22/workplan", "2021-22/leads/IDPC", "2021-22/activities/1-1")
    views = [View(root / "site" / f"{name}.html", width) for name in names for width in (320, 1280)]
    for view, page in zip(views, seen(*views), strict=True):
        assert page["wide"] <= 0, view


@needs_chromium
def test_pages_fit_a_phone_and_load_nothing_from_outside(csg: Run, root: Path) -> None:
    """At 320 pixels, no page scrolls sideways, also with long words."""
    busy(csg, root)
    odd_plan(root)
    build(csg)
    names = ("index", "2021-22/workplan", "2030-31/activities/1-1", "2030-31/index", "search")
    for name, page in zip(names, seen(*(View(root / "site" / f"{name}.html", 320) for name in names)), strict=True):
        assert page["wide"] <= 0, name
        assert {Path(unquote(urlsplit(address).path)) for address in page["loaded"]} == {
            root / "site" / "site.css",
            root / "site" / "site.js",
        }


@needs_chromium
def test_a_script_filters_sorts_and_searches(csg: Run, root: Path) -> None:
    """By the address of a page, and by a heading."""
    busy(csg, root)
    build(csg)
    site, leads = root / "site", root / "site" / "2021-22" / "leads" / "index.html"
    filtered, searched, *sorted_leads = seen(
        View(site / "2021-22" / "index.html", 1280, "?status=unreported"),
        View(site / "search.html", 1280, "?q=naloxone+zzz"),
        *(View(leads, 1280, clicks=["thead button"] * times) for times in (1, 2)),
    )
    assert 0 < filtered["shown"] < filtered["rows"] == 19
    assert searched["shown"] == 0
    up, down = (page["first"] for page in sorted_leads)
    assert up.startswith("ALL")
    assert down.startswith("YouthRISE")
