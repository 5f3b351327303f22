"""Nothing that a lead writes is lost without a word, wherever it is in a form or a mail."""

import base64
import io
import re
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from html import escape
from itertools import permutations
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import OWN
from filled_forms import changed_document, fill_docx, fill_text, fill_xlsx, reply

from csg.forms.answers.read import read_sheets
from csg.forms.collect import Collected, collect
from csg.forms.contradictions import contradictions
from csg.forms.form_docx import docx_form
from csg.forms.form_xlsx import xlsx_form
from csg.forms.home import Tags
from csg.forms.letters import letter_text
from csg.forms.own_words import is_own
from csg.forms.questions import Codes
from csg.forms.request import Form, forms_for
from csg.forms.status_words import status_of
from csg.forms.values import links_of
from csg.language import Language, known_languages
from csg.problem import Refused
from csg.view.standing import summary_today
from csg.workspace import open_workspace

WORKSPACE = open_workspace(str(OWN))
TAGS = Tags(WORKSPACE)
CODES = Codes(WORKSPACE.plan.activities())
ANSWERS = {"2.4 status": "On track", "2.4 summary": "Training ran.", "2.4 needs": "HAS to help."}
SUBJECT = "Re: [CS Group 2021-22 mid INWUD] Mid-year report"


def form(code: str = "en") -> Form:
    """Return the form of a lead with two activities."""
    summary = summary_today(WORKSPACE, "mid")
    (made,) = forms_for(summary, WORKSPACE.directory, WORKSPACE.group, leads=["INWUD"], language=Language(code))
    return made


LETTER = letter_text(form())
DOCX = docx_form(form())


def collected(folder: Path, name: str, content: bytes | str) -> Collected:
    """Return the result of a file."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (sheet,) = read_sheets(folder / name, CODES)
    if isinstance(sheet, Refused):
        return Collected(name, "", (), (), sheet.problems)
    return collect(WORKSPACE, TAGS, sheet, date(2021, 12, 10), lambda question, answer: None)  # noqa: ARG005


def fields(result: Collected) -> dict[str, Any]:
    """Return the fields of the only report."""
    assert result.problems == ()
    (new,) = result.reports
    return {key: value for key, value in new.report.plain().items() if key in ("status", "summary", "needs") and value}


TAKEN = {"status": "on-track", "summary": "Training ran.", "needs": "HAS to help."}
PARAGRAPH = "<w:p><w:r><w:t>The trainer left.</w:t></w:r></w:p>"


def changed_docx(old: str, new: str, answers: dict[str, str] | None = None) -> bytes:
    """Return the filled form with the first of a text in its XML changed."""
    filled = fill_docx(DOCX, ANSWERS if answers is None else answers)

    def change(xml: str) -> str:
        assert old in xml
        return xml.replace(old, new, 1)

    return changed_document(filled, change)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Reported before: nothing</w:t></w:r></w:p>", f"Reported before: nothing</w:t></w:r></w:p>{PARAGRAPH}"),
        ("</w:tbl>", f"</w:tbl>{PARAGRAPH}"),
        ("<w:sectPr", f"{PARAGRAPH}<w:sectPr"),
        ("[2.4 summary]</w:t></w:r></w:p>", f"[2.4 summary]</w:t></w:r></w:p>{PARAGRAPH}"),
        ("What was done</w:t>", "The trainer left.</w:t>"),
        ("</w:tbl>", f"<w:tr><w:tc>{PARAGRAPH}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
        ("[2.4 needs]", "The trainer left."),
        ("[2.4 needs]", "[2.4 neds] The trainer left."),
    ],
)  # fmt: skip
def test_text_in_another_place_of_a_form_is_reported(tmp_path: Path, old: str, new: str) -> None:
    """The file is refused with the words; none of it is taken."""
    result = collected(tmp_path, "a.docx", changed_docx(old, new))
    assert result.reports == ()
    assert any("this text has no question: '" in str(each) and "The trainer left." in str(each)
               for each in result.problems), result.problems  # fmt: skip


def test_an_answer_in_the_cell_of_its_question_is_taken(tmp_path: Path) -> None:
    """On a telephone the left cell is easily the one that is typed in."""
    answers = {key: text for key, text in ANSWERS.items() if "needs" not in key}
    new = "[2.4 needs]</w:t></w:r></w:p><w:p><w:r><w:t>HAS to help.</w:t></w:r></w:p>"
    content = changed_docx("[2.4 needs]</w:t></w:r></w:p>", new, answers)
    assert fields(collected(tmp_path, "a.docx", content)) == TAKEN


@pytest.mark.parametrize("change", [
    lambda xml: xml.replace("</w:tc><w:tc>", "</w:tc></w:tr><w:tr><w:tc>"),
    lambda xml: re.sub(r"</?w:(?:tbl|tr|tc)>|<w:(tblPr|tcPr|trPr|tblGrid)>.*?</w:\1>", "", xml),
    lambda xml: xml.replace("<w:tr>", "<w:tr><w:tc><w:p/></w:tc>"),
])  # fmt: skip
def test_a_table_that_a_program_took_apart_is_read(tmp_path: Path, change: Callable[[str], str]) -> None:
    """The words of a question are then on the line before its code, below the answer to another question."""
    content = changed_document(fill_docx(DOCX, ANSWERS), change)
    assert fields(collected(tmp_path, "a.docx", content)) == TAKEN


def test_a_chosen_status_counts_whatever_the_list_says_of_itself(tmp_path: Path) -> None:
    """A program that fills the list can leave the note that it shows no answer."""
    answers = {key: text for key, text in ANSWERS.items() if "status" not in key}
    assert fields(collected(tmp_path, "a.docx", changed_docx("Choose a status", "On track", answers))) == TAKEN


def test_comments_are_reported(tmp_path: Path) -> None:
    """In Word, and on the cells of a workbook."""
    import docx
    from openpyxl.comments import Comment

    document = docx.Document(io.BytesIO(fill_docx(DOCX, ANSWERS)))
    document.add_comment(document.tables[0].rows[1].cells[1].paragraphs[0].runs, "The trainer left.")
    saved = io.BytesIO()
    document.save(saved)
    book = openpyxl.load_workbook(io.BytesIO(fill_xlsx(xlsx_form(form()), ANSWERS)))
    book.worksheets[0]["C11"].comment = Comment("The trainer left.", "Ana")
    sheet = io.BytesIO()
    book.save(sheet)
    for name, content in (("a.docx", saved.getvalue()), ("a.xlsx", sheet.getvalue())):
        (problem,) = collected(tmp_path, name, content).problems
        assert "this text has no question: 'The trainer left.'" in str(problem)


@pytest.mark.parametrize(
    ("column", "answer", "sentence"),
    [
        ("E", "The trainer left.", None),
        ("A60", "The trainer left.", "this text has no question: 'The trainer left.'"),
        ("C", "#REF!", "has an error of the program in place of an answer"),
    ],
)
def test_cells_of_a_workbook_in_another_place(tmp_path: Path, column: str, answer: str, sentence: str | None) -> None:
    """A cell further to the right belongs to the answer."""
    book = openpyxl.load_workbook(io.BytesIO(fill_xlsx(xlsx_form(form()), ANSWERS)))
    sheet = book.worksheets[0]
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == "[2.4 summary]")
    sheet[column if column[-1].isdigit() else f"{column}{row}"] = answer
    saved = io.BytesIO()
    book.save(saved)
    result = collected(tmp_path, "a.xlsx", saved.getvalue())
    if sentence:
        assert sentence in str(result.problems[0])
    else:
        assert fields(result)["summary"] == f"Training ran.\n{answer}"


def quoted(text: str, quote: str = "> ") -> str:
    """Return a text as a mail program quotes it."""
    return "\n".join(f"{quote}{line}" for line in text.splitlines())


UNANSWERED = quoted(LETTER)
INLINE = fill_text(LETTER, ANSWERS)


@pytest.mark.parametrize(
    "text",
    [
        INLINE,
        f"Thanks for the call at 12.30.\n\n{INLINE}\n\n-- \nAna",
        fill_text(LETTER, ANSWERS, quote="| "),
        re.sub(r"(?m)^(> .{55,}?) (.*)$", r"\1\n> \2", INLINE),
        re.sub(r"(?m)^(> .{55,}?) (.*)$", r"\1\n\2", INLINE),
        f"{INLINE}\n\nOn Monday the Secretariat wrote:\n{UNANSWERED}",
        f"[2.4 status] On track\n[2.4 summary] Training ran.\n[2.4 needs] HAS to help.\n[csg end]\nAna\n\n{UNANSWERED}",
        f"{UNANSWERED}\n\n[2.4 status] On track\n[2.4 summary] Training ran.\n[2.4 needs] HAS to help.\n",
        f"*[2.4 status]* Status: On track\n*[2.4 summary] What was done:* Training ran.\n"
        f"[2.4 needs]\u00a0HAS to help.\n[csg end]\n{UNANSWERED}",
    ],
)
def test_a_reply_is_read_wherever_its_answers_are(tmp_path: Path, text: str) -> None:
    """Above, between and below the quoted lines, which the mail program may have broken."""
    assert fields(collected(tmp_path, "a.eml", reply(text, SUBJECT))) == TAKEN


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (f"All is going well.\n\n{UNANSWERED}", "this text has no question: 'All is going well.'"),
        (f"{UNANSWERED}\n\n2.4 is on track.", "this text has no question: '2.4 is on track.'"),
        (f"Hello, 2.5 is over.\n{INLINE}", "this text has no question: 'Hello, 2.5 is over.'"),
        (INLINE.replace("before: nothing", "before: nothing\nChad is done.", 1), "'Chad is done.'"),
        (f"[2.4 status] On track\n[2.4 summary] Training ran.\n\nBest\nAna\n\n{UNANSWERED}",
         "the answer to [2.4 summary] can have other words below it, such as a signature"),
        (f"{UNANSWERED}\n[2.4 status] On track\n[2.4 summary] Training ran.\n\nBest\nAna",
         "the answer to [2.4 summary] can have other words below it, such as a signature"),
        (f"Our answer to [2.4 status] is: on track.\n{UNANSWERED}", "this text has no question: 'Our answer to"),
        (INLINE.replace("Training ran.", "Training ran. [2.4 next_steps] Next steps: more"),
         "the answer to [2.4 summary] has the code of another question"),
    ],
)  # fmt: skip
def test_words_of_a_reply_without_a_question_are_reported(tmp_path: Path, text: str, sentence: str) -> None:
    """Nothing of the mail is taken."""
    result = collected(tmp_path, "a.eml", reply(text, SUBJECT))
    assert result.reports == ()
    assert any(sentence in str(problem) for problem in result.problems), result.problems


def _lines(element: str) -> str:
    return "".join(element.format(escape(line)) for line in fill_text(LETTER, ANSWERS, quote="").splitlines())


@pytest.mark.parametrize(
    "html",
    [
        _lines("<div>{}</div>"),
        _lines('<p class="MsoNormal"><span>{}<o:p></o:p></span></p>'),
        _lines("{}<br>\n"),
        f"<pre>{_lines('{}' + chr(10))}</pre>",
        f'<div style="white-space: pre-wrap">{_lines("{}" + chr(10))}</div>',
        _lines("<p><b>{}</b></p>"),
        "<div>Hello<br><blockquote>"
        + LETTER.replace("\n", "<br>")
        .replace("Status:", "Status:</blockquote><div>On <i>track</i></div><blockquote>", 1)
        .replace("What was done:", "What was done:</blockquote><ul><li>Training\n ran.</li></ul><blockquote>", 1)
        .replace("from whom:", "from whom:</blockquote><p>HAS&nbsp;to help.</p><blockquote>", 1),
    ],
)
def test_a_reply_that_is_a_web_page_is_read(tmp_path: Path, html: str) -> None:
    """As the mail programs write it."""
    assert fields(collected(tmp_path, "a.eml", reply("", SUBJECT, html=f"<html><body>{html}</body></html>"))) == TAKEN


@pytest.mark.parametrize(
    ("charset", "word"),
    [("koi8-r", "Тренинг"), ("windows-1251", "Тренинг"), ("windows-1256", "تدريب"), ("iso-2022-jp", "訓練"),
     ("utf-16", "é"), ("gb2312", "培训"), ("iso-8859-1", "cœur"), ("x-unknown", "é")],
)  # fmt: skip
@pytest.mark.parametrize("transfer", ["base64", "8bit"])
def test_letters_of_every_encoding_are_kept(tmp_path: Path, charset: str, word: str, transfer: str) -> None:
    """Also under the name of a smaller encoding, and UTF-8 under any name."""
    encoding = {"iso-8859-1": "cp1252", "x-unknown": "utf-8"}.get(charset, charset)
    content = fill_text(LETTER, {**ANSWERS, "2.4 summary": word}).encode(encoding)
    head = f"Subject: {SUBJECT}\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {transfer}"
    body = base64.encodebytes(content) if transfer == "base64" else content
    assert fields(collected(tmp_path, "a.eml", head.encode() + b"\r\n\r\n" + body))["summary"] == word


def test_letters_that_cannot_be_read_are_never_lost(tmp_path: Path) -> None:
    """A mail without the name of its encoding."""
    body = fill_text(LETTER, {**ANSWERS, "2.4 summary": "Тренинг"}).encode("windows-1251")
    (problem,) = collected(tmp_path, "a.eml", f"Subject: {SUBJECT}\r\n\r\n".encode() + body).problems
    assert "the letters of this mail cannot be read as utf-8" in str(problem)


@pytest.mark.parametrize(
    ("name", "content", "text", "sentence"),
    [
        ("form", fill_docx(DOCX, ANSWERS), "See the form.", None),
        ("../../x.docx", fill_docx(DOCX, ANSWERS), "See the form.", None),
        ("picture.pdf", b"%PDF", INLINE, None),
        ("form.pdf", b"%PDF", UNANSWERED, "csg does not read the attached file form.pdf"),
        ("form.odt", b"PK", INLINE, "csg does not read the attached file form.odt"),
        ("a.docx", fill_docx(DOCX, {"2.4 status": "done"}), INLINE, "two different answers to [2.4 status]"),
        ("form.docx", b"no form", INLINE, "this is not a Word document"),
    ],
)  # fmt: skip
def test_an_attached_file_is_read_or_named(
    tmp_path: Path, name: str, content: bytes, text: str, sentence: str | None
) -> None:
    """A picture beside answers is no answer; a form that csg cannot read is never ignored."""
    result = collected(tmp_path, "a.eml", reply(text, SUBJECT, (name, content)))
    if sentence:
        assert any(sentence in str(problem) for problem in result.problems)
    else:
        assert fields(result) == TAKEN
    assert [path.name for path in tmp_path.iterdir()] == ["a.eml"]


def test_an_attached_mail_is_read(tmp_path: Path) -> None:
    """A forwarded reply."""
    inner = EmailMessage()
    inner["Subject"] = SUBJECT
    inner.set_content(INLINE)
    outer = EmailMessage()
    outer["Subject"] = f"Fwd: {SUBJECT}"
    outer.set_content("For you.")
    outer.add_attachment(inner)
    assert fields(collected(tmp_path, "a.eml", outer.as_bytes())) == TAKEN


@pytest.mark.parametrize("code", known_languages())
def test_each_line_of_a_letter_and_a_form_is_known_as_csgs_own(tmp_path: Path, code: str) -> None:
    """In each language: otherwise an empty form would have remarks."""
    made = form(code)._replace(due=date(2021, 12, 15), is_reminder=True)
    lines = [
        line for line in letter_text(made).splitlines() if line and not line.startswith("[") and "____" not in line
    ]
    assert [line for line in lines if not is_own(line)] == []
    for name, content in (("a.docx", docx_form(made)), ("a.xlsx", xlsx_form(made)), ("a.txt", letter_text(made))):
        assert collected(tmp_path, name, content) == Collected(name, "INWUD", (), (), ())
    assert fields(collected(tmp_path, "b.docx", fill_docx(docx_form(made), ANSWERS))) == TAKEN
    assert fields(collected(tmp_path, "b.txt", fill_text(letter_text(made), ANSWERS, quote=""))) == TAKEN


@pytest.mark.parametrize(
    ("text", "links", "others"),
    [
        ("https://a.org/x, https://a.org/y;", ["https://a.org/x", "https://a.org/y"], ""),
        ("1. <https://a.org/x>\n- HTTP://a.org/y", ["https://a.org/x", "HTTP://a.org/y"], ""),
        ("see https://a.org/x", ["https://a.org/x"], "see"), ("a.org/x", [], "a.org/x"), ("-", [], ""), ("n/a", [], ""),
    ],
)  # fmt: skip
def test_links_are_read_from_lists(text: str, links: list[str], others: str) -> None:
    """Other words are named and not taken for links."""
    assert links_of(text) == (links, others)


@pytest.mark.parametrize(
    ("text", "status"),
    [("COMPLETED ✅", "completed"), ("✔️ Completed", "completed"), ("● On track", "on-track"), ("✗ completed", None),
     ("🔴 On track", None), ("On track ■", None), ("al día", "on-track"), ("на время", None)],
)  # fmt: skip
def test_a_symbol_counts_if_it_means_the_same(text: str, status: str | None) -> None:
    """A red sign beside "on track" is asked about."""
    assert status_of(text) == status


def test_the_order_of_files_makes_no_difference(tmp_path: Path) -> None:
    """Two files agree and a third contradicts them on one activity: none of the three is taken in any order."""
    second = {"2.5 status": "On track", "2.5 summary": "Tool drafted."}
    answers = {
        "a": ANSWERS,
        "b": ANSWERS | second,
        "c": ANSWERS | {"2.4 status": "Off track"},
        "d": second,
        "e": second | {"2.5 needs": ""},
    }
    results = {name: collected(tmp_path, f"{name}.docx", fill_docx(DOCX, given)) for name, given in answers.items()}
    for order in permutations("abcde"):
        found = contradictions(results[name] for name in order)
        assert {each.file[0] for each in found if each.problems} == {"a", "b", "c"}
        taken = [(new.activity, new.report.status) for each in found for new in each.reports]
        assert taken == [("2.5", "on-track")]
