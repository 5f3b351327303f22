"""A reporting round without git: letters and forms out, answers back, every character kept and nothing guessed."""

import io
import json
import shutil
import stat
import subprocess
import zipfile
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from filled_forms import fill_docx, fill_text, fill_xlsx, letter_of, reply
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csg.checks.text import UNSEEN
from csg.forms.answers.read import read_sheets
from csg.forms.answers.sheet import OBJECT
from csg.forms.answers.text import answers_of_text
from csg.forms.form_docx import docx_form
from csg.forms.form_xlsx import xlsx_form
from csg.forms.letters import letter_text
from csg.forms.questions import Codes, questions
from csg.forms.request import AskedActivity, Form
from csg.forms.status_words import STATUS_BY_WORD, STATUS_KEYS, status_of
from csg.forms.values import number_of
from csg.language import Language
from csg.workspace import open_workspace

ANSWERS = {
    "2.4 status": "On track",
    "2.4 summary": "Training | ran # in = 3\nplaces ✅ سلام & <b>",
    "2.4 needs": "HAS to name a contact.",
    "2.4 next_steps": "Two more.",
    "2.4 evidence": "https://example.org/a https://example.org/b",
    "2.4 value places": "3",
}


@pytest.fixture
def round_of(csg: Run, root: Path) -> Path:
    """The letters and forms of the mid-year, in a folder; activity 2.4 has an indicator."""
    assert csg("indicator", "add", "2.4", "places", "--name", "Places", "--target", "7").returncode == 0
    assert csg("workplan", "set", "mid", "due=2021-12-15").returncode == 0
    done = csg("progress", "request", "--period", "mid", "--output", "round")
    assert done.returncode == 0, done.stderr
    return root / "round"


def reports(csg: Run) -> list[dict[str, Any]]:
    """Return the reports of the plan."""
    rows: list[dict[str, Any]] = json.loads(csg("progress", "list", "--format", "json").stdout)
    return rows


def collect(csg: Run, *files: Path | str, more: tuple[str, ...] = ("--yes",)) -> Any:
    """Collect answers of a day."""
    return csg("progress", "collect", *map(str, files), "--date", "2021-12-10", *more)


def test_each_lead_that_owes_gets_one_letter_and_one_form(csg: Run, round_of: Path) -> None:
    """What a group owes is asked of the Secretariat. A second request makes the same bytes."""
    leads = ["EHRA", "HAS", "HRI", "IDPC", "INPUD", "INWUD", "Secretariat", "WHRIN", "YouthRISE"]
    assert sorted(path.stem.rpartition("-")[2] for path in round_of.glob("*.eml")) == leads
    letter = letter_of(round_of, "Secretariat", "txt").read_text("utf-8")
    assert "[3.2] Accountability" in letter
    assert "Led by ALL." in letter
    before = {path.name: path.read_bytes() for path in round_of.iterdir()}
    again = csg("progress", "request", "--period", "mid", "--output", "round", TZ="Asia/Tokyo")
    assert "Written: 0 files" in again.stderr
    assert {path.name: path.read_bytes() for path in round_of.iterdir()} == before


def test_a_letter_says_what_is_asked_and_opens_as_a_draft(csg: Run, round_of: Path, root: Path) -> None:
    """Its subject brings replies home; addresses come from a private file, which is then its owner's alone."""
    private = root / "private"
    private.mkdir(exist_ok=True)
    (private / "contacts.yaml").write_text("INWUD: [office@example.org, second@example.org]\n", "utf-8")
    (private / "contacts.yaml").chmod(0o644)
    done = csg("progress", "request", "--period", "mid", "--lead", "inwud", "--output", "second")
    assert done.returncode == 0, done.stderr
    message = message_from_bytes(letter_of(root / "second", "INWUD", "eml").read_bytes(), policy=default)
    assert message["Subject"] == "[CS Group 2021-22 mid INWUD] Mid-year report: Workplan 2021/22"
    assert message["To"] == "office@example.org, second@example.org"
    assert message["X-Unsent"] == "1"
    body = message.get_body()
    assert body
    text = body.get_content()
    assert "Please answer by 15 Dec 2021." in text
    assert "What you write is public." in text
    assert text.replace("\r\n", "\n") == letter_of(round_of, "INWUD", "txt").read_text("utf-8")
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "CS-Group-2021-22-mid-INWUD.docx"
    assert stat.S_IMODE((private / "contacts.yaml").stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", ["docx", "xlsx", "txt", "eml", "eml with a form", "html"])
def test_answers_come_back_with_every_character(csg: Run, root: Path, round_of: Path, kind: str) -> None:
    """From each kind of file; a second collection changes no byte."""
    form = letter_of(round_of, "INWUD", "docx").read_bytes()
    letter = letter_of(round_of, "INWUD", "txt").read_text("utf-8")
    file = root / f"answer.{'eml' if kind not in ('docx', 'xlsx', 'txt') else kind}"
    if kind == "xlsx":
        assert csg("progress", "request", "--period", "mid", "--to", "xlsx", "--output", "books").returncode == 0
        file.write_bytes(fill_xlsx(letter_of(root / "books", "INWUD", "xlsx").read_bytes(), ANSWERS))
    elif kind == "docx":
        file.write_bytes(fill_docx(form, ANSWERS))
    elif kind == "txt":
        file.write_text(fill_text(letter, ANSWERS), "utf-8")
    elif kind == "eml":
        file.write_bytes(reply("Hello,\nsee below.\n\n" + fill_text(letter, ANSWERS) + "\n-- \nAna\n"))
    elif kind == "html":
        from html import escape

        lines = fill_text(letter, ANSWERS, quote="").splitlines()
        file.write_bytes(reply("", html="<html><body>" + "".join(f"<div>{escape(line)}</div>" for line in lines)))
    else:
        file.write_bytes(reply("See the form.", attachment=("../../x.docx", fill_docx(form, ANSWERS))))
    done = collect(csg, file)
    assert done.returncode == 0, done.stderr
    (report,) = reports(csg)
    assert report["summary"].split() == ANSWERS["2.4 summary"].split()
    assert (report["by"], report["status"], report["needs"]) == ("INWUD", "on-track", ANSWERS["2.4 needs"])
    assert (report["evidence"], report["values"]) == (ANSWERS["2.4 evidence"].split(), {"places": 3})
    plan = (root / "data" / "workplan-2021-22.yaml").read_bytes()
    again = collect(csg, file)
    assert (again.returncode, again.stderr) == (0, (
        f"{file.name}: the plan has these answers already\nNothing to write: the files have no new answers.\n"
    ))  # fmt: skip
    assert (root / "data" / "workplan-2021-22.yaml").read_bytes() == plan


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_a_form_that_libreoffice_saved_comes_back(csg: Run, root: Path, round_of: Path) -> None:
    """Through its own format and back: content controls and styles may be lost, answers are not."""
    (root / "filled.docx").write_bytes(fill_docx(letter_of(round_of, "INWUD", "docx").read_bytes(), ANSWERS))
    for kind, source in (("odt", "filled.docx"), ("docx:MS Word 2007 XML", "out/filled.odt")):
        profile = f"-env:UserInstallation=file://{root / 'profile'}"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", "out", source]
        subprocess.run(command, cwd=root, check=True, capture_output=True, timeout=120)
    done = collect(csg, root / "out" / "filled.docx")
    assert done.returncode == 0, done.stderr
    (report,) = reports(csg)
    assert (report["status"], report["summary"]) == ("on-track", ANSWERS["2.4 summary"])


def test_a_folder_is_taken_file_by_file(csg: Run, root: Path, round_of: Path) -> None:
    """What is clear is written, exit 0; an empty form is no answer; each other file gets its sentence and a reply."""
    answers = root / "answers"
    answers.mkdir()

    def form(lead: str, name: str, **given: str) -> None:
        codes = {key.replace("_", " ", 1).replace("x", ".", 1): text for key, text in given.items()}
        (answers / name).write_bytes(fill_docx(letter_of(round_of, lead, "docx").read_bytes(), codes))

    form("INWUD", "1-good.docx", **{"2x4_status": "En curso", "2x4_summary": "Texto."})
    form("INWUD", "2-twice.docx", **{"2x4_status": "on track", "2x4_summary": "Texto."})
    form("YouthRISE", "3-empty.docx")
    form("EHRA", "4-unclear.docx", **{"3x6_status": "nearly on track", "3x6_summary": "Text."})
    form("HRI", "5-half.docx", **{"2x3_status": "done"})
    form("WHRIN", "6-other.docx", **{"2x4_status": "on track", "2x4_summary": "Text."})
    form("WHRIN", "7-other.docx", **{"2x4_status": "off track", "2x4_summary": "Text."})
    form("INPUD", "8-personal.docx", **{"1x6_status": "on track", "1x6_summary": "Write to ana@example.org."})
    (answers / "9-bomb.docx").write_bytes(b"no Word file")
    done = collect(csg, answers, more=("--yes", "--replies", "replies"))
    assert done.returncode == 0, done.stderr
    assert [(row["by"], row["id"]) for row in reports(csg)] == [("INWUD", "2.4")]
    lines = done.stderr.splitlines()
    for sentence in (
        "2-twice.docx: the plan has these answers already",
        "3-empty.docx: no answers",
        "4-unclear.docx: CSG803 the status of activity 3.6 is not clear: 'nearly on track'.",
        "5-half.docx: CSG803 the report on activity 2.3 has no answer for what was done.",
        "6-other.docx: CSG803 7-other.docx has other answers on activity 2.4 for WHRIN.",
        "7-other.docx: CSG803 6-other.docx has other answers on activity 2.4 for WHRIN.",
        "8-personal.docx: CSG220 the report on activity 1.6: an e-mail address is not allowed",
        "9-bomb.docx: CSG801 this is not a Word document",
        "Added 1 progress report from 1 file.",
    ):
        assert any(line.startswith(sentence) for line in lines), (sentence, lines)
    assert "nearly on track" in (root / "replies" / "reply-4-unclear-docx.txt").read_text("utf-8")
    letter = (root / "replies" / "reply-8-personal-docx.txt").read_text("utf-8")
    assert "- The report on activity 1.6: an e-mail address is not allowed" in letter


def changed(csg: Run, root: Path, round_of: Path, change: str) -> Any:
    """Collect a letter in which a text is changed for another."""
    letter = fill_text(letter_of(round_of, "INWUD", "txt").read_text("utf-8"), ANSWERS, quote="")
    old, _, new = change.partition(" => ")
    assert old in letter
    (root / "answer.txt").write_text(letter.replace(old, new), "utf-8")
    return collect(csg, root / "answer.txt")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("[CS Group 2021-22 mid INWUD] => [CS Group 2020-21 mid INWUD]", "this form is for another group, plan or"),
        ("[CS Group 2021-22 mid INWUD] => [Other 2021-22 mid INWUD]", "this form is for another group, plan or"),
        ("[CS Group 2021-22 mid INWUD] => hello", "this file is no form of csg"),
        ("[CS Group 2021-22 mid INWUD] => [CS Group 2021-22 mid HRI]", "HRI does not lead activity 2.4"),
        ("Continue the roll out => Stop the roll out", "the title of activity 2.4 in the form is not the one"),
        ("[2.4 status] => [9.9 status]", "no activity 9.9 in Workplan 2021/22"),
        ("\n3\n => \nabout three\n", "'about three' is not a number, for places of activity 2.4"),
        ("On track => not on track, I think", "the status of activity 2.4 is not clear"),
    ],
)  # fmt: skip
def test_a_letter_that_is_not_clear_is_never_half_taken(
    csg: Run, root: Path, round_of: Path, change: str, sentence: str
) -> None:
    """It gets a clear word, and nothing is written."""
    plan = (root / "data" / "workplan-2021-22.yaml").read_bytes()
    done = changed(csg, root, round_of, change)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert (root / "data" / "workplan-2021-22.yaml").read_bytes() == plan


def test_a_second_report_is_named_and_an_activity_ends_once(csg: Run, round_of: Path) -> None:
    """A later report is added beside the earlier one. An end that is known already is refused, and nothing is taken."""
    words = ("--period", "mid", "--by", "INWUD", "--date", "2021-12-01", "--summary", "Planned.")
    assert csg("progress", "add", "2.4", *words, "--status", "at-risk").returncode == 0
    form = letter_of(round_of, "INWUD", "docx")
    form.write_bytes(fill_docx(form.read_bytes(), {"2.4 status": "on track", "2.4 summary": "Held."}))
    done = collect(csg, form)
    assert done.returncode == 0, done.stderr
    assert "    new: on-track\n    second report: INWUD has reported in Mid-year on 2021-12-01" in done.stdout
    newest = ("--period", "mid", "--by", "INWUD", "--number", "2")
    edited = csg("progress", "edit", "2.4", *newest, "--status", "completed")
    assert edited.returncode == 0, edited.stderr
    form.write_bytes(fill_docx(form.read_bytes(), {"2.4 status": "completed", "2.4 summary": "Held twice."}))
    done = collect(csg, form)
    assert done.returncode == 1
    assert "INWUD has reported already that activity 2.4 is over" in done.stderr
    assert "csg progress edit 2.4 --period mid --by INWUD" in done.stderr


def test_the_words_of_a_lead_for_a_status_are_shown(csg: Run, root: Path, round_of: Path) -> None:
    """A person sees that "Delayed" was read as at-risk, before anything is written; without a terminal, nothing is."""
    answers = {"2.4 status": "Delayed", "2.4 summary": "Text.", "2.5 status": "at risk", "2.5 summary": "Text."}
    (root / "a.docx").write_bytes(fill_docx(letter_of(round_of, "INWUD", "docx").read_bytes(), answers))
    done = csg("progress", "collect", str(root / "a.docx"))
    assert "    new: at-risk, for 'Delayed'\n" in done.stdout
    assert "    new: at-risk\n" in done.stdout
    assert done.returncode == 2
    assert done.stderr.startswith("Nothing was written. Without a terminal, csg cannot ask: Add 2")
    assert "Usage" not in done.stderr


def test_a_reply_letter_greets_the_lead_and_names_the_group(csg: Run, root: Path, round_of: Path) -> None:
    (root / "a.docx").write_bytes(fill_docx(letter_of(round_of, "INWUD", "docx").read_bytes(), {"2.4 status": "done"}))
    (root / "b.docx").write_bytes(b"no form")
    done = collect(csg, root / "a.docx", root / "b.docx", more=("--yes", "--replies", "replies"))
    assert "Written: 2 reply letters in replies." in done.stderr
    letter = (root / "replies" / "reply-a-docx.txt").read_text("utf-8")
    assert letter.startswith(
        "Dear International Network of Women who Use Drugs,\n\nThank you for your answers in a.docx."
    )
    assert letter.endswith("\n\nUNODC Civil Society Group on Drug Use and HIV\n")
    assert (root / "replies" / "reply-b-docx.txt").read_text("utf-8").startswith("Dear colleague,\n\n")


def test_a_dry_run_shows_the_diff_and_writes_nothing(csg: Run, root: Path, round_of: Path) -> None:
    """The answers are shown beside what is known."""
    (root / "a.docx").write_bytes(fill_docx(letter_of(round_of, "INWUD", "docx").read_bytes(), ANSWERS))
    plan = (root / "data" / "workplan-2021-22.yaml").read_bytes()
    done = collect(csg, root / "a.docx", more=("--dry-run",))
    assert done.returncode == 0
    assert "    known: no report\n    new: on-track\n" in done.stdout
    assert "+            by: INWUD\n" in done.stdout
    assert (root / "data" / "workplan-2021-22.yaml").read_bytes() == plan


ISSUE = """### Plan

2021-22

### Reporting period

Mid-year

### Network

INWUD

### Activity

2.4 Continue the roll out of the women who inject drugs training programme to the remaining UNODC HPC

### Status

On track

### What was done

Training ran.

### The decision or help that you need, and from whom

_No response_
"""


def test_an_issue_form_becomes_a_report(csg: Run, root: Path) -> None:
    """An empty answer is none."""
    (root / "issue.md").write_text(ISSUE.replace("\n", "\r\n"), "utf-8", newline="")
    done = collect(csg, root / "issue.md")
    assert done.returncode == 0, done.stderr
    (report,) = reports(csg)
    assert (report["id"], report["by"], report["status"], report["summary"], report["needs"]) == (
        "2.4",
        "INWUD",
        "on-track",
        "Training ran.",
        "",
    )


def test_a_heading_in_an_answer_fakes_no_field(csg: Run, root: Path) -> None:
    """A second heading of the form is refused; any other heading is text."""
    (root / "issue.md").write_text(ISSUE.replace("ran.", "ran.\n\n### Status\n\nCompleted"), "utf-8")
    done = collect(csg, root / "issue.md")
    assert done.returncode == 1
    assert "a heading of the form comes twice or in the wrong place" in done.stderr
    (root / "issue.md").write_text(ISSUE.replace("ran.", "ran.\n\n### Other"), "utf-8")
    assert collect(csg, root / "issue.md").returncode == 0
    assert "### Other" in reports(csg)[0]["summary"]


def test_addresses_that_are_written_after_the_letters_are_taken_in(csg: Run, root: Path) -> None:
    """A draft that nobody has changed is written again with its recipients, or with the other kind of form."""
    letters = root / "documents" / "letters"
    assert csg("progress", "request", "--period", "mid", "--lead", "INWUD").returncode == 0
    (root / "private").mkdir(exist_ok=True)
    addresses = ", ".join(f"office{number}@a-long-name-of-a-network.example.org" for number in range(4))
    (root / "private" / "contacts.yaml").write_text(f"INWUD: [{addresses}]\nINWDU: a@example.org\n", "utf-8")
    done = csg("progress", "request", "--period", "mid", "--lead", "INWUD")
    assert "Written: 1 file in documents/letters/; 2 are up to date." in done.stderr
    assert (
        "private/contacts.yaml: unknown name 'inwdu', so that its address is not used. Did you mean INWUD"
        in done.stderr
    )
    assert csg("progress", "request", "--period", "mid", "--lead", "INWUD", "--to", "xlsx").returncode == 0
    (draft,) = letters.glob("*.eml")
    assert b"office3@" in draft.read_bytes()
    draft.write_bytes(draft.read_bytes().replace(b"Dear", b"Hello"))
    refused = csg("progress", "request", "--period", "mid", "--lead", "INWUD")
    assert "CSG605 this file exists already, and it differs" in refused.stderr


def test_what_is_already_there_is_not_replaced(csg: Run, round_of: Path) -> None:
    """A filled form in the folder of letters stays; --force replaces it."""
    form = letter_of(round_of, "INWUD", "docx")
    form.write_bytes(fill_docx(form.read_bytes(), ANSWERS))
    filled = form.read_bytes()
    done = csg("progress", "request", "--period", "mid", "--output", "round")
    assert done.returncode == 1
    assert "A form can have answers in it." in done.stderr
    assert form.read_bytes() == filled
    assert csg("progress", "request", "--period", "mid", "--output", "round", "--force").returncode == 0
    assert form.read_bytes() != filled


def test_a_reminder_goes_to_those_who_still_owe(csg: Run, root: Path, round_of: Path) -> None:
    """As a second letter, which says so."""
    (root / "a.docx").write_bytes(fill_docx(letter_of(round_of, "EHRA", "docx").read_bytes(), {
        "3.6 status": "done", "3.6 summary": "Text.",
    }))  # fmt: skip
    assert collect(csg, root / "a.docx").returncode == 0
    assert csg("progress", "request", "--period", "mid", "--reminder", "--output", "second").returncode == 0
    letters = sorted(path.name for path in (root / "second").glob("*.eml"))
    assert "CS-Group-2021-22-mid-INPUD-reminder.eml" in letters
    assert not any("EHRA" in name for name in letters)
    text = (root / "second" / "CS-Group-2021-22-mid-INPUD-reminder.txt").read_text("utf-8")
    assert "This is a reminder." in text
    # The letters of the first round stay where they are.
    assert csg("progress", "request", "--period", "mid", "--reminder", "--output", "round").returncode == 0


def test_what_groups_owe_can_be_asked_of_their_members(csg: Run, root: Path) -> None:
    """As optional."""
    assert csg("progress", "request", "--period", "mid", "--with-groups", "--output", "round").returncode == 0
    text = letter_of(root / "round", "ANPUD", "txt").read_text("utf-8")
    assert "Optional: led by your group ALL." in text
    assert "You can report on activities that your groups lead" in text


def test_addresses_under_version_control_are_refused(csg: Run, root: Path) -> None:
    """Nothing is written, and the message says what to do."""
    (root / "private").mkdir()
    (root / "private" / "contacts.yaml").write_text("INWUD: office@example.org\n", "utf-8")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run(["git", "add", "-f", "private/contacts.yaml"], cwd=root, check=True)
    done = csg("progress", "request", "--period", "mid", "--output", "round")
    assert done.returncode == 1
    assert "CSG804 git tracks this file of addresses. Run `git rm --cached private/contacts.yaml`" in done.stderr
    assert not (root / "round").exists()


@pytest.mark.parametrize("address", ["office at example.org", "a@b.org\\nBcc: c@d.org", "a@b@c", "Ana <a@b.org>"])
def test_an_address_that_is_none_is_refused(csg: Run, root: Path, address: str) -> None:
    """It could write another header of the mail."""
    (root / "private").mkdir()
    (root / "private" / "contacts.yaml").write_text(f'INWUD: "{address}"\n', "utf-8")
    done = csg("progress", "request", "--period", "mid", "--output", "round")
    assert done.returncode == 1
    assert "is not a mail address" in done.stderr


def package(*parts: tuple[str, bytes]) -> bytes:
    """Return an Office file with these parts beside the usual ones."""
    usual = {
        "[Content_Types].xml": b'<Types><Override ContentType="main+xml" PartName="/word/document.xml"/></Types>',
        "_rels/.rels": b'<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>'
        b"</Relationships>",
        "word/document.xml": b"<document><body/></document>",
    }
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**usual, **dict(parts)}.items():
            archive.writestr(name, content)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (package(("word/document.xml", b"<a>" + b" " * 20_000_000 + b"</a>")), "too large when it is unpacked"),
        (package(("word/vbaProject.bin", b"x")), "has macros"),
        (
            package(("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><document>&b;</document>')),
            "defines XML entities",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"EncryptedPackage".join([b"", b""]), "Office 97 to 2003"),
        (b"{\\rtf1 text}", "an RTF document"),
        (b"PK\x03\x04" + b"x" * 100, "damaged"),
        (package(("word/document.xml", b"<a>" * 300 + b"</a>" * 300)), "nested too deeply"),
        (b"", "the file is empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",  # a package has the time in its bytes
)
def test_a_file_that_could_do_harm_is_refused(csg: Run, root: Path, content: bytes, sentence: str) -> None:
    """By what it is; nothing is written."""
    (root / "form.docx").write_bytes(content)
    done = collect(csg, root / "form.docx")
    assert done.returncode == 1
    assert done.stderr.startswith("form.docx: CSG801 ")
    assert sentence in done.stderr


def test_a_formula_in_place_of_an_answer_is_refused(csg: Run, root: Path, round_of: Path) -> None:
    """It is not calculated."""
    import openpyxl

    assert csg("progress", "request", "--period", "mid", "--to", "xlsx", "--output", "books").returncode == 0
    file = letter_of(root / "books", "INWUD", "xlsx")
    book = openpyxl.load_workbook(file)
    sheet = book.active
    assert sheet is not None
    for row in sheet.iter_rows():
        if row[0].value == "[2.4 summary]":
            row[2].value = "=1+1"
    book.save(file)
    done = collect(csg, file)
    assert done.returncode == 1
    assert "has a formula in place of an answer" in done.stderr
    assert round_of.exists()


LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs")),
    min_size=1,
    max_size=20,
).filter(lambda text: not (text.startswith((">", "|", "-- ")) or "[" in text or OBJECT in text or UNSEEN.search(text)))
"""A line of an answer. Characters that nobody sees are left out of answers."""
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TEXT, TEXT)
def test_any_answer_comes_back_from_each_kind_of_file(
    tmp_path_factory: pytest.TempPathFactory, one: str, two: str
) -> None:
    """Character by character."""
    plan = open_workspace(str(Path(__file__).parent / "workspace")).plan
    activity = plan.find("2.4")
    asked = AskedActivity(activity, (), tuple(questions(activity, Language())))
    form = Form("[T 2021-22 mid INWUD]", "INWUD", "Name", "Group", plan.title, "Mid-year", None, (asked,), Language())
    answers = {"2.4 summary": one, "2.4 next_steps": two}
    codes = Codes(plan.activities())
    folder = tmp_path_factory.mktemp("forms")
    (folder / "a.docx").write_bytes(fill_docx(docx_form(form), answers))
    (folder / "a.xlsx").write_bytes(fill_xlsx(xlsx_form(form), answers))
    (folder / "a.txt").write_text(fill_text(letter_text(form), answers), "utf-8")
    for name in ("a.docx", "a.xlsx", "a.txt"):
        (sheet,) = read_sheets(folder / name, codes)
        assert {str(answer.code): answer.text for answer in sheet.given()} == {  # type: ignore[union-attr]
            f"[{code}]": text for code, text in answers.items()
        }, name


def test_no_word_has_two_statuses() -> None:
    """Words are compared exactly, so that "not on track" is never on track."""
    meanings: dict[str, set[str]] = {}
    for status, key in STATUS_KEYS:
        meanings.setdefault(key, set()).add(status)
    assert {key: statuses for key, statuses in meanings.items() if len(statuses) > 1} == {}
    assert len(STATUS_BY_WORD) > 150
    words: tuple[tuple[str, str | None], ...] = (
        ("On track", "on-track"),
        ("EN CURSO", "on-track"),
        ("в процессе.", "on-track"),
        ("✓", "completed"),
        ("✓ Completed", "completed"),
        ("not on track", "off-track"),
        ("terminé", "completed"),
        ("مكتمل", "completed"),
        ("nearly on track", None),
        ("on track?", None),
        ("", None),
    )
    for text, wanted in words:
        assert status_of(text) == wanted, text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"), ("1 200", "1200"), ("1,200,000", "1200000"), ("3.5", "3.5"), ("١٢", "12"), ("1.200", None),
        ("1,200", None), ("about 3", None), ("50%", None), ("", None), ("-3", "-3"),
    ],
)  # fmt: skip
def test_a_number_is_read_only_if_it_is_clear(text: str, number: str | None) -> None:
    """1.200 is a thousand for some and one for others."""
    assert number_of(text) == number


def test_prose_above_the_form_is_not_dropped() -> None:
    """A text that names an activity and has no question is reported."""
    plan = open_workspace(str(Path(__file__).parent / "workspace")).plan
    sheet = answers_of_text(
        "a.eml", "Hello, 2.4 is on track.\n> [2.4] Title\n> [2.4 status] Status:\n", Codes(plan.activities())
    )
    assert sheet.remarks == ("Hello, 2.4 is on track.",)


@pytest.mark.parametrize("words", [("progress", "request", "--period", "mid"), ("report", "render", "workplan")])
def test_a_language_that_there_is_not_is_refused(csg: Run, words: tuple[str, ...]) -> None:
    """Those that there are, are named."""
    done = csg(*words, "--lang", "xx", "--output", "round")
    assert done.returncode == 1
    assert done.stderr.startswith("CSG609 no documents in the language 'xx'. Choose from en")


def test_a_title_that_could_write_a_header_is_refused(csg: Run, root: Path) -> None:
    """An encoded word can hold a line break."""
    plan = root / "data" / "workplan-2021-22.yaml"
    plan.write_text(
        plan.read_text("utf-8").replace("title: Workplan 2021/22", 'title: "=?utf-8?q?a=0ABcc:x?="'), "utf-8"
    )
    done = csg("progress", "request", "--period", "mid", "--output", "round")
    assert done.returncode == 1
    assert "CSG802 " in done.stderr
    assert not (root / "round").exists()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("answers", "this file does not exist"), ("a.pages", "csg does not read this kind of file. Open it in a word")],
)
def test_a_file_that_is_missing_or_of_another_kind_is_named(csg: Run, root: Path, name: str, sentence: str) -> None:
    """Each for its own reason."""
    (root / "a.pages").write_bytes(b"PK")
    done = collect(csg, name)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{name}: CSG801 {sentence}")
