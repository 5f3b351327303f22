"""Rendered reports: golden documents, hostile text, hostile templates, and what --check is for."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from csg.documents import sandbox
from csg.documents.markdown import escaped, table
from csg.workspace import open_workspace

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = (
    "[bold]x[/bold] | <script>alert(1)</script> &amp; `a` *b* _c_ ~~d~~ $e$ {{ 7*7 }} ![i](j) [k](l) "
    "https://example.org www.example.org # h \\ 1. n - o"
)
TEXT = st.text(
    st.one_of(
        st.sampled_from("|<>&*_`~[]()!#+-=.:$\\/'\"{}^@ \n1a"),
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs")),
    ),
    max_size=60,
)


def reader() -> MarkdownIt:
    """A reader of GitHub's Markdown: tables, strikethrough, and whatever looks like a link made one."""
    return MarkdownIt("gfm-like", {"html": True})


def shown(tokens: list[Any]) -> str:
    """The text that a reader shows, with its line breaks; anything that is not text fails."""
    text = ""
    for token in tokens:
        if token.type == "html_inline" and token.content == "<br>":
            text += "\n"
        else:
            assert token.type in ("text", "text_special"), token
            text += token.content
    return text


def flat(text: str) -> str:
    """Text as any HTML shows it: runs of blanks are one."""
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))


@given(TEXT)
def test_escaped_text_is_shown_as_the_text_it_is(text: str) -> None:
    """At the start of a line, within one and in a cell, whatever Markdown or HTML is in it."""
    if not text.strip():
        return
    for source in (f"{escaped(text)}", f"x {escaped(text)}", f"**{escaped(text)}**"):
        tokens = reader().parse(source)
        assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
        inner = [token for token in tokens[1].children or [] if not token.type.startswith("strong_")]
        assert flat(shown(inner).removeprefix("x ")) == flat(text)


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), min_size=1, max_size=4))
def test_no_cell_breaks_a_table(rows: list[list[str]]) -> None:
    """As many rows and columns as there are, each with its text."""
    tokens = reader().parse(table(["a", "b", "c"], rows))
    cells = [shown(token.children or []) for token in tokens if token.type == "inline"][3:]
    assert [flat(cell) for cell in cells] == [flat(text) for row in rows for text in row]


_BUSY: dict[bytes, bytes] = {}
"""The text of a plan in mid-year, by its text before."""


def busy(csg: Run, root: Path) -> None:
    """Make a workspace in mid-year: reports of all kinds, and a due date that has passed.

    The commands run once in a test session for each text of the plan; after that, what they made of it is copied.
    """
    plan = root / "data" / "workplan-2021-22.yaml"
    before = plan.read_bytes()
    if before not in _BUSY:
        _make_busy(csg)
        _BUSY[before] = plan.read_bytes()
    plan.write_bytes(_BUSY[before])


def _make_busy(csg: Run) -> None:
    mid = ("--period", "mid", "--date", "2021-12-10")
    end = ("--period", "end", "--date", "2022-03-20", "--summary", "Held.")
    links = ("--next-steps", "Two more countries.", "--evidence", "https://example.org/a_b(c)")
    for name, by, status, *more in (
        ("1.1", "IDPC", "completed", *mid),
        ("2.4", "INWUD", "on-track", *mid, *links),
        ("2.4", "WHRIN", "at-risk", *mid),
        ("3.6", "EHRA", "off-track", *mid),
        ("1.2", "IDPC", "completed", *end),
    ):
        summary = () if "--summary" in more else ("--summary", f"What {by} did: 3 | 4 <countries>.")
        assert csg("progress", "add", name, "--by", by, "--status", status, *summary, *more).returncode == 0
    assert csg("workplan", "set", "2.1", "due=2021-11-01").returncode == 0


def test_documents_are_as_they_were(csg: Run, root: Path) -> None:
    """Each document of a plan in mid-year, to the byte. Where one should change, look at it and copy it over."""
    busy(csg, root)
    assert csg("report", "render").returncode == 0
    names = (
        "2021-22/workplan.md",
        "2021-22/progress-mid.md",
        "2021-22/progress-mid-glance.svg",
        "2021-22/progress-end.md",
        "2021-22/leads/INWUD.md",
        "members.md",
        "README.md",
        "reviews/hpc-reports.md",
    )
    for name in names:
        made = (root / "reports" / name).read_text("utf-8")
        assert made == (GOLDEN / name.replace("/", "-")).read_text("utf-8"), name


def test_the_table_has_the_six_columns_of_the_source(csg: Run, root: Path) -> None:
    """An objective is a heading row; every activity is a row with all its words."""
    csg("report", "render", "workplan")
    rows = [
        line.strip("| ").split(" | ")
        for line in (root / "reports" / "2021-22" / "workplan.md").read_text("utf-8").splitlines()
        if line.startswith("|")
    ]
    assert rows[0] == ["Activities", "UNODC Lead", "CSO Lead", "Comments", "Progress Report (mid & end year)"]
    activities = [activity.id for activity in open_workspace(str(root)).plan.activities()]
    assert [row[0] for row in rows[2:]] == [
        "**1**",
        *activities[:6],
        "**2**",
        *activities[6:13],
        "**3**",
        *activities[13:],
    ]


def test_what_is_rendered_is_current(csg: Run) -> None:
    """The second time there is nothing to do; a change to the data, or to a report, is found by --check."""
    assert csg("report", "render").returncode == 0
    again = csg("report", "render")
    assert (again.returncode, again.stdout) == (0, "Nothing to do: 19 files are up to date.\n")
    assert csg("report", "render", "--check").returncode == 0
    csg("workplan", "set", "2.1", "title=Another")
    check = csg("report", "render", "--check")
    assert check.returncode == 1
    assert check.stdout.splitlines() == [
        "changed  reports/2021-22/workplan.md",
        "changed  reports/2021-22/progress-mid.md",
        "changed  reports/2021-22/progress-end.md",
        "changed  reports/2021-22/leads/YouthRISE.md",
        "changed  reports/2021-22/leads/HAS.md",
    ]
    assert "Run `csg report render`, and commit the files that it writes." in check.stderr
    assert csg("report", "render").returncode == 0
    assert csg("report", "render", "--check").returncode == 0


def test_pages_that_are_no_longer_made_are_taken_away_and_others_are_not(csg: Run, root: Path) -> None:
    """A lead that leads no more has no page; a file that somebody put there stays."""
    csg("report", "render")
    own = root / "reports" / "2021-22" / "leads" / "NOTES.md"
    own.write_text("My own.\n", "utf-8")
    csg("workplan", "set", "3.6", "cso_lead=HRI")
    assert "gone  reports/2021-22/leads/EHRA.md" in csg("report", "render", "--check").stdout
    csg("report", "render", "workplan")
    assert (root / "reports" / "2021-22" / "leads" / "EHRA.md").exists()
    csg("report", "render")
    assert not (root / "reports" / "2021-22" / "leads" / "EHRA.md").exists()
    assert own.read_text("utf-8") == "My own.\n"


def test_reports_can_be_named_and_put_elsewhere(csg: Run, root: Path, tmp_path: Path) -> None:
    """By the report's name, a document's, or its path; an unknown one is an error."""
    done = csg("report", "render", "progress", "hri", "members", "--output", str(tmp_path / "out"))
    assert done.stdout.splitlines() == [
        "new  2021-22/progress-mid.md",
        "new  2021-22/progress-mid-glance.svg",
        "new  2021-22/progress-end.md",
        "new  2021-22/progress-end-glance.svg",
        "new  2021-22/leads/HRI.md",
        "new  members.md",
    ]
    assert not (root / "reports").exists()
    unknown = csg("report", "render", "progess")
    assert (unknown.returncode, unknown.stderr) == (1, "CSG603 no report 'progess'. Did you mean progress?\n")
    near = csg("report", "render", "progess-mid")
    assert near.stderr == "CSG603 no report 'progess-mid'. Did you mean progress-mid?\n"
    reports = json.loads(csg("report", "list", "--format", "json").stdout)
    assert [row["report"] for row in reports] == [
        "README",
        "workplan",
        "progress",
        "lead",
        "members",
        "review",
        "meeting",
        "workbook",
        "slides",
        "calendar",
    ]


def test_hostile_text_reaches_no_reader(csg: Run, root: Path) -> None:
    """Whatever is in a title is shown as the text it is, in the terminal, in a report and as HTML."""
    assert csg("workplan", "set", "1.1", f"title={HOSTILE}").returncode == 0
    assert json.loads(csg("workplan", "show", "1.1", "-f", "json").stdout)["title"] == HOSTILE
    assert HOSTILE in csg("workplan", "list", COLUMNS="400").stdout
    csg("report", "render")
    source = (root / "reports" / "2021-22" / "workplan.md").read_text("utf-8")
    row = next(line for line in source.splitlines() if line.startswith("| 1.1 |"))
    tokens = reader().parse(f"| a | b | c | d | e | f |\n|---|---|---|---|---|---|\n{row}")
    assert shown([token for token in tokens if token.type == "inline"][7].children or []) == HOSTILE


def own_template(root: Path, text: str, name: str = "own.md.j2") -> None:
    """Put a template into the workspace."""
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates" / name).write_text(text, "utf-8")


def test_a_workspace_has_its_own_templates(csg: Run, root: Path) -> None:
    """A new one is a new report; one by the name of a built-in stands before it; data in it is text, not template."""
    csg("workplan", "set", "1.1", "title={{ 7*7 }} | x")
    own_template(root, "{% for each in objectives[0].activities[:1] %}{{ each.title }}{% endfor %}")
    own_template(root, "# Ours\n", "members.md.j2")
    assert csg("report", "render", "own", "members").returncode == 0
    assert (root / "reports" / "2021-22" / "own.md").read_text("utf-8").endswith("-->\n{{ 7\\*7 }} \\| x")
    assert (root / "reports" / "members.md").read_text("utf-8").endswith("-->\n# Ours\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n{% for %}", "templates/own.md.j2:2: CSG601 "),
        ("\n\n{{ nothing }}", "templates/own.md.j2:3: CSG601 'nothing' is undefined. Correct the template."),
        (
            "{% include '/etc/passwd' %}",
            "templates/own.md.j2:1: CSG601 there is no template '/etc/passwd'. Correct the template.",
        ),
        ("{% include '../../../../etc/passwd' %}", "CSG601 there is no template"),
        (
            "{{ ''.__class__.__mro__[1].__subclasses__() }}",
            "CSG601 access to attribute '__class__' of 'str' object is unsafe",
        ),
        ("{{ cycler.__init__.__globals__.os.system('true') }}", "CSG601 access to attribute '__init__'"),
        ("{{ plan.update({'x': 1}) }}", "CSG601 access to attribute 'update' of 'dict' object is unsafe"),
        (
            "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
            "CSG601 it calls itself without end. Correct the template.",
        ),
        ("{{ lipsum() }}", "templates/own.md.j2:1: CSG601 'lipsum' is undefined. Correct the template."),
        ("{{ [1, 2] | random }}", "templates/own.md.j2:1: CSG601 No filter named 'random'"),
        ("{{ range(999999999) }}", "CSG601 Range too big"),
        ("{{ 'x' * 99999999999 }}", "templates/own.md.j2: CSG602 took too much memory. Make the template smaller."),
    ],
)
def test_templates_are_kept_in_their_sandbox(csg: Run, root: Path, text: str, told: str) -> None:
    """A template that reads files, climbs to Python's classes, or is no template: an error that names it, exit 1."""
    own_template(root, text)
    done = csg("report", "render")
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "reports").exists()


def test_text_nested_deep_in_a_template_becomes_a_document(csg: Run, root: Path) -> None:
    """Quotes and lists in one another end at a level; the words stay."""
    for deep in ("> " * 30_000, "- " * 500, "1. " * 500, "[" * 300):
        own_template(root, f"{deep}deep\n")
        done = csg("report", "render", "own", "--to", "html,docx,pdf")
        assert done.returncode == 0, done.stderr


def test_a_template_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time it is stopped, and named."""
    from csg.problem import Refused

    monkeypatch.setattr(sandbox, "SECONDS", 1)
    loop = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    with pytest.raises(
        Refused, match=r"x\.md\.j2: CSG602 not done after 1 seconds. Look for a loop that does not end."
    ):
        sandbox.render({"x.md.j2": loop}, [sandbox.Job("x.md", "x.md.j2", {})], {})


def test_a_link_out_of_the_workspace_is_not_written(csg: Run, root: Path, tmp_path: Path) -> None:
    """Not even where reports/ is one."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "reports").symlink_to(outside)
    done = csg("report", "render")
    assert done.returncode == 1
    assert "CSG402 this is a symbolic link" in done.stderr
    assert not list(outside.iterdir())
    shutil.rmtree(outside)


def test_each_years_reports_are_kept(csg: Run, root: Path) -> None:
    """Each plan has a folder of its name, and both are up to date."""
    csg("workplan", "new", "2022-23")
    assert csg("report", "render").returncode == 0
    assert "# Workplan 2022/23\n" in (root / "reports" / "2022-23" / "workplan.md").read_text("utf-8")
    assert "# Workplan 2021/22\n" in (root / "reports" / "2021-22" / "workplan.md").read_text("utf-8")
    assert "(2021-22/workplan.md)" in (root / "reports" / "README.md").read_text("utf-8")
    assert csg("report", "render", "--check").returncode == 0


def test_no_two_leads_share_a_page(csg: Run, root: Path) -> None:
    """Whatever their names have in common."""
    for name in ("A B", "A-B"):
        csg("member", "add", name, "--name", f"The network {name}")
        assert csg("workplan", "set", "1.1", f"cso_lead+={name}").returncode == 0
    csg("report", "render")
    assert "# A B: The network A B" in (root / "reports" / "2021-22" / "leads" / "A-B.md").read_text("utf-8")
    assert "# A-B: The network A-B" in (root / "reports" / "2021-22" / "leads" / "A-B-2.md").read_text("utf-8")


def test_a_dry_run_of_reports_is_a_diff(csg: Run, root: Path) -> None:
    """And writes nothing."""
    done = csg("report", "render", "members", "--dry-run")
    assert done.stdout.startswith("--- /dev/null\n+++ b/reports/members.md\n@@")
    assert not (root / "reports").exists()


def test_links_are_web_addresses_or_pages() -> None:
    """Whatever else is in the data is shown and not linked."""
    source = "{{ 'javascript:alert(1)' | link }} {{ 'https://a.org/b c' | link }} {{ 'leads/A.md' | link('A') }}"
    made = sandbox.render({"x.md.j2": source}, [sandbox.Job("x.md", "x.md.j2", {})], {})
    assert made["x.md"] == "javascript:alert(1) [https\\://a\\.org/b c](https://a.org/b%20c) [A](leads/A.md)"


def test_what_is_wrong_in_one_template_is_not_laid_to_another(csg: Run, root: Path) -> None:
    """The file that took too much memory is named."""
    own_template(root, "{{ 'x' * 99999999999 }}", "zz.md.j2")
    assert csg("report", "render").stderr.startswith("templates/zz.md.j2: CSG602")


def test_rendering_one_plan_leaves_the_others_alone(csg: Run, root: Path) -> None:
    """Whichever plan is chosen, no other plan's pages go."""
    csg("workplan", "new", "2022-23")
    csg("report", "render")
    files = sorted(path for path in (root / "reports").rglob("*") if path.is_file())
    for plan, number in (("2021-22", 16), ("2022-23", 19)):  # the pages about every plan come with the last
        assert csg("report", "render", "--plan", plan).stdout == f"Nothing to do: {number} files are up to date.\n"
        assert csg("report", "render", "--check", "--plan", plan).returncode == 0
    assert sorted(path for path in (root / "reports").rglob("*") if path.is_file()) == files


def test_a_page_that_only_one_years_plan_has_can_be_named(csg: Run, root: Path) -> None:
    """Names are those of the plan that is chosen."""
    csg("workplan", "new", "2022-23")
    csg("workplan", "set", "3.6", "cso_lead=ANPUD")
    assert csg("report", "render", "ANPUD").stdout == "new  reports/2022-23/leads/ANPUD.md\n"
    assert csg("report", "render", "EHRA", "--plan", "2021-22").stdout == "new  reports/2021-22/leads/EHRA.md\n"
    assert root
