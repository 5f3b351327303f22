"""Data at fault: each fault with the exact sentence it must give."""

from pathlib import Path

import pytest
from conftest import Run

PLAN = "data/workplan-2021-22.yaml"
HEAD = """\
workplan: 2021-22
title: Workplan 2021/22
periods: [{id: mid, name: Mid-year}, {id: end, name: End-year}]
objectives:
  - id: "1"
    title: An objective
    activities:
"""


@pytest.fixture(autouse=True)
def no_reviews(root: Path) -> None:
    """The plans here are of one activity, and no review is of that."""
    (root / "data" / "reviews" / "hpc-reports.yaml").unlink()


def activity(name: str = '"1.1"', **fields: str | None) -> str:
    """An activity with nothing wrong but for ``fields``; one that is None is left out."""
    sound: dict[str, str | None] = {
        "title": "A title",
        "unodc_lead": "[HAS]",
        "cso_lead": "[INPUD]",
        "comments": "None.",
    }
    lines = (f"        {key}: {value}\n" for key, value in {**sound, **fields}.items() if value is not None)
    return f"      - id: {name}\n" + "".join(lines)


def report(**fields: str | None) -> str:
    """A progress report on one line, with nothing wrong but for ``fields``."""
    sound: dict[str, str | None] = {
        "period": "mid",
        "by": "INPUD",
        "date": "2021-12-10",
        "status": "on-track",
        "summary": "Done.",
    }
    written = ", ".join(f"{key}: {value}" for key, value in {**sound, **fields}.items() if value is not None)
    return f"{{{written}}}"


REPORT_KEYS = "period, by, date, status, summary, needs, next_steps, evidence and values"
ACTIVITY_KEYS = (
    "id, title, unodc_lead, cso_lead, comments, due, related, carried_from, recurring, indicators and progress"
)
TEXT = "Write it as text."
FAULTS = {
    # YAML and its traps
    "key twice": (
        activity(title="A") + "        title: B\n",
        ["13:9: CSG102 key 'title' is used twice. Delete this line, or line 9."],
    ),
    "tab": (
        activity().replace("        title", "\ttitle"),
        ["9:1: CSG101 the indentation has a tab. Indent with spaces."],
    ),
    "alias bomb": (
        activity(title="&a lol", comments="*a"),
        [
            "9:16: CSG108 anchor &a is not allowed. Write the value out.",
            "12:19: CSG108 alias *a is not allowed. Write the value out.",
        ],
    ),
    "python object": (
        activity(title="!!python/object:os.system x"),
        ["9:16: CSG109 tag !!python/object:os.system is not allowed. Delete it."],
    ),
    "merge key": (
        activity() + "        <<: {due: 2021-12-10}\n",
        ["13:9: CSG110 merge key << is not allowed. Write the keys out."],
    ),
    "two documents": (
        activity() + "---\na: b\n",
        ["13:1: CSG111 a second document starts here. Move it to a file of its own, or delete the line ---."],
    ),
    "deep": (
        activity(comments="[" * 100 + "]" * 100),
        [
            "12:46: CSG115 lists and mappings are nested more than 32 levels deep."
            " Delete the extra brackets. A plan needs six levels."
        ],
    ),
    "list not closed": (activity(cso_lead="[INPUD"), ["11:19: CSG101 the list is not closed. End it with ]."]),
    "bracket at the end": (
        activity() + "        related: [\n",
        ["13:9: CSG101 the value is not finished. Close its brackets and quotes."],
    ),
    "quote not closed": (activity(title="'A"), ["9:16: CSG101 the quotation mark is not closed. Close it."]),
    "colon in text": (
        activity(title="a: b"),
        ["9:17: CSG101 a colon is not allowed here. Check the indentation, or put the text in quotes."],
    ),
    "at sign": (
        activity(title="@a"),
        ["9:16: CSG101 a value cannot begin with this character. Put the text in quotes."],
    ),
    "key without colon": (activity() + "        due\n", ["13:9: CSG101 the key has no colon. Write `key: value`."]),
    "conflict": (
        f"<<<<<<< HEAD\n{activity()}=======\n{activity()}>>>>>>> theirs\n",
        [
            "8:1: CSG107 a merge left the conflict marker <<<<<<<."
            " Keep the lines that are right, and delete the markers."
        ],
    ),
    # The schema
    "unknown key": (
        activity(cso_leed="[INPUD]"),
        ["13:9: CSG122 unknown key 'cso_leed' in activity 1.1. Did you mean cso_lead?"],
    ),
    "strange key": (
        activity(colour="red"),
        [f"13:9: CSG122 unknown key 'colour' in activity 1.1. The keys here are {ACTIVITY_KEYS}."],
    ),
    "missing key": (activity(title=None), ["8:9: CSG121 key title is missing in activity 1.1. Add a line `title: …`."]),
    "no id": (
        activity().replace('id: "1.1"', "due: 2021-12-10"),
        ["8:9: CSG121 key id is missing in activity number 1 in objective 1. Add a line `id: …`."],
    ),
    "title a list": (activity(title="[a]"), [f"9:16: CSG123 title of activity 1.1 must be text, not a list. {TEXT}"]),
    "title nothing": (
        activity(title="''"),
        ["9:16: CSG123 title of activity 1.1 must not be empty. Write text after the colon."],
    ),
    "leads a text": (
        activity(cso_lead="INPUD"),
        ["11:19: CSG123 cso_lead of activity 1.1 must be a list, not text. Write [INPUD]."],
    ),
    "lead a list": (
        activity(cso_lead="[[INPUD]]"),
        [f"11:20: CSG123 cso_lead number 1 of activity 1.1 must be text, not a list. {TEXT}"],
    ),
    "UNODC lead a text": (
        activity(unodc_lead="HAS"),
        ["10:21: CSG123 unodc_lead of activity 1.1 must be a list, not text. Write [HAS]."],
    ),
    "comments a mapping": (
        activity(comments="{a: b}"),
        [f"12:19: CSG123 comments of activity 1.1 must be text, not a mapping. {TEXT}"],
    ),
    "id with a comma": (
        activity('"1,1"'),
        ["8:13: CSG123 id of activity 1,1 '1,1' must not have a comma, a line break, or a blank at an end. Delete it."],
    ),
    "no such day": (
        activity(due="2022-02-30"),
        ["13:14: CSG123 due of activity 1.1 cannot be 2022-02-30: this day does not exist. Correct it."],
    ),
    "no date": (
        activity(due="soon"),
        ["13:14: CSG123 due of activity 1.1 must be a date as in 2021-12-10 (year-month-day). Correct it."],
    ),
    "related a text": (
        activity(related="3.1"),
        ["13:18: CSG123 related of activity 1.1 must be a list, not text. Write [3.1]."],
    ),
    "carried_from a list": (
        activity(carried_from="[a]"),
        [f"13:23: CSG123 carried_from of activity 1.1 must be text, not a list. {TEXT}"],
    ),
    "progress a text": (
        activity(progress="done"),
        ["13:19: CSG123 progress of activity 1.1 must be a list, not text. Write [done]."],
    ),
    "progress a word for nothing": (
        activity(progress="~"),
        ["13:19: CSG123 progress of activity 1.1 must be a list, not text. Write [] for none."],
    ),
    "related a word for nothing": (
        activity(related="null"),
        ["13:18: CSG123 related of activity 1.1 must be a list, not text. Write [] for none."],
    ),
    "report a text": (
        activity(progress="[done]"),
        [
            "13:20: CSG123 progress number 1 of activity 1.1 must be a mapping of keys, not text. "
            "Write lines of `key: value`, indented below it."
        ],
    ),
    "no such status": (
        activity(progress=f"[{report(status='ontrack')}]"),
        ["13:71: CSG123 status of report number 1 of activity 1.1 cannot be 'ontrack'. Did you mean on-track?"],
    ),
    "strange status": (
        activity(progress=f"[{report(status='fine')}]"),
        [
            "13:71: CSG123 status of report number 1 of activity 1.1 cannot be 'fine'. "
            "Write not-started, on-track, at-risk, off-track, completed or cancelled."
        ],
    ),
    "report without summary": (
        activity(progress=f"[{report(summary=None)}]"),
        ["13:20: CSG121 key summary is missing in report number 1 in activity 1.1. Add a line `summary: …`."],
    ),
    "evidence a text": (
        activity(progress=f"[{report(evidence='https://a.org')}]"),
        ["13:107: CSG123 evidence of report number 1 of activity 1.1 must be a list, not text. Write [https://a.org]."],
    ),
    "long text": (
        activity(comments="x" * 10_000_000),
        ["12:19: CSG123 comments of activity 1.1 must have at most 20,000 characters, not 10,000,000. Shorten it."],
    ),
    # The rules
    "unknown lead": (
        activity(cso_lead="[INPUDD]"),
        ["11:20: CSG203 unknown lead 'INPUDD' in activity 1.1. Did you mean INPUD?"],
    ),
    "lead in another case": (
        activity(cso_lead="[inpud]"),
        ["11:20: CSG203 unknown lead 'inpud' in activity 1.1. Did you mean INPUD?"],
    ),
    "strange lead": (
        activity(cso_lead="[Quux]"),
        ["11:20: CSG203 unknown lead 'Quux' in activity 1.1. Add it to data/members.yaml."],
    ),
    "NO is text": (
        activity(cso_lead="[NO]"),
        ["11:20: CSG203 unknown lead 'NO' in activity 1.1. Add it to data/members.yaml."],
    ),
    "1.10 beside 1.1": (activity("1.1") + activity("1.10"), []),
    "contact": (activity(unodc_lead="[HAS (Zhannat)]"), []),
    "id twice": (
        activity() + activity("1.1"),
        [
            f"13:13: CSG201 activity id '1.1' is used twice."
            f" Give one of them another id. The first is on line 8 of {PLAN}."
        ],
    ),
    "in another objective": (
        activity('"2.1"'),
        ["8:13: CSG202 activity '2.1' is in objective 1. Give it an id like 1.1."],
    ),
    "unknown related": (
        activity(related='["1.7"]'),
        ["13:19: CSG204 unknown activity '1.7' in related of 1.1. Did you mean 1.1?"],
    ),
    "related to itself": (
        activity(related='["1.1"]'),
        ["13:19: CSG204 activity 1.1 is related to itself. Delete the reference."],
    ),
    "unknown reporter": (
        activity(progress=f"[{report(by='INPUDD')}]"),
        ["13:38: CSG205 unknown reporter 'INPUDD' in activity 1.1. Did you mean INPUD?"],
    ),
    "reporter who does not lead": (
        activity(progress=f"[{report(by='HRI')}]"),
        [
            "13:38: CSG206 warning: HRI reports on activity 1.1 but does not lead it."
            " Its status counts, but not as the report of a lead (INPUD, HAS)."
            " If the author is wrong, remove the report and add it again."
        ],
    ),
    "member of a group reports": (activity(cso_lead="[ALL]", progress=f"[{report(by='HRI')}]"), []),
    "Secretariat reports": (activity(progress=f"[{report(by='Secretariat')}]"), []),
    "member of the Secretariat reports": (
        activity(progress=f"[{report(by='IDPC')}]"),
        [
            "13:38: CSG206 warning: IDPC reports on activity 1.1 but does not lead it. Its status counts, but not as"
            " the report of a lead (INPUD, HAS). If the author is wrong, remove the report and add it again."
        ],
    ),
    "unknown period": (
        activity(progress=f"[{report(period='mdi')}]"),
        ["13:29: CSG207 unknown period 'mdi' in activity 1.1. Did you mean mid?"],
    ),
    "out of order": (
        activity(progress=f"[{report()}, {report(date='2021-12-09')}]"),
        [
            "13:129: CSG208 the report of 2021-12-09 in activity 1.1 comes after the report of 2021-12-10. "
            "Put the oldest report first."
        ],
    ),
    "two final reports": (
        activity(progress=f"[{report(status='completed')}, {report(status='completed', summary='New.')}]"),
        ["13:150: CSG209 INPUD ends activity 1.1 twice in period mid. Keep one of the two reports."],
    ),
    "reference to nothing": (
        activity(comments="Also linked to 9.1 below, see 1.1."),
        ["12:19: CSG210 warning: the comments of activity 1.1 name 9.1, which is not in the plan. Did you mean 1.1?"],
    ),
    "numbers that are no reference": (activity(comments="In 2.5 million cases, version 3.11, to 7.5%."), []),
    "lead twice": (
        activity(cso_lead="[INPUD, INPUD]"),
        ["11:27: CSG214 'INPUD' is twice in cso_lead of 1.1. Delete one of them."],
    ),
    "carried from nowhere": (
        activity(carried_from='"2.4"'),
        [
            "13:23: CSG215 activity 1.1 is carried from '2.4', which was not found. "
            "Write the plan, a space and the id in that plan, for example 2021-22 2.4."
        ],
    ),
    "evidence that acts": (
        activity(progress=f"[{report(evidence='[javascript:alert(1)]')}]"),
        [
            "13:108: CSG224 evidence number 1 of activity 1.1 must be a web address."
            " Write the whole address, with https://."
        ],
    ),
    # Text
    "mail address": (
        activity(comments="Ask a.b@example.org"),
        ["12:23: CSG220 an e-mail address is not allowed in a public folder. Delete it."],
    ),
    "mail address in a comment": (
        activity() + "# ask a@example.org\n",
        ["13:7: CSG220 an e-mail address is not allowed in a public folder. Delete it."],
    ),
    "mail address in escapes": (
        activity(comments='"a\\x40example.org"'),
        [
            "12:19: CSG220 an e-mail address (over two lines, or with an escape) "
            "is not allowed in a public folder. Delete it."
        ],
    ),
    "telephone": (
        activity(comments="Call +44 20 7946 0958."),
        ["12:24: CSG220 a telephone number is not allowed in a public folder. Delete it."],
    ),
    "telephone over two lines": (
        activity(comments=">-\n          Call +44 20\n          7946 0958."),
        [
            "12:19: CSG220 a telephone number (over two lines, or with an escape) "
            "is not allowed in a public folder. Delete it."
        ],
    ),
    "IPv4": (
        activity(comments="From 192.168.1.77."),
        ["12:24: CSG220 an IP address is not allowed in a public folder. Delete it."],
    ),
    "IPv6": (
        activity(comments="From 2001:db8::1 on."),
        ["12:24: CSG220 an IP address is not allowed in a public folder. Delete it."],
    ),
    **{
        f"personal: {text}": (
            activity(comments=f"'Ask {text}'"),
            [f"12:24: CSG220 {kind} is not allowed in a public folder. Delete it."],
        )
        for text, kind in {
            "anna.smith @ example.org": "an e-mail address",
            "anna[at]example.org": "an e-mail address",
            "anna at example dot org": "an e-mail address",
            "anna%40example.org": "an e-mail address",
            "anna＠example.org": "an e-mail address",
            "+ 41 22 917 80 00": "a telephone number",
            "+41\u202f22\u202f917\u202f80\u202f00": "a telephone number",
            "0791234567": "a telephone number",
            "0207 946 0958": "a telephone number",
            "(212) 555-0123": "a telephone number",
            "212-555-0123": "a telephone number",
            "8 (916) 123-45-67": "a telephone number",
            "٠٧٩١٢٣٤٥٦٧": "a telephone number",
            "10.0.0.1:8080": "an IP address",
        }.items()
    },
    "numbers that are none of these": (
        activity(
            comments="'05/03/2022, 01.02.2022, 05-12-2021, 09.30-10.30, USD 1 000 000 000, +10 000 000 people, "
            "+5 000 000, +1500000 seen, from 01.03.2022 02.04.2022, mobile 1000000 people, 3.1.2.1, Phone: 12 000 000'"
        ),
        [],
    ),
    "numbers that are no one's": (
        activity(
            comments="2021-12-10, 2021/22, 1:30, CND 61/4, ~10,000 of 100 000 000, https://a.org/1234567890/192.168.1.1"
        ),
        [],
    ),
    "text direction": (
        activity(title="a\u202eb"),
        ["9:17: CSG221 the text has the invisible character U+202E. Delete it."],
    ),
    "zero width": (
        activity(title="a\u200bb"),
        ["9:17: CSG221 the text has the invisible character U+200B. Delete it."],
    ),
    "joiner in Persian": (activity(title="می\u200cخواهم"), []),
    "terminal escape": (
        activity(title='"a\\e[31m"'),
        ["9:16: CSG221 the text has the invisible character U+001B, written as an escape. Delete it."],
    ),
    "double blank": (
        activity(title="a  b"),
        ["9:16: CSG222 warning: the text has two blanks in a row, or a blank at an end. Keep one blank between words."],
    ),
    "text cut off": (
        activity(comments="Grant #4 and # more"),
        ["12:25: CSG225 warning: the text after # is a comment and not part of the value. Put the text in quotes."],
    ),
    "comments that are meant": (activity(title="A  # note", comments="'Grant #4'") + "        # more\n", []),
    "the same report twice": (
        activity(progress=f"[{report()}, {report()}]"),
        ["13:98: CSG226 warning: activity 1.1 has the report by INPUD of 2021-12-10 twice. Delete one of them."],
    ),
    "misspelt key": (
        activity(cso_lead=None, cso_leed="[INPUD]"),
        ["12:9: CSG122 unknown key 'cso_leed' in activity 1.1. Did you mean cso_lead?"],
    ),
    "full name for a lead": (
        activity(cso_lead="[Harm Reduction International]"),
        ["11:20: CSG203 unknown lead 'Harm Reduction International' in activity 1.1. Use its short name, HRI."],
    ),
    "unknown lead twice": (
        activity(cso_lead="[Quux, INPUD, Quux]"),
        [
            "11:20: CSG203 unknown lead 'Quux' in activity 1.1. Add it to data/members.yaml.",
            "11:33: CSG203 unknown lead 'Quux' in activity 1.1. Add it to data/members.yaml.",
            "11:33: CSG214 'Quux' is twice in cso_lead of 1.1. Delete one of them.",
        ],
    ),
    "typographic quotes": (
        activity("“1.1”"),
        ["8:13: CSG202 activity '“1.1”' is in objective 1. Put the id in straight quotes."],
    ),
    "quotes in quotes": (
        activity(title="'Women's training'"),
        [
            "9:23: CSG101 the text in quotes has the same quotation mark in it."
            " Put the text in quotes of the other kind."
        ],
    ),
    "dash without a blank": (
        activity().removesuffix("\n") + "\n        progress:\n          -period: mid\n",
        [
            "14:11: CSG123 progress of activity 1.1 must be a list, not a mapping. "
            "Begin each element with a dash and a blank."
        ],
    ),
    "much wrong with one report": (
        activity(
            progress=f"[{report(period='middle', by='INPUDD', date='2021-02-30', status='ontrack', summary='~')}]"
        ),
        [
            "13:29: CSG207 unknown period 'middle' in activity 1.1. Did you mean mid?",
            "13:41: CSG205 unknown reporter 'INPUDD' in activity 1.1. Did you mean INPUD?",
            "13:55: CSG123 date of report number 1 of activity 1.1 cannot be 2021-02-30: this day does not exist. "
            "Correct it.",
            "13:75: CSG123 status of report number 1 of activity 1.1 cannot be 'ontrack'. Did you mean on-track?",
        ],
    ),
    "indented too far": (
        activity() + '         related: ["1.2"]\n',
        ["13:17: CSG101 a colon is not allowed here. Check the indentation, or put the text in quotes."],
    ),
    "trailing blank": (activity(title="a "), ["9:17: CSG223 warning: the line ends with a blank. Delete it."]),
    "markup of all kinds": (activity(title="'[bold]a[/] | <script> {{ 7*7 }} `a` *b* =1+1'"), []),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_gives_its_sentence(csg: Run, root: Path, name: str) -> None:
    """File, line, column, code, what is wrong, and the mend; nothing else, and no traceback."""
    text, told = FAULTS[name]
    (root / PLAN).write_text(HEAD + text, "utf-8")
    done = csg("check")
    assert done.stdout.splitlines() == [f"{PLAN}:{line}" for line in told]
    assert done.returncode == any(" warning: " not in line for line in told)


WHOLE_FILES = {
    "empty": (b"", "1:1: CSG112 the file is empty. See docs/data-format.md."),
    "comments alone": (b"# to do\n", "1:1: CSG112 the file is empty. See docs/data-format.md."),
    "list": (b"- a\n", "1:1: CSG113 the file must be a mapping of keys, not a list. See docs/data-format.md."),
    "not UTF-8": (b"title: caf\xe9\n", "1:11: CSG105 byte 0xe9 is not UTF-8. Save the file as UTF-8."),
    "UTF-16": (
        "title: a\n".encode("utf-16-le"),
        "1:2: CSG106 character U+0000 is not allowed in a data file. Delete it.",
    ),
    "NUL": (b"title: a\0b\n", "1:9: CSG106 character U+0000 is not allowed in a data file. Delete it."),
}


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_files_that_are_no_plan(csg: Run, root: Path, name: str) -> None:
    """A file that cannot be a plan at all says so, and commands that need it refuse with the same sentence."""
    content, told = WHOLE_FILES[name]
    (root / PLAN).write_bytes(content)
    assert csg("check").stdout == f"{PLAN}:{told}\n"
    listed = csg("workplan", "list")
    assert (listed.returncode, listed.stdout, listed.stderr) == (1, "", f"{PLAN}:{told}\n")


def test_what_is_nested_without_end_is_told_as_such(csg: Run, root: Path) -> None:
    """Also where libyaml gives up before csg does."""
    (root / PLAN).write_text(HEAD + activity(comments="[" * 5000 + "]" * 5000), "utf-8")
    (told,) = csg("check").stdout.splitlines()
    assert told.endswith(
        "CSG115 lists and mappings are nested more than 32 levels deep."
        " Delete the extra brackets. A plan needs six levels."
    )


def test_a_tab_hides_nothing_below_it(csg: Run, root: Path) -> None:
    """The line is no YAML; the rest is read."""
    text = (root / PLAN).read_text("utf-8")
    text = text.replace("        title: Development", "\ttitle: Development").replace("[INPUD, HRI]", "[INPUDD, HRI]")
    (root / PLAN).write_text(text, "utf-8")
    assert [line.split(" ")[1] for line in csg("check").stdout.splitlines()] == ["CSG101", "CSG203"]


def test_all_problems_of_all_files_in_one_run(csg: Run, root: Path) -> None:
    """What is no YAML, what is not as the schema has it and what breaks a rule: all in file order, once each."""
    plan, members = root / PLAN, root / "data" / "members.yaml"
    broken = plan.read_text("utf-8")
    for old, new in {
        'id: "1.2"': 'id: "1.1"',
        "title: Regular": "title: 'Regular",
        "cso_lead: [YouthRISE]": "cso_leed: [YouthRISE]",
        "cso_lead: [INPUD, HRI]": "cso_lead: [INPUDD, HRI]",
        "        cso_lead: [EHRA]": "\tcso_lead: [EHRA]",
    }.items():
        assert old in broken
        broken = broken.replace(old, new)
    plan.write_text(broken, "utf-8")
    members.write_text(members.read_text("utf-8").replace("type: regional-network", "type: regional", 1), "utf-8")
    done = csg("check")
    told = [line.split(" ")[:2] for line in done.stdout.splitlines()]
    assert told == [
        ["data/members.yaml:29:11:", "CSG211"],
        [f"{PLAN}:25:13:", "CSG201"],
        [f"{PLAN}:32:16:", "CSG101"],
        [f"{PLAN}:73:9:", "CSG122"],
        [f"{PLAN}:177:20:", "CSG203"],
        [f"{PLAN}:191:1:", "CSG101"],
    ]
    assert done.stderr == "4 files, 26 members, 19 activities: 6 errors, 0 warnings\n"
