"""Office files (DOCX, PPTX, XLSX) opened safely: bounded in size, and without anything that acts.

Nothing outside the file is ever read: links to other files and addresses are ignored. The limits bound the time and the
memory that a file from somebody else can cost.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BufferedReader
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import IO, TYPE_CHECKING, Literal, NamedTuple

from csg.problem import Problem, Refused, reason, shown
from csg.workspace.files import open_given

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Kind = Literal["docx", "pptx", "xlsx"]
MOST_BYTES = 64 * 1024**2
"""The largest file that is opened. Pictures in it are never unpacked."""
MOST_PART = 16 * 1024**2
"""The largest part that is unpacked: fifty times the text of a form with a hundred activities."""
MOST_UNPACKED = 64 * 1024**2
"""The most that is unpacked from one file."""
MOST_DIRECTORY = 1024**2
"""The largest list of parts: some ten thousand of them."""
MOST_TAGS = 1_000_000
"""The most tags of a part: an element needs far more memory than its text."""
DEEPEST = 200
"""The deepest nesting of elements. A table in a table in a text box has about 40."""
_MAIN: dict[str, Kind] = {"word/": "docx", "ppt/": "pptx", "xl/": "xlsx"}
_NAMES = {"docx": "Word document", "pptx": "presentation", "xlsx": "workbook"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"{\\rtf": "an RTF document",
    b"%PDF": "a PDF file",
    b"\x1f\x8b": "a compressed file",
    b"Rar!": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
}
"""The first bytes of other files that people send."""
_END_RECORD = b"PK\x05\x06"
_LONGEST_COMMENT = 65_535
_END_RECORD_BYTES = 22
_MACROS = re.compile(r"macroEnabled|vbaProject|activeX|\bms-office\.vba", re.IGNORECASE)
_PLAIN_XML = re.compile(rb"""<\?xml version=["']1\.0["'] encoding=["']utf-8["']""", re.IGNORECASE)
"""The start of XML whose bytes are its ASCII letters. The parser that is safe for all XML takes ten times as long."""
_ENCRYPTED = 0x1
HINT = "Save it again as DOCX, PPTX or XLSX, without a password and without macros."


class Relation(NamedTuple):
    """A link of a part to another part of the file: the last word of its type, and the part's name."""

    type: str
    part: str


class Package:
    """An opened Office file. ``kind`` says which; ``xml`` parses one of its parts."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self.name = name
        self._archive = archive
        self._left = MOST_UNPACKED
        self._parts = self._checked_parts()
        self.main, self.kind = self._main_part()

    def __contains__(self, part: str) -> bool:
        """Return whether the file has a part of this name."""
        return part.casefold() in self._parts

    def read(self, part: str) -> bytes:
        """Return the content of a part. Raise Refused if it is missing, damaged or too large."""
        info = self._parts.get(part.casefold())
        if info is None:
            raise self.refused(f"the part {shown(part)} is missing")
        with self._damage(), self._archive.open(info) as stream:
            content = stream.read(MOST_PART + 1)
        self._left -= len(content)
        if len(content) > MOST_PART or self._left < 0:
            raise self.refused("this file is too large when it is unpacked", "Send the table or the form alone.")
        return content

    def xml(self, part: str) -> "Element":
        """Return the root element of a part, with the names of elements without their namespaces.

        Raise Refused if it is not XML that is safe to read.
        """
        from xml.etree import ElementTree

        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import ParseError, fromstring

        content = self.read(part)
        if content.count(b"<") > MOST_TAGS:
            raise self.refused("this file is too large when it is unpacked", "Send the table or the form alone.")
        try:
            if _PLAIN_XML.match(content) and b"<!" not in content:
                root: Element = ElementTree.fromstring(content)  # noqa: S314 - without <! there is no entity
            else:
                root = fromstring(content, forbid_dtd=True)
        except DefusedXmlException:
            raise self.refused("this file defines XML entities, which no Office program writes") from None
        except (ElementTree.ParseError, ParseError, ValueError, LookupError):  # defusedxml 0.7.0 has its own
            raise self.refused(f"the part {shown(part)} is damaged") from None
        if _is_deeper(root, DEEPEST):
            raise self.refused("this file is nested too deeply, as no Office program writes it")
        for element in root.iter():  # transitional and strict files have different namespaces
            element.tag = _without_namespace(element.tag)
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the links of a part to other parts of the file, by their ids. Links that lead out are left out."""
        folder, _, name = part.rpartition("/")
        links = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if links not in self:
            return {}
        found = {}
        for link in self.xml(links):
            target = link.get("Target", "")
            if link.get("TargetMode", "Internal").casefold() != "external" and target:
                path = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
                found[link.get("Id", "")] = Relation(link.get("Type", "").rpartition("/")[2], path)
        return found

    def addresses(self, part: str) -> dict[str, str]:
        """Return the addresses on the web to which a part links, by the ids of the links. None of them is opened."""
        folder, _, name = part.rpartition("/")
        links = f"{folder}/_rels/{name}.rels"
        if links not in self:
            return {}
        found = {link.get("Id", ""): link.get("Target", "") for link in self.xml(links)}
        return {key: target for key, target in found.items() if target.casefold().startswith(("http://", "https://"))}

    def check_parts(self) -> None:
        """Raise Refused if a part is not safe to read, or all are too large together, before a library reads them."""
        for name, info in self._parts.items():
            if name.endswith((".xml", ".rels")):
                self.xml(info.filename)

    def refused(self, message: str, hint: str = HINT) -> Refused:
        """Return the refusal of the file."""
        return refused(self.name, message, hint)

    def _checked_parts(self) -> dict[str, zipfile.ZipInfo]:
        """Return the parts by their names, in which case makes no difference."""
        parts: dict[str, zipfile.ZipInfo] = {}
        for info in self._archive.infolist():
            name = info.filename.lstrip("/").casefold()
            if name in parts:
                raise self.refused(f"this file has the part {shown(info.filename)} twice")
            if info.flag_bits & _ENCRYPTED:
                raise self.refused("this file has a password")
            parts[name] = info
        return parts

    def _main_part(self) -> tuple[str, Kind]:
        """Return the part that holds the document, and the kind of the file."""
        if "[Content_Types].xml" not in self:
            raise self._other_archive()
        types = self.xml("[Content_Types].xml")
        content_types = " ".join(element.get("ContentType", "") for element in types)
        if _MACROS.search(content_types) or any(_MACROS.search(name) for name in self._parts):
            raise self.refused("this file has macros, and csg does not open it")
        main = next((link.part for link in self.relations("").values() if link.type == "officeDocument"), "")
        kind = next((kind for folder, kind in _MAIN.items() if main.startswith(folder)), None)
        if kind is None or main not in self:
            raise self.refused("this is not a Word document, a presentation or a workbook")
        return main, kind

    def _other_archive(self) -> Refused:
        mimetype = self.read("mimetype")[:100] if "mimetype" in self else b""
        if b"opendocument" in mimetype:
            return self.refused("this is an OpenDocument file", "Save it as DOCX, PPTX or XLSX.")
        return self.refused("this is an archive, not a document", "Unpack it, and give the file in it.")

    @contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
            raise self.refused("this file is damaged") from None


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open an Office file. Raise Refused if it is another kind of file, is damaged, or could do harm."""
    with opened(path) as stream, open_stream(path.name, stream) as package:
        yield package


@contextmanager
def open_stream(name: str, stream: IO[bytes]) -> Iterator[Package]:
    """Open an Office file that is read already, such as one attached to a mail. Raise Refused as ``open_package``."""
    _check_start(name, stream)
    _check_directory(name, stream)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise refused(name, "this file is damaged", HINT) from None
    with archive:
        yield Package(name, archive)


@contextmanager
def opened(path: Path, most: int = MOST_BYTES) -> Iterator[BufferedReader]:
    """Open a file that somebody names. Raise Refused if it is empty, too large, or cannot be read."""
    try:
        with open_given(path) as stream:
            size = stream.seek(0, 2)
            stream.seek(0)
            if not size:
                raise refused(path.name, "the file is empty", "Save it again.")
            if size > most:
                message = f"the file must have at most {most // 1024**2} MiB"
                raise refused(path.name, message, "Remove pictures from it.")
            yield stream
    except OSError as error:
        raise refused(path.name, f"cannot be read: {reason(error)}", "Check the name of the file.") from None


def refused(name: str, message: str, hint: str) -> Refused:
    """Return the refusal of a file."""
    return Refused(Problem("CSG801", message, shown(name), hint=hint))


def is_package(start: bytes) -> bool:
    """Return whether a file that begins like this is for ``open_package``, which names what it cannot open."""
    return start.startswith((b"PK", _OLE, *_OTHERS))


def _check_start(name: str, stream: IO[bytes]) -> None:
    """Raise Refused for the other kinds of files that people send, each by its name."""
    start = stream.read(len(_OLE))
    if start == _OLE:
        stream.seek(0)
        has_password = "EncryptedPackage".encode("utf-16-le") in stream.read()
        if has_password:
            raise refused(name, "this file has a password", "Save it without a password.")
        message = "this is a file of Office 97 to 2003 (.doc, .ppt or .xls)"
        raise refused(name, message, "Save it as DOCX, PPTX or XLSX.")
    for beginning, kind in _OTHERS.items():
        if start.startswith(beginning):
            raise refused(name, f"this is {kind}", "Save it as DOCX, PPTX or XLSX.")
    if not start.startswith(b"PK"):
        raise refused(name, "this is not a Word document, a presentation or a workbook", HINT)


def _check_directory(name: str, stream: IO[bytes]) -> None:
    """Raise Refused if the list of parts would fill the memory, which zipfile reads whole."""
    size = stream.seek(0, 2)
    stream.seek(max(size - _LONGEST_COMMENT - _END_RECORD_BYTES, 0))
    end = stream.read()
    stream.seek(0)
    index = end.rfind(_END_RECORD)
    if index < 0:
        raise refused(name, "this file is damaged", HINT)
    directory = int.from_bytes(end[index + 12 : index + 16], "little")
    is_zip64 = end[max(index - 20, 0) : index].startswith(b"PK\x06\x07")
    if is_zip64 or directory > MOST_DIRECTORY:
        raise refused(name, "this file has more parts than any document", HINT)


def _is_deeper(root: "Element", most: int) -> bool:
    """Return whether elements are nested in more levels than ``most``."""
    level = [root]
    for _ in range(most):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


@lru_cache(4096)
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2]


def attribute(element: "Element", name: str) -> str:
    """Return an attribute by its name without the namespace; empty if the element has none."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def children(element: "Element") -> "Iterator[Element]":
    """Yield the elements in an element. Of two versions for newer and older programs, the newer one is yielded."""
    for child in element:
        if child.tag != "AlternateContent":
            yield child
            continue
        version = next((option for option in child if option.tag == "Choice"), None)
        for option in child if version is None else (version,):
            yield from option
