"""Free text of respondents, kept outside version control: shuffled, stripped, and readable by its owner alone."""

import json
import os
import tempfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from itertools import accumulate, chain
from json.encoder import encode_basestring
from mmap import ACCESS_READ, mmap
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from csg.problem import Problem, Refused
from csg.survey.scrub import scrubbed
from csg.workspace.files import exists, listed, open_file, read_bytes, write_bytes
from csg.workspace.folders import link_refused
from csg.workspace.names import PRIVATE

FOLDER = PRIVATE
_IGNORE = f"{FOLDER}/.gitignore"
_OWNER_ONLY = 0o600
_MOST_HEAD = 1 << 16
"""Bytes in which the first line of a file ends: it holds an id and a digest."""


class Answer(NamedTuple):
    """A free text, and the question that it answers."""

    question: str
    text: str


def private_file(review: str) -> str:
    """Return the file of a review's free text, in the workspace."""
    return f"{FOLDER}/{review}.jsonl"


def make_folder(root: Path) -> None:
    """Create the folder for what is private if it is missing, with a file that makes git ignore it."""
    folder = root / FOLDER
    if folder.is_symlink():
        raise link_refused(FOLDER)
    if os.path.lexists(folder) and not folder.is_dir():
        raise Refused(Problem("CSG703", "this is not a folder", FOLDER, hint="Move it away, or rename it."))
    folder.mkdir(mode=0o700, exist_ok=True)
    if not exists(root, _IGNORE):
        text = "# Answers that people wrote in a survey. They belong to the group alone: never commit them.\n*\n"
        write_bytes(root, _IGNORE, text.encode())


class Spool:
    """Free texts on their way into a file, in a file without a name: nothing is left of it if csg is killed."""

    def __init__(self, folder: Path | None) -> None:
        """``folder`` is the folder of the file; None for a spool that only counts."""
        self._file = tempfile.TemporaryFile(dir=folder) if folder else None  # noqa: SIM115  (it lives as long as this)
        self._starts = array("Q", [0])
        self._columns = array("L")

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def __len__(self) -> int:
        return len(self._columns)

    def keep(self, column: int, texts: Sequence[str] | Counter[str]) -> None:
        """Take texts of a column, or texts with their counts, without what shows who wrote them."""
        lines = [encode_basestring(text).encode("utf-8", "replace") for text in scrubbed(list(texts))]
        if isinstance(texts, Counter):
            lines = [line for line, number in zip(lines, texts.values(), strict=True) for _ in range(number)]
        self._starts.extend(accumulate(map(len, lines), initial=self._starts.pop()))
        self._columns.extend([column] * len(lines))
        if self._file:
            self._file.write(b"".join(lines))

    def shuffled(self, questions: Mapping[int, str]) -> Iterator[bytes]:
        """Yield all texts in random order as JSON, each with its column's question: the texts of one person are not
        together. The texts of a column without a question are left out.
        """
        heads = {
            column: f'{{"question": {encode_basestring(name)}, "text": '.encode() for column, name in questions.items()
        }
        lots = array("Q", os.urandom(8 * len(self)))
        if not self._file:
            return
        self._file.flush()
        with mmap(self._file.fileno(), 0, access=ACCESS_READ) if lots else nullcontext(b"") as content:
            order = sorted(range(len(self)), key=lots.__getitem__)
            starts, columns = self._starts, self._columns
            for first in range(0, len(order), 1_000):
                some = [index for index in order[first : first + 1_000] if columns[index] in heads]
                lines = [(heads[columns[index]], content[starts[index] : starts[index + 1]], b"}\n") for index in some]
                yield b"".join(chain.from_iterable(lines))


def write_private(root: Path, review: str, answers: Iterable[bytes], digest: str, *, replace: bool = False) -> None:
    """Write a review's free text: a line for each, as ``Spool.shuffled`` yields them; with ``replace``, over an old
    one.

    The first line has the digest of the survey file. Hold the lock for it. ``make_folder`` has made the folder.

    Raises Refused, with nothing written, if there is free text of another file.
    """
    file = private_file(review)
    if exists(root, file) and not replace and imported_before(root, digest) != review:
        raise foreign_text(review)
    head = b'{"review": %b, "file": %b}\n' % (encode_basestring(review).encode(), encode_basestring(digest).encode())
    write_bytes(root, file, chain([head], answers), _OWNER_ONLY)


def foreign_text(review: str) -> Refused:
    """Return the refusal of an import whose file of free text belongs to another survey."""
    hint = "It is from another survey. Move it away, or choose another --id."
    return Refused(Problem("CSG705", "there is free text already", private_file(review), hint=hint))


def read_private(root: Path, review: str) -> Iterator[Answer]:
    """Return the free text of a review.

    Raises Refused if the file is missing or is not as csg wrote it.
    """
    file = private_file(review)
    try:
        with open_file(root, file) as stream:
            for number, line in enumerate(stream):
                if number:
                    answer = Answer(**json.loads(line))
                    "".join(answer).encode("utf-8")  # raises where one is no text, or none that can be written
                    yield answer
    except FileNotFoundError:
        hint = "The file is only on the computer where the survey was imported"
        raise Refused(Problem("CSG704", f"the free text of {review} was not found here", file, hint=hint)) from None
    except (OSError, ValueError, TypeError, RecursionError):
        raise Refused(
            Problem("CSG704", "this file is not as csg wrote it", file, hint="Import the survey again")
        ) from None


def imported_before(root: Path, digest: str) -> str | None:
    """Return the review that a file was imported as, by its digest; None if that is not known here."""
    for file in listed(root, f"{FOLDER}/*.jsonl"):
        with suppress(Refused, ValueError, AttributeError, RecursionError):
            head = read_bytes(root, file, _MOST_HEAD).partition(b"\n")[0]
            if json.loads(head).get("file") == digest:
                return PurePosixPath(file).stem
    return None
