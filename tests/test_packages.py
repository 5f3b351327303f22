"""Office files from anybody: what could do harm, or is damaged, is refused with a word that says why."""

import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from table_files import HEADINGS, write_docx

from csg.forms import packages
from csg.forms.packages import open_package
from csg.forms.tables.read import read_tables
from csg.forms.tables.table import Contents
from csg.problem import Refused

ROWS = [HEADINGS, ("2", "Guidance"), ("2.1", "Title", "HAS", "HRI", "Text.", "")]
Parts = dict[str, bytes]
BODY = "word/document.xml"


@pytest.fixture
def docx(tmp_path: Path) -> Path:
    """A Word document with a table."""
    path = tmp_path / "table.docx"
    write_docx(path, [ROWS])
    return path


def rewritten(path: Path, change: Callable[[Parts], object], *more: tuple[str, bytes]) -> Path:
    """Write the file anew with changed parts, and more parts at its end."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a name that is there twice
        for name, content in (*parts.items(), *more):
            archive.writestr(name, content)
    return path


def refusal(path: Path) -> str:
    """Read the tables of a file that is refused. Return the message."""
    with pytest.raises(Refused) as caught:
        read_tables(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("CSG801", path.name)
    return problem.message


def texts(contents: Contents) -> list[str]:
    """Return the text of every filled cell."""
    return [cell.text for table in contents.tables for row in table.rows for cell in row.cells if cell.text]


def replace(old: str, new: str, part: str = BODY) -> Callable[[Parts], object]:
    """Return a change that replaces text in a part."""

    def change(parts: Parts) -> None:
        assert old.encode() in parts[part]
        parts[part] = parts[part].replace(old.encode(), new.encode())

    return change


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("change", "more", "message"),
    [
        (replace("<w:document", f"{DOCTYPE}<w:document"), (), "this file defines XML entities"),
        (replace("</w:body>", "<w:body>"), (), f"the part {BODY} is damaged"),
        (replace("<w:body>", f"<w:body>{'<w:p/>' * 1_000_001}"), (), "too large when it is unpacked"),
        (replace("<w:body>", f"<w:body>{'<w:p>' * 300}{'</w:p>' * 300}"), (), "nested too deeply"),
        (dict.clear, (("word/document.xml", b"x"),), "this is an archive, not a document"),
        (dict.clear, (("mimetype", b"application/vnd.oasis.opendocument.text"),), "this is an OpenDocument file"),
        (lambda parts: parts.pop(BODY), (), "this is not a Word document"),
        (lambda _: None, (("WORD/document.xml", b"<x/>"),), "has the part WORD/document.xml twice"),
        (lambda _: None, (("word/vbaProject.bin", b"x"),), "this file has macros"),
        (replace("wordprocessingml.document.main+xml", "document.macroEnabled.main+xml", "[Content_Types].xml"), (),
         "this file has macros"),
    ],
)  # fmt: skip
def test_what_could_do_harm_or_is_no_document_is_refused(
    docx: Path, change: Callable[[Parts], object], more: tuple[tuple[str, bytes], ...], message: str
) -> None:
    assert message in refusal(rewritten(docx, change, *more))


def test_a_bomb_is_refused_before_it_is_unpacked(docx: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_PART", 100_000)
    rewritten(docx, replace("<w:body>", f"<w:body><!--{' ' * 200_000}-->"))
    assert docx.stat().st_size < 100_000
    assert "too large when it is unpacked" in refusal(docx)


def test_many_parts_together_are_a_bomb_too(docx: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_UNPACKED", 3_000)
    assert "too large when it is unpacked" in refusal(docx)


def test_a_file_that_is_too_large_or_has_too_many_parts_is_not_opened(
    docx: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "MOST_DIRECTORY", 100)
    assert "more parts than any document" in refusal(docx)
    size = docx.stat().st_size
    with docx.open("r+b") as stream:
        stream.truncate(packages.MOST_BYTES + 1)
    assert docx.stat().st_size > size
    assert "64 MiB" in refusal(docx)


def test_a_password_is_named(docx: Path, tmp_path: Path) -> None:
    encrypted = tmp_path / "encrypted.docx"
    encrypted.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    assert refusal(encrypted) == "this file has a password"
    content = bytearray(docx.read_bytes())
    index = content.index(b"PK\x01\x02")
    content[index + 8] |= 1
    docx.write_bytes(content)
    assert refusal(docx) == "this file has a password"


def test_every_damage_of_a_byte_is_refused_or_harmless(docx: Path) -> None:
    content = docx.read_bytes()
    for index in range(0, len(content), 397):
        docx.write_bytes(content[:index] + bytes([content[index] ^ 0xFF]) + content[index + 1 :])
        try:
            read_tables(docx)
        except Refused as refused:
            assert refused.problems[0].code == "CSG801"
    for end in range(3, len(content), 1009):
        docx.write_bytes(content[:end])
        with pytest.raises(Refused):
            read_tables(docx)


def test_a_stream_that_is_not_deflate_is_damage(docx: Path) -> None:
    with zipfile.ZipFile(docx) as archive:
        start = archive.getinfo(BODY).header_offset + 30 + len(BODY)
    content = bytearray(docx.read_bytes())
    content[start : start + 8] = b"\xff" * 8
    docx.write_bytes(content)
    with pytest.raises(zlib.error), zipfile.ZipFile(docx) as archive:
        archive.read(BODY)
    assert refusal(docx) == "this file is damaged"


def test_links_that_lead_out_are_not_followed(docx: Path) -> None:
    link = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"'
        ' Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    rewritten(docx, replace("</Relationships>", link, "word/_rels/document.xml.rels"))
    contents = read_tables(docx)
    assert "Title" in texts(contents)
    assert [remark.text for remark in contents.remarks] == ["WORKPLAN 2021/22"]


def test_the_strict_form_of_a_document_is_read_as_the_usual_one(docx: Path) -> None:
    known = read_tables(docx)
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    rewritten(docx, replace(usual, "http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert read_tables(docx) == known


def test_content_controls_and_text_boxes_are_read_once(docx: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    text = "<w:t>Text.</w:t>"
    rewritten(
        docx,
        lambda parts: parts.update({
            BODY: parts[BODY]
            .replace(text.encode(), f"{text}<mc:AlternateContent {compatible}>{both}</mc:AlternateContent>".encode())
            .replace(b"<w:p><w:r><w:t>Title", b"<w:sdt><w:sdtContent><w:p><w:r><w:t>Title")
            .replace(b"Title</w:t></w:r></w:p>", b"Title</w:t></w:r></w:p></w:sdtContent></w:sdt>")
        }),
    )  # fmt: skip
    assert texts(read_tables(docx))[-2:] == ["HRI", "Text.\nIn a box."]
    assert "Title" in texts(read_tables(docx))


def test_a_package_has_its_kind(docx: Path) -> None:
    with open_package(docx) as package:
        assert (package.kind, package.main) == ("docx", BODY)
        assert BODY.upper() in package
        with pytest.raises(Refused, match="is missing"):
            package.read("word/nothing.xml")


def test_entities_in_an_unusual_encoding_are_refused(docx: Path) -> None:
    """The fast parser is for XML whose bytes are ASCII letters; in EBCDIC the bytes of `<!` are others."""
    text = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("cp037")
    head = b'<?xml version="1.0" encoding="cp037"?>'

    def change(parts: Parts) -> None:
        parts[BODY] = head + text

    assert refusal(rewritten(docx, change)) != ""
