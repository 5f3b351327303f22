"""Answers as mail programs, chats, telephones and office programs leave them: whole, or refused with a reason."""

import base64
import io
import re
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from filled_forms import changed_document, fill_docx, fill_text, fill_xlsx, reply
from openpyxl.drawing.image import Image as Picture
from openpyxl.worksheet.worksheet import Worksheet
from test_answers_kept import (
    ANSWERS,
    DOCX,
    LETTER,
    SUBJECT,
    TAKEN,
    changed_docx,
    collected,
    fields,
    form,
    quoted,
)

from csg.forms.answers.read import answer_files, read_sheets
from csg.forms.collect import Collected
from csg.forms.form_xlsx import xlsx_form
from csg.forms.questions import Codes
from csg.forms.status_words import status_of
from csg.forms.values import links_of, points_elsewhere, says_nothing
from csg.problem import Refused

BLOCK = "[2.4 status] On track\n[2.4 summary] Training ran.\n[2.4 needs] HAS to help."
INLINE = fill_text(LETTER, ANSWERS)
OUTLOOK = "From: Secretariat <s@example.org>\nSent: Monday, 6 December 2021 10:00\nTo: INWUD <i@example.org>\n" \
    f"Subject: [CS Group 2021-22 mid INWUD] Mid-year report\n\n{LETTER}"  # fmt: skip
WROTE = "El lun, 6 dic 2021 a las 10:00, Secretariat (<s@example.org>) escribió:"
PICTURE = (
    '<w:r><w:drawing><a:graphic xmlns:a="a"><pic:pic xmlns:pic="p"><a:blip/></pic:pic></a:graphic></w:drawing></w:r>'
)


def mailed(folder: Path, text: str) -> Collected:
    """Return the result of a reply."""
    return collected(folder, "a.eml", reply(text, SUBJECT))


@pytest.mark.parametrize("text", [
    f"{BLOCK}\n\n{OUTLOOK}",
    f"{BLOCK}\n{OUTLOOK}",
    f"{BLOCK}\n\n________________________________\n{OUTLOOK}",
    f"{BLOCK}\n\n-----Original Message-----\n{OUTLOOK}",
    f"{BLOCK}\n\n{OUTLOOK.replace('From:', '*De:*')}",
    f"{BLOCK}\n\n{WROTE}\n\n{quoted(LETTER)}",
    f"{BLOCK}\n\n{WROTE}\n{LETTER}",
    *(f"{BLOCK}\n{gap}{words}\n\n{quoted(LETTER)}" for gap in ("", "\n") for words in (
        "Sent from my iPhone", "Get Outlook for iOS<https://aka.ms/o0ukef>", "Enviado desde mi iPhone",
        "Envoyé de mon iPhone", "Отправлено с iPhone", "أرسلت من الـ iPhone",
        "Sent from Yahoo Mail on Android <https://mail.onelink.me/107872968?pid=nativeplacement>",
    )),
])  # fmt: skip
def test_the_letter_below_an_answer_is_not_part_of_it(tmp_path: Path, text: str) -> None:
    """Neither the quoted letter, with or without quote signs, nor the line that a telephone adds."""
    assert fields(mailed(tmp_path, text)) == TAKEN


def test_a_signature_above_the_quoted_letter_is_asked_about(tmp_path: Path) -> None:
    (problem,) = mailed(tmp_path, f"{BLOCK}\n\nRegards,\nAna\n\n{OUTLOOK}").problems
    assert "the answer to [2.4 needs] can have other words below it, such as a signature" in str(problem)


@pytest.mark.parametrize("words", ["Sent 300 letters via Outlook.", "From: Chad to: Mali", "We sent it from Samsung."])
def test_words_that_only_look_like_those_of_a_program_stay(tmp_path: Path, words: str) -> None:
    text = fill_text(LETTER, {**ANSWERS, "2.4 summary": words})
    assert fields(mailed(tmp_path, text))["summary"] == words


@pytest.mark.parametrize("text", [
    "[10/12/21, 14:32:01] Ana: [2.4 status] On track\n[10/12/21, 14:32:20] Ana: [2.4 summary] Training ran.\n"
    "[10/12/21, 14:33:20] Ana: [2.4 needs] HAS to help.",
    "10/12/2021, 2:32 p. m. - Ana: [2.4 status] On track\n10/12/2021, 2:32 p. m. - Ana: [2.4 summary] Training ran.\n"
    "10/12/2021, 2:33 p. m. - Ana: [2.4 needs] HAS to help.",
    "Ana, [10.12.2021 14:32]\n[2.4 status] On track\n[2.4 summary] Training ran.\n\nAna, [10.12.2021 14:35]\n"
    "[2.4 needs] HAS to help.",
])  # fmt: skip
def test_messages_of_a_chat_are_read_without_names_and_times(tmp_path: Path, text: str) -> None:
    """WhatsApp writes the name before a message, and Telegram above it."""
    assert fields(collected(tmp_path, "a.txt", f"[CS Group 2021-22 mid INWUD]\n{text}\n")) == TAKEN


def test_a_message_without_a_code_belongs_to_no_answer(tmp_path: Path) -> None:
    """Another person can have written it."""
    text = f"[CS Group 2021-22 mid INWUD]\n[10/12/21, 14:32] Ana: {BLOCK}\n[10/12/21, 14:33] Bo: No, it was cancelled."
    (problem,) = collected(tmp_path, "a.txt", text).problems
    assert "this text has no question: 'No, it was cancelled.'" in str(problem)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("[2.4 next steps]", None),
        ("[2.4 Next-Steps]", None),
        ("\\[2.4 next\\_steps\\]", None),
        ("[2.4 próximos pasos]", "this text has no question: '[2.4 próximos pasos] More."),
        ("[2.4 шаги]", "this text has no question: '[2.4 шаги] More."),
    ],
)  # fmt: skip
def test_a_code_that_a_program_changed_is_read_or_named(tmp_path: Path, code: str, sentence: str | None) -> None:
    """A code that a translator has translated is neither lost nor part of the answer above it."""
    result = mailed(tmp_path, f"{BLOCK}\n{code} More.\n[csg end]\n\n{quoted(LETTER)}")
    if sentence:
        assert result.reports == ()
        assert sentence in str(result.problems[0])
    else:
        (new,) = result.reports
        assert new.report.next_steps == "More."


def test_only_codes_of_activities_are_taken_for_broken_ones() -> None:
    codes = Codes([])
    assert not codes.is_unknown_code("[2.4 million] people")


ROWS = "".join(f"<div>{line}</div>" for line in BLOCK.splitlines())


@pytest.mark.parametrize(("old", "new", "field", "text"), [
    ("<html>", "<html><head><meta charset=utf-8><title>x</title>", "summary", "Training ran."),
    ("ran.", 'ran <img data-emoji="🎉" alt="🎉" src="cid:1"> <img alt="Logo">', "summary", "Training ran 🎉"),
    ("On track", '<img alt="✅" src="cid:1">', "status", "completed"),
    ("ran.", 'ran: <a href="https://example.org/r">report</a>.', "summary", "Training ran: report <https://example.org/r>."),
    ("ran.", 'ran: <a href="https://example.org/r">https://example.org/r</a>', "summary", "Training ran: https://example.org/r"),
    ("ran.", 'ran: <a href="http://example.org">example.org</a>', "summary", "Training ran: example.org"),
])  # fmt: skip
def test_a_web_page_loses_no_sign_and_no_address(tmp_path: Path, old: str, new: str, field: str, text: str) -> None:
    """A head without an end, emoji that are pictures, and links whose words are not the address."""
    html = f"<html><body>{ROWS}<div>[csg end]</div></body></html>".replace(old, new, 1)
    assert fields(collected(tmp_path, "a.eml", reply("", SUBJECT, html=html)))[field] == text


def both(plain: str, html: str) -> bytes:
    """Return a mail with its text twice."""
    message = EmailMessage()
    message["Subject"] = SUBJECT
    message.set_content(plain)
    message.add_alternative(html, subtype="html")
    return message.as_bytes()


def test_the_web_page_of_a_mail_is_read_if_it_has_the_same_answers(tmp_path: Path) -> None:
    """A mail program breaks the lines of the plain text, and writes stars around bold words."""
    long = " ".join(["Training ran in many places."] * 5)
    broken = BLOCK.replace("Training ran.", f"*{long[:70]}\n{long[70:]}*") + "\n[csg end]\n"
    page = f"<html><body>{ROWS.replace('Training ran.', f'<b>{long}</b>')}<div>[csg end]</div></body></html>"
    assert fields(collected(tmp_path, "a.eml", both(broken, page)))["summary"] == long
    assert fields(collected(tmp_path, "a.eml", both("This mail is a web page.", page)))["summary"] == long
    assert fields(collected(tmp_path, "a.eml", both(broken, page.replace("many", "few"))))["summary"].startswith("*")


@pytest.mark.parametrize(
    ("delsp", "text", "whole"),
    [
        ("no", "A long \nanswer\n>From here", "A long answer\nFrom here"),
        ("yes", "A long  \nans \nwer", "A long answer"),
        ("no", "> A quoted \n> word\nand mine", "A quoted word\nand mine"),
    ],
)
def test_lines_that_a_program_broke_in_a_marked_way_are_joined(
    tmp_path: Path, delsp: str, text: str, whole: str
) -> None:
    """Of format=flowed. A quoted line is not joined to one that is not."""
    letter = fill_text(LETTER, {**ANSWERS, "2.4 summary": text})
    head = f"Subject: {SUBJECT}\r\nContent-Type: text/plain; charset=utf-8; format=flowed; delsp={delsp}\r\n\r\n"
    assert fields(collected(tmp_path, "a.eml", head + letter))["summary"] == whole


def with_files(text: str, *files: tuple[str, str, bytes], head: str = "") -> bytes:
    """Return a mail with attached files, each with its name, type and content."""
    message = EmailMessage()
    message["Subject"] = SUBJECT
    if head:
        message["Auto-Submitted"] = head
    message.set_content(text)
    for name, kind, content in files:
        main, _, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name or None)
    return message.as_bytes()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("f.png", "image/png"),
        ("", "image/webp"),
        ("note.opus", "audio/ogg"),
        ("winmail.dat", "application/ms-tnef"),
        ("form.wps", "application/octet-stream"),
        ("form.msg", "application/vnd.ms-outlook"),
        ("", "application/octet-stream"),
    ],
)
def test_an_attached_file_in_place_of_answers_is_named(tmp_path: Path, name: str, kind: str) -> None:
    """Whatever its kind: a photograph of the form, a spoken answer, a form of another program."""
    result = collected(tmp_path, "a.eml", with_files(quoted(LETTER), (name, kind, b"x")))
    assert [each.message for each in result.problems] == [f"csg does not read the attached file {name or kind}"]


def test_what_is_beside_answers_is_named_and_the_answers_are_taken(tmp_path: Path) -> None:
    files = (("a.ics", "text/calendar", b"BEGIN"), ("photo.jpg", "image/jpeg", b"x"))
    result = collected(tmp_path, "a.eml", with_files(f"Chad comes later.\n\n{INLINE}\n-- \nAna", *files))
    assert fields(result) == TAKEN
    assert result.asides == ("these words: 'Chad comes later.'", "the attached file photo.jpg")


def test_answers_in_an_attached_text_are_not_overlooked(tmp_path: Path) -> None:
    file = ("more.txt", "application/octet-stream", b"[2.5 status] On track\n[2.5 summary] Tool drafted.")
    result = collected(tmp_path, "a.eml", with_files(INLINE, file))
    assert [each.message for each in result.problems] == ["csg does not read the attached file more.txt"]


@pytest.mark.parametrize(("text", "head"), [("I am away.", "auto-replied"), (LETTER, "auto-generated (failure)")])
def test_an_automatic_reply_is_named(tmp_path: Path, text: str, head: str) -> None:
    (problem,) = collected(tmp_path, "a.eml", with_files(text, head=head)).problems
    assert problem.message == "this is an automatic reply, not an answer"


def test_the_form_of_another_plan_is_not_taken_for_this_one(tmp_path: Path) -> None:
    """A lead answers the letter of this year with the form of last year."""
    old = changed_document(fill_docx(DOCX, ANSWERS), lambda xml: xml.replace("CS Group 2021-22", "CS Group 2020-21"))
    for content in (
        reply("Here.", SUBJECT, ("a.docx", old)),
        reply(INLINE.replace("2021-22 mid", "2020-21 mid"), SUBJECT),
    ):
        (problem,) = collected(tmp_path, "a.eml", content).problems
        assert problem.message == "this form is for another group, plan or period: [cs group 2020-21 mid inwud]"


SUMMARY = "Training ran.</w:t></w:r>"
OBJECTS = [
    PICTURE,
    '<w:r><w:pict><v:imagedata xmlns:v="v"/></w:pict></w:r>',
    '<w:r><w:object><o:OLEObject xmlns:o="o"/></w:object></w:r>',
    '<w:r><w:drawing><c:chart xmlns:c="c"/></w:drawing></w:r>',
]


@pytest.mark.parametrize("xml", OBJECTS)
def test_a_picture_in_a_form_is_noticed(tmp_path: Path, xml: str) -> None:
    """In place of an answer it is refused; beside one it is named."""
    result = collected(tmp_path, "a.docx", changed_docx("<w:t>HAS to help.</w:t></w:r>", f"</w:r>{xml}"))
    assert [each.message for each in result.problems] == [
        "the answer to [2.4 needs] is a picture or object, which csg does not read"
    ]
    result = collected(tmp_path, "b.docx", changed_docx(SUMMARY, f"{SUMMARY}{xml}"))
    assert fields(result) == TAKEN
    assert result.asides == ("a picture or object beside the answer to [2.4 summary]",)
    result = collected(tmp_path, "c.docx", changed_docx("<w:sectPr", f"<w:p>{xml}</w:p><w:sectPr", {}))
    assert "no answers" in result.problems[0].message
    result = collected(tmp_path, "d.docx", changed_docx("<w:sectPr", f"<w:p>{xml}</w:p><w:sectPr"))
    assert (fields(result), result.asides) == (TAKEN, ("a picture or object",))


def test_a_link_in_a_form_keeps_its_address(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(fill_docx(DOCX, ANSWERS)))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    key = document.part.relate_to("https://example.org/r", kind, is_external=True)
    saved = io.BytesIO()
    document.save(saved)
    xml = f'{SUMMARY}<w:hyperlink xmlns:r="r" r:id="{key}"><w:r><w:t> See the report</w:t></w:r></w:hyperlink>'
    content = changed_document(saved.getvalue(), lambda text: text.replace(SUMMARY, xml, 1))
    assert (
        fields(collected(tmp_path, "a.docx", content))["summary"]
        == "Training ran. See the report <https://example.org/r>"
    )


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [("Wingdings", "F0FC", "✓"), ("Wingdings", "F04A", "☺"), ("Symbol", "F0B3", "≥"), ("Arial", "2713", "✓")],
)
def test_symbols_of_a_font_are_letters(tmp_path: Path, font: str, code: str, sign: str) -> None:
    """Word writes a smiley and a check mark so."""
    new = f'{SUMMARY}<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    assert fields(collected(tmp_path, "a.docx", changed_docx(SUMMARY, new)))["summary"] == f"Training ran.{sign}"


@pytest.mark.parametrize(
    "sign", ['<w:r><w:sym w:font="Webdings" w:char="F0FC"/></w:r>', "<w:r><w:t>\ufffd</w:t></w:r>"]
)
def test_a_letter_that_was_lost_is_never_taken(tmp_path: Path, sign: str) -> None:
    (problem,) = collected(tmp_path, "a.docx", changed_docx(SUMMARY, f"{SUMMARY}{sign}")).problems
    assert "the answer to [2.4 summary] has a letter that was lost on the way" in problem.message


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("co\u00adop \u200bX\u2060Y\ufeff", "coop XY"),
        ("\u202bعربي\u202c abc\u200f", "عربي abc"),
        ("A\u2028B\u0085C", "A\nB\nC"),
        ("می\u200cروم 👩\u200d⚕️", "می\u200cروم 👩\u200d⚕️"),
        ("A\u00a0B\u202f%", "A\u00a0B\u202f%"),
        ("“x” ‘y’ – —", "“x” ‘y’ – —"),
    ],
)
def test_only_characters_that_nobody_sees_are_left_out(tmp_path: Path, text: str, kept: str) -> None:
    """They come from keyboards and web pages, and a person cannot see them."""
    answers = {**ANSWERS, "2.4 summary": text}
    assert fields(collected(tmp_path, "a.docx", fill_docx(DOCX, answers)))["summary"] == kept
    assert fields(mailed(tmp_path, fill_text(LETTER, answers)))["summary"] == kept


def book(change: Callable[[Worksheet, dict[str, int]], object], answers: dict[str, str] | None = None) -> bytes:
    """Return a filled workbook after a change. The change gets the row of each code."""
    opened = openpyxl.load_workbook(io.BytesIO(fill_xlsx(xlsx_form(form()), ANSWERS if answers is None else answers)))
    sheet = opened.worksheets[0]
    change(sheet, {str(row[0].value).strip("[]"): row[0].row for row in sheet.iter_rows() if row[0].value})
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


def draw(sheet: Worksheet) -> None:
    """Put a picture on a sheet."""
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
    sheet.add_image(Picture(io.BytesIO(base64.b64decode(png))), "C12")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda sheet, rows: sheet.delete_cols(1), "this text has no question: 'Training ran.'"),  # noqa: ARG005
        (lambda sheet, rows: sheet.cell(rows["2.4 summary"], 14, "x"), "cell N14 is too far from the form"),
        (lambda sheet, rows: sheet.cell(rows["2.4 summary"], 14, "=1"), "cell N14 is too far from the form"),
        (lambda sheet, rows: sheet.cell(20_050, 1, "x"), "cell A20050 is too far from the form"),  # noqa: ARG005
    ],
)
def test_words_of_a_workbook_outside_the_form_are_named(
    tmp_path: Path, change: Callable[[Worksheet, dict[str, int]], object], sentence: str
) -> None:
    result = collected(tmp_path, "a.xlsx", book(change))
    assert result.reports == ()
    assert any(sentence in each.message for each in result.problems), result.problems


def test_a_picture_on_a_sheet_is_noticed(tmp_path: Path) -> None:
    result = collected(tmp_path, "a.xlsx", book(lambda sheet, rows: draw(sheet)))  # noqa: ARG005
    assert (fields(result), result.asides) == (TAKEN, ("a picture or object",))
    result = collected(tmp_path, "b.xlsx", book(lambda sheet, rows: draw(sheet), {}))  # noqa: ARG005
    assert "the file has a picture or object" in result.problems[0].message


def test_a_value_is_read_as_the_cell_shows_it(tmp_path: Path) -> None:
    from datetime import datetime

    for value, number_format, text in (
        (0.5, "0%", "50%"), (0.125, "0.0%", "12.5%"), (datetime(2021, 12, 10, 14, 30), "", "2021-12-10 14:30"),
        (datetime(2021, 12, 10), "", "2021-12-10"), (12.0, "0", "12"), ("a_x000D_\nb", "@", "a\nb"),
    ):  # fmt: skip

        def change(sheet: Worksheet, rows: dict[str, int], value: Any = value, shown: str = number_format) -> None:
            cell = sheet.cell(rows["2.4 summary"], 3, value)
            if shown:
                cell.number_format = shown

        assert fields(collected(tmp_path, "a.xlsx", book(change)))["summary"] == text


def test_an_empty_copy_of_the_sheet_changes_nothing(tmp_path: Path) -> None:
    def copied(sheet: Worksheet, rows: dict[str, int]) -> None:  # noqa: ARG001
        assert sheet.parent
        copy = sheet.parent.copy_worksheet(sheet)
        for row in copy.iter_rows(min_col=3, max_col=3):
            row[0].value = None

    assert fields(collected(tmp_path, "a.xlsx", book(copied))) == TAKEN


@pytest.mark.parametrize("words", ["n/a", "N/A.", "-", "—", "None", "Ninguna", "aucune", "нет", "لا يوجد", "Nothing"])
def test_a_word_for_nothing_is_no_answer(tmp_path: Path, words: str) -> None:
    """A need that says `none` is not a need."""
    assert says_nothing(words)
    result = collected(tmp_path, "a.docx", fill_docx(DOCX, {**ANSWERS, "2.4 needs": words}))
    assert fields(result) == {key: text for key, text in TAKEN.items() if key != "needs"}
    (problem,) = collected(tmp_path, "a.docx", fill_docx(DOCX, {**ANSWERS, "2.4 summary": words})).problems
    assert "has no answer for what was done" in problem.message


@pytest.mark.parametrize("words", ["See attached.", "ver adjunto", "Voir pièce jointe", "См. вложение", "انظر المرفق"])
def test_an_answer_in_another_file_is_asked_for(tmp_path: Path, words: str) -> None:
    assert points_elsewhere(words)
    (problem,) = collected(tmp_path, "a.docx", fill_docx(DOCX, {**ANSWERS, "2.4 summary": words})).problems
    assert problem.message == f"the answer to [2.4 summary] is in another file: '{words}'"


def test_other_short_answers_stay(tmp_path: Path) -> None:
    for words in ("same as last time", "👍", "No change.", "50 %", "see [2.4] and [note 3]"):
        assert fields(mailed(tmp_path, fill_text(LETTER, {**ANSWERS, "2.4 summary": words})))["summary"] == words
    assert links_of("nothing") == ([], "")


@pytest.mark.parametrize(("text", "status"), [
    ("on_track", "on-track"), ("“On track”", "on-track"), ("«en curso»", "on-track"), ("On track (mostly)", None),
    ("On track / at risk", None), ("☐ Not started ☒ On track", None), ("50%", None), ("100%", "completed"),
])  # fmt: skip
def test_signs_around_a_status_do_not_count(text: str, status: str | None) -> None:
    assert status_of(text) == status


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("form.odt", "Open it in a word processor, and save it as DOCX."),
        ("form.ods", "Open it in a spreadsheet program, and save it as XLSX."),
        ("forms.ZIP", "Unpack it, and give the file in it."),
        ("mail.msg", "Open it in a mail program, and save it as EML."),
        ("photo.jpg", "Write its answers into the form, or into a mail."),
        ("winmail.dat", "Give one of .docx, .xlsx, .eml, .txt, .md."),
    ],
)
def test_a_file_of_another_kind_in_a_folder_is_named(tmp_path: Path, name: str, hint: str) -> None:
    """A form that came back in another format is not overlooked; files of the system are."""
    for file in (name, ".gitignore", "~$form.docx", "Thumbs.db"):
        (tmp_path / file).write_bytes(b"x")
    (found,) = answer_files([tmp_path])
    (refusal,) = read_sheets(found, Codes([]))
    assert isinstance(refusal, Refused)
    assert [(each.message, each.hint) for each in refusal.problems] == [("csg does not read this kind of file", hint)]


def test_a_text_in_the_unicode_of_windows_is_read(tmp_path: Path) -> None:
    text = fill_text(LETTER, {**ANSWERS, "2.4 summary": "Formación"}, quote="")
    assert fields(collected(tmp_path, "a.txt", text.encode("utf-16")))["summary"] == "Formación"


def test_words_above_the_first_activity_of_a_form_are_named(tmp_path: Path) -> None:
    content = changed_docx("<w:body>", "<w:body><w:p><w:r><w:t>Chad comes later.</w:t></w:r></w:p>")
    result = collected(tmp_path, "a.docx", content)
    assert fields(result) == TAKEN
    assert re.search("these words: '.*Chad comes later", result.asides[0])


def test_an_answer_that_begins_with_a_number_in_brackets_is_not_lost(tmp_path: Path) -> None:
    """It looks like the title of its activity."""
    text = fill_text(LETTER, {**ANSWERS, "2.4 summary": "Training ran.\n[2.4] Chad comes later."})
    (problem,) = mailed(tmp_path, text).problems
    assert "this text has no question: '[2.4] Chad comes later.'" in str(problem)
    content = changed_docx("</w:tbl>", "</w:tbl><w:p><w:r><w:t>[2.4] Chad comes later.</w:t></w:r></w:p>")
    (problem,) = collected(tmp_path, "a.docx", content).problems
    assert "this text has no question: 'Chad comes later.'" in str(problem)


def test_words_with_a_line_through_them_are_asked_about(tmp_path: Path) -> None:
    """A person took them back, so they are not published, and not left out in silence."""
    message = "the answer to [2.4 summary] has words with a line through them"
    new = f"{SUMMARY}<w:r><w:rPr><w:strike/></w:rPr><w:t> In Chad.</w:t></w:r>"
    assert [each.message for each in collected(tmp_path, "a.docx", changed_docx(SUMMARY, new)).problems] == [message]
    off = new.replace("<w:strike/>", '<w:strike w:val="0"/>')
    assert fields(collected(tmp_path, "b.docx", changed_docx(SUMMARY, off)))["summary"] == "Training ran. In Chad."
    html = f"<html><body>{ROWS.replace('ran.', 'ran. <s>In Chad.</s>')}<div>[csg end]</div></body></html>"
    assert [each.message for each in collected(tmp_path, "a.eml", reply("", SUBJECT, html=html)).problems] == [message]


def test_words_at_the_top_of_pages_are_named(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(fill_docx(DOCX, ANSWERS)))
    document.sections[0].header.paragraphs[0].text = "Chad comes later."
    saved = io.BytesIO()
    document.save(saved)
    result = collected(tmp_path, "a.docx", saved.getvalue())
    assert (fields(result), result.asides) == (TAKEN, ("the header of the pages: 'Chad comes later.'",))


@pytest.mark.parametrize("words", [
    "Next steps: three.", "Status: unknown", "Thank you.", "From: June we travel.\nDate: to be confirmed",
    "We wrote:\nOn 3 May 2021 HAS wrote:\nyes", "Dear HAS, please help.", "key: value # no\n---\n- [ ] box",
])  # fmt: skip
def test_answers_that_look_like_a_letter_stay_whole(tmp_path: Path, words: str) -> None:
    """In each kind of file, also above the question whose words they begin with."""
    answers = {**ANSWERS, "2.4 needs": words, "2.4 next_steps": "Chad."}
    lines = fill_text(LETTER, answers, quote="").splitlines()
    html = "".join(f"<div>{line or '<br>'}</div>" for line in lines)
    for name, content in (
        ("a.docx", fill_docx(DOCX, answers)),
        ("a.xlsx", fill_xlsx(xlsx_form(form()), answers)),
        ("a.eml", reply(fill_text(LETTER, answers), SUBJECT)),
        ("b.eml", reply("", SUBJECT, html=f"<html><body>{html}</body></html>")),
        ("a.txt", "\r\n".join(lines).encode()),
    ):
        (new,) = collected(tmp_path, name, content).reports
        assert (new.report.needs, new.report.next_steps) == (words, "Chad."), name


@pytest.mark.parametrize(
    "words", ["[image: IMG_1.jpg]", "[cid:image001.png@01D7]", "![photo](https://example.org/x.png)"]
)
def test_a_picture_that_a_program_names_in_the_text_is_noticed(tmp_path: Path, words: str) -> None:
    """Gmail, Outlook and GitHub write its name in place of it."""
    result = mailed(tmp_path, fill_text(LETTER, {**ANSWERS, "2.4 summary": words}))
    messages = [each.message for each in result.problems]
    assert "the answer to [2.4 summary] is a picture or object, which csg does not read" in messages
    result = mailed(tmp_path, fill_text(LETTER, {**ANSWERS, "2.4 summary": f"Training ran.\n{words}"}))
    assert fields(result)["summary"].startswith("Training ran.")
