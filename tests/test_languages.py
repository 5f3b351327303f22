"""Five languages: complete catalogues, documents without English words of csg, and answers in every language."""

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po
from conftest import PROJECT, Run
from filled_forms import fill_docx, fill_text, letter_of
from test_reports import GOLDEN, busy
from translated import fuller, texts

from csg.forms.status_words import status_of
from csg.language import STATUS_WORDS, Language, known_languages

LANGUAGES = ("ar", "es", "fr", "ru")
KEYWORDS = DEFAULT_KEYWORDS | {
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "marked": None,
    "Sentence": None,
}


def messages() -> set[tuple[object, object]]:
    """Return every message that is marked for translation, with its context."""
    found: set[tuple[object, object]] = set()
    package = PROJECT / "csg"
    folders = (package / folder for folder in ("documents", "editing", "forms"))
    for path in (*(file for folder in folders for file in folder.rglob("*.py")), package / "language.py"):
        for _, message, _, context in extract_from_file("python", path, keywords=KEYWORDS):
            found.add((message, context))
    return found


def catalogue(code: str) -> list[Message]:
    """Return the messages of a language."""
    with (PROJECT / "csg" / "locale" / code / "LC_MESSAGES" / "csg.po").open("rb") as stream:
        return [message for message in read_po(stream, locale=code) if message.id]


def test_every_message_can_be_collected() -> None:
    """Babel does not see a message within an f-string, so that it would stay in English."""
    known, calls = {message for message, _ in messages()}, []
    for path in (*(PROJECT / "csg" / "documents").rglob("*.py"), *(PROJECT / "csg" / "forms").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and name in ("_", "gettext") and isinstance(node.args[0], ast.Constant):
                calls.append(node.args[0].value)
    assert len(calls) > 100
    assert [call for call in calls if call not in known] == []


def names_in(text: str) -> set[str]:
    """Return the names in braces of a message."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_languages_are_those_of_the_catalogues() -> None:
    """English needs none."""
    assert known_languages() == ["en", *LANGUAGES]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_catalogue_is_complete(code: str) -> None:
    """Every message is there, once, with a translation; none is left over."""
    assert {(message.id, message.context) for message in catalogue(code)} == messages()
    strings = {message.id: [message.string] if isinstance(message.string, str) else message.string
               for message in catalogue(code)}  # fmt: skip
    assert [name for name, texts in strings.items() if not all(texts or [""])] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translation_has_the_names_of_its_message(code: str) -> None:
    """Also in each plural form."""
    for message in catalogue(code):
        wanted = names_in(message.id if isinstance(message.id, str) else message.id[1])
        strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
        for text in strings:
            assert names_in(text) == wanted, (message.id, text)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_plural_form_is_a_text(code: str) -> None:
    """One for each kind of number that the language has."""
    language = Language(code)
    for number in (0, 1, 2, 3, 5, 11, 21, 100):
        text = language.ngettext("{number} member.", "{number} members.", number)
        assert str(number) in text
        assert "member" not in text.replace("miembro", "").replace("membre", "")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("to", ["markdown", "html"])
def test_a_document_has_no_english_word_of_csg(csg: Run, root: Path, code: str, to: str) -> None:
    """But for the words of the data."""
    busy(csg, root)
    names = ("progress-mid", "progress-end", "workplan", "INWUD", "members", "meeting")
    done = csg("report", "render", *names, "--to", to, "--lang", code, "--output", "out")
    assert done.returncode == 0, done.stderr
    data = " ".join(file.read_text("utf-8") for file in (root / "data").glob("*.yaml"))
    data = " ".join(data.split())
    for file in (root / "out").rglob("*.*"):
        if file.suffix not in (".md", ".html"):
            continue
        text = re.sub(r"<style>.*?</style>|<!--.*?-->|<[^>]*>", " ", file.read_text("utf-8"), flags=re.DOTALL)
        for english in ("At a glance", "On track", "Decisions", "Not reported", "Objective", "Activities", "Full name"):
            assert english not in text or english in data, (file.name, english)


def test_arabic_is_set_from_right_to_left(csg: Run, root: Path) -> None:
    """In web pages and Word; text of the data keeps its own direction and language."""
    busy(csg, root)
    done = csg("report", "render", "progress-mid", "--to", "html,docx,pdf", "--lang", "ar", "--output", "out")
    assert done.returncode == 0, done.stderr
    page = next((root / "out").glob("*.html")).read_text("utf-8")
    assert '<html lang="ar" dir="rtl">' in page
    assert '<span lang="en" dir="ltr">Host an all-day' in page
    from zipfile import ZipFile

    with ZipFile(next((root / "out").glob("*.docx"))) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
    assert "<w:bidiVisual/>" in body
    assert "<w:bidi/>" in body
    assert "<w:rtl/>" in body


@pytest.mark.parametrize(
    ("code", "lead", "activity"), [("ar", "INWUD", "2.4"), ("ru", "EHRA", "3.6"), ("fr", "HRI", "2.3")]
)
def test_a_form_in_another_language_comes_back(csg: Run, root: Path, code: str, lead: str, activity: str) -> None:
    """As a Word form and as a reply; the status in the words of the form."""
    assert (
        csg("progress", "request", "--period", "mid", "--lang", code, "--lead", lead, "--output", "round").returncode
        == 0
    )
    words = Language(code).status("at-risk")
    answers = {f"{activity} status": words, f"{activity} summary": "Текст نص texte."}
    (root / "a.docx").write_bytes(fill_docx(letter_of(root / "round", lead, "docx").read_bytes(), answers))
    letter = letter_of(root / "round", lead, "txt").read_text("utf-8")
    (root / "a.txt").write_text(fill_text(letter, answers), "utf-8")
    for file in ("a.docx", "a.txt"):
        done = csg("progress", "collect", file, "--date", "2021-12-10", "--dry-run")
        assert done.returncode == 0, done.stderr
        assert "status: at-risk" in done.stdout


def test_a_letter_is_in_the_first_language_of_its_lead(csg: Run, root: Path) -> None:
    """If the group offers it."""
    for given in ("[es, en]", "[de]"):
        members = root / "data" / "members.yaml"
        text = re.sub(r"\n    languages: [^\n]*", "", members.read_text("utf-8"))
        members.write_text(text.replace("- id: INPUD\n", f"- id: INPUD\n    languages: {given}\n"), "utf-8")
        assert csg("progress", "request", "--period", "mid", "--lead", "INPUD", "--output", given[1:3]).returncode == 0
    assert "Estimados colegas" in letter_of(root / "es", "INPUD", "txt").read_text("utf-8")
    assert "Dear International" in letter_of(root / "de", "INPUD", "txt").read_text("utf-8")


@pytest.mark.parametrize("code", ["en", *LANGUAGES])
def test_the_words_of_each_status_are_understood(code: str) -> None:
    """A form's own words are never unclear."""
    for status in STATUS_WORDS:
        if status != "unreported":
            assert status_of(Language(code).status(status)) == status


@pytest.mark.parametrize("code", LANGUAGES)
def test_documents_are_as_a_reader_of_the_language_knows_them(csg: Run, root: Path, code: str) -> None:
    """Every page, the slides, a letter and its forms, to the byte. ``python tests/translated.py`` writes them anew."""
    busy(csg, root)
    fuller(csg, root)
    for name, text in texts(csg, root, code).items():
        assert text == (GOLDEN / code / name).read_text("utf-8"), (code, name)
