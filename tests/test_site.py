"""The site: its pages and files, its folder, its languages, its history, and the server on this computer."""

import json
import os
import re
import shutil
import signal
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from conftest import CSG, Run
from test_history import git
from test_reports import busy

from csg.documents.formats.html import SITE_POLICY
from csg.documents.site.build import Built, Material, build_site
from csg.documents.site.serve import Shown
from csg.workspace import open_workspace

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


def test_a_dry_run_lists_what_would_change_and_writes_nothing(csg: Run, root: Path) -> None:
    """A new site, one that is up to date, and one of which a page changes and another goes."""
    before = sorted(root.rglob("*"))
    lines = build(csg, "--dry-run").splitlines()
    assert {"new  site/index.html", "new  site/2021-22/activities/1-1.html"} <= set(lines)
    assert sorted(root.rglob("*")) == before
    build(csg)
    assert build(csg, "--dry-run") == "Nothing to do: the site is up to date.\n"
    csg("workplan", "set", "1.1", "title=Another")
    (root / "data" / "reviews" / "hpc-reports.yaml").unlink()
    lines = build(csg, "--dry-run").splitlines()
    assert {"changed  site/2021-22/activities/1-1.html", "gone  site/reviews.html"} <= set(lines)
    assert "Another" not in (root / "site" / "2021-22" / "activities" / "1-1.html").read_text("utf-8")


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


def test_numbers_with_signs_keep_their_order_in_arabic(csg: Run, root: Path) -> None:
    """After an Arabic word, a browser shows 2021-22 as 22-2021 unless the page says its direction."""
    busy(csg, root)
    assert csg("workplan", "new", "2022-23").returncode == 0
    group_file(root, "languages: [en, ar]")
    build(csg)
    page = (root / "site" / "ar" / "2022-23" / "activities" / "2-4.html").read_text("utf-8")
    assert re.search(r'<a [^>]*dir="ltr"[^>]*>2021-22 2\.4</a>', page)
    assert '<span dir="ltr">2021-22</span>' in (root / "site" / "ar" / "search.html").read_text("utf-8")


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
    assert "Due: – → 14 Mar 2022" in page
    overview = (root / "site" / "index.html").read_text("utf-8")
    assert "What changed lately" in overview
    assert "New review: Civil society review" in overview
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
    page = (clone / "site" / "2021-22" / "activities" / "1-1.html").read_text("utf-8")
    assert "Older changes are in the history of the data." in page


def test_due_dates_of_reports_can_be_sorted(csg: Run, root: Path) -> None:
    """Each has the day that a script compares, on the pages of leads and of reports too."""
    busy(csg, root)
    assert csg("workplan", "set", "2.4", "due=2022-03-14").returncode == 0
    build(csg)
    for name in ("leads/INWUD", "progress-mid"):
        page = (root / "site" / "2021-22" / f"{name}.html").read_text("utf-8")
        assert '<time datetime="2022-03-14">14 Mar 2022</time>' in page, name


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


def test_a_page_that_is_too_long_for_word_says_so(root: Path) -> None:
    """In the language of the page, with the files that have the same activities."""
    path = root / "data" / "workplan-2021-22.yaml"
    more = "".join(f'      - {{id: "9.{number}", title: Activity, comments: ""}}\n' for number in range(300))
    path.write_text(f'{path.read_text("utf-8")}\n  - id: "9"\n    title: Many\n    activities:\n{more}', "utf-8")
    built = build_site(open_workspace(str(root)), ["en", "es"], Material(tables={("2021-22", "csv"): b"No."}))
    assert "Workplan 2021/22" in built.left_out
    for file, words in (
        ("2021-22/workplan.html", "This page is too long to offer as Word or PDF."),
        ("es/2021-22/workplan.html", "Esta página es demasiado larga para ofrecerla en Word o PDF."),
    ):
        text = built.pages[file].decode()
        assert words in text
        assert "workbook.xlsx" in text
        assert "activities.csv" in text
        assert ".docx" not in text
    for file in ("2021-22/meeting.html", "members.html"):
        text = built.pages[file].decode()
        assert "too long" not in text
        assert ".docx" in text


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
def test_pages_are_answered_while_a_download_is_made() -> None:
    """A PDF of a large plan takes a minute; it is made once, however often it is asked for meanwhile."""
    begun, finished, made = threading.Event(), threading.Event(), []

    def make() -> bytes:
        made.append("plan.pdf")
        begun.set()
        finished.wait(10)
        return b"%PDF"

    shown = Shown(Built({"index.html": b"page"}, {"plan.pdf": make}, ()))
    with ThreadPoolExecutor() as pool:
        downloads = [pool.submit(shown.content, "/plan.pdf") for _ in range(3)]
        assert begun.wait(10)
        assert shown.content("/") == ("index.html", b"page")
        finished.set()
        assert [download.result() for download in downloads] == [("plan.pdf", b"%PDF")] * 3
    assert made == ["plan.pdf"]


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


NAMES = ["index", "Con", "nul", "aux", "a-b", "a b", "a.b", "R&D", "الشبكة", "網絡", "x" * 90 + "1", "x" * 90 + "2"]


@pytest.fixture
def named(csg: Run, root: Path) -> Path:
    """A workspace whose leads have unusual names."""
    for name in NAMES:
        done = csg("member", "add", name, "--name", "A network")
        assert done.returncode == 0, done.stderr
        assert csg("workplan", "set", "1.1", f"cso_lead+={name}", "due=2022-03-01").returncode == 0
    return root


def test_each_lead_has_a_page_and_a_calendar(csg: Run, named: Path) -> None:
    """Also one with the name of the page of all leads, of a device of Windows, or that differs late or little."""
    build(csg, downloads=True)
    leads = named / "site" / "2021-22" / "leads"
    headings = [re.search(r"<h1[^>]*>(.*?)</h1>", page.read_text("utf-8"), re.S) for page in leads.iterdir()]
    shown = [unescape(re.sub("<[^>]+>", "", heading[1])) for heading in headings if heading]
    assert "Leads" in shown
    assert all(any(name in heading for heading in shown) for name in NAMES)
    calendars = {file.stem for file in (named / "site" / "2021-22" / "downloads").glob("*.ics")}
    assert {page.stem for page in leads.iterdir()} - {"index"} <= calendars
    stems = {file.stem.casefold() for file in (named / "site").rglob("*")}
    assert not stems & {"con", "nul", "aux"}
    assert max(len(os.fsencode(file.name)) for file in (named / "site").rglob("*")) < 255


@pytest.mark.parametrize("name", ["leads", "Reviews", "site.css", "index.html", "README.md", "con", "LPT1.x", "2021."])
def test_a_plan_has_a_name_that_a_folder_can_have(csg: Run, root: Path, name: str) -> None:
    """The check names the line; the site is not built."""
    plan = root / "data" / "workplan-2021-22.yaml"
    text = plan.read_text("utf-8").replace("workplan: 2021-22", f"workplan: {name}")
    (root / "data" / f"workplan-{name}.yaml").write_text(text, "utf-8")
    plan.unlink()
    line = text.split("\n").index(f"workplan: {name}") + 1
    expected = (
        f"workplan-{name}.yaml:{line}:11: CSG237 the pages of the plan cannot have a folder with the name '{name}'."
    )
    assert f"data/{expected}" in csg("check").stdout
    assert "CSG237" in csg("site", "build").stderr
    assert not (root / "site").exists()


@pytest.mark.parametrize("name", ["index", "Index"])
def test_a_report_of_a_template_replaces_no_page(csg: Run, root: Path, name: str) -> None:
    """The message names the template."""
    (root / "templates").mkdir()
    (root / "templates" / f"{name}.md.j2").write_text("# Own\n", "utf-8")
    done = csg("site", "build")
    assert done.returncode == 1
    assert done.stderr == (
        f"templates/{name}.md.j2: CSG605 the site has another page '2021-22/{name}'."
        f" Give the template another name than '{name}.md.j2'.\n"
    )


@pytest.mark.parametrize("where", ["a-file", "a-file/below", "data/members.yaml"])
def test_a_file_is_no_folder_for_output(csg: Run, root: Path, where: str) -> None:
    """The message names what the person typed, for every command with --output."""
    (root / "a-file").write_text("mine", "utf-8")
    words = "it" if where != "a-file/below" else str(root / "a-file")
    for command in (["site", "build"], ["report", "render"], ["progress", "request"]):
        done = csg(*command, "--output", where)
        assert done.returncode == 1
        assert done.stderr == (f"{where}: CSG404 cannot be written: {words} is not a folder. Choose another folder.\n")
    assert (root / "a-file").read_text("utf-8") == "mine"


def test_a_refusal_names_files_of_other_folders_whole(csg: Run, root: Path, tmp_path: Path) -> None:
    """Inside the workspace and outside of it."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.html").write_text("mine", "utf-8")
    assert f"{tmp_path / 'other' / 'mine.html'}: CSG605" in csg("site", "build", "--output", "../other").stderr
    assert f"{root}/data/" in csg("site", "build", "--output", ".").stderr


def test_the_site_of_another_group_in_a_folder_stays(csg: Run, root: Path) -> None:
    """Its pages have the mark of csg too, and are neither removed nor replaced."""
    build(csg, "--output", "public/other")
    before = {file: file.read_bytes() for file in (root / "public" / "other").rglob("*") if file.is_file()}
    build(csg, "--output", "public")
    build(csg, "--output", "public", "--lang", "en", "--force")
    assert {file: file.read_bytes() for file in before if file.exists()} == before
    build(csg, "--output", "public2/2021-22")
    done = csg("site", "build", "--output", "public2")
    assert done.returncode == 1
    assert "public2/2021-22/index.html: CSG605 csg did not make this file." in done.stderr


@needs_git
def test_a_history_that_git_refuses_is_said(csg: Run, root: Path) -> None:
    """As where the repository belongs to another user. Without a repository, nothing is said."""
    assert csg("site", "build", "--no-downloads").stderr == ""
    (root / ".git").mkdir()
    (root / ".git" / "HEAD").write_text("damaged", "utf-8")
    done = csg("site", "build", "--no-downloads")
    assert done.returncode == 0
    assert done.stderr.startswith("The site has no history. CSG502 git says: not a git repository")
