"""Rows and lines of a document as answers: the answer to a question is in the cells after it, or in the next lines.

Text that is neither csg's own nor an answer is a remark: a lead wrote it, and it is never dropped without a word.
"""

from collections.abc import Iterable

from csg.forms.answers.sheet import OBJECT, Answer, Piece, Sheet, tidy
from csg.forms.own_words import is_own
from csg.forms.questions import END, Code, Codes, plain_tag, tags_in
from csg.problem import shown

_LINES_ABOVE = 2
"""The lines above the first title that are not known as csg's own: the name of the form, and that of the lead."""
_MOST_SHOWN = 200


def sheet_of(file: str, pieces: Iterable[Piece], codes: Codes, remarks: Iterable[str] = ()) -> Sheet:
    """Return the answers of a file from its pieces. ``remarks`` is text beside them, such as comments."""
    reader = _Reader(codes)
    for piece in pieces:
        reader.read(piece)
    reader.close()
    found = (tuple(reader.answers), tuple(reader.tags), tuple(reader.titles), (*reader.remarks, *remarks))
    return Sheet(file, *found, asides=tuple(reader.words_above()))


class _Reader:
    """Reads pieces one after the other, and remembers the question whose answer can go on."""

    def __init__(self, codes: Codes) -> None:
        self.answers: list[Answer] = []
        self.tags: list[str] = []
        self.titles: list[tuple[str, str]] = []
        self.remarks: list[str] = []
        self._codes = codes
        self._open: Code | None = None
        self._lines: list[str] = []
        self._position = ""
        self._first_lines: dict[str, None] = {}
        """The lines above the first title: the name of the form, of the lead, and the tag."""

    def read(self, piece: Piece) -> None:
        """Read a piece."""
        for index, cell in enumerate(piece.cells):
            if "[" in cell and (found := self._codes.find(cell)):
                self._read_code(piece, index, *found)
                return
        self._read_other(piece)

    def words_above(self) -> list[str]:
        """Return the words above the first title if a lead can have written some of them."""
        words = [line for line in self._first_lines if not (is_own(line) or tags_in(line))]
        return [f"these words: '{shown(' / '.join(words), _MOST_SHOWN)}'"] if len(words) > _LINES_ABOVE else []

    def close(self) -> None:
        """End the answer that is open."""
        if self._open and self._open.field:
            self.answers.append(Answer(self._open, tidy("\n".join(self._lines)), self._position))
        self._open, self._lines = None, []

    def _read_code(self, piece: Piece, index: int, code: Code, start: int, end: int) -> None:
        text = piece.cells[index]
        others = list(piece.cells[index + 1 :])
        before = self._codes.without_label(code, text[:start])
        if code.field and not others and not text[:start].strip():
            self._lines = self._codes.without_last_label(code, self._lines)
        self.close()
        self.remarks += [words for cell in (*piece.cells[:index], before) if (words := self._words_of_lead(cell))]
        if not code.field:
            title, *more = [cell.strip() for cell in (text[end:], *others) if cell.strip()] or [""]
            if self._codes.is_second_title(code.activity, title, self.titles):
                more.insert(0, title)
            self.titles.append((code.activity, title))
            self.remarks += [words for cell in more if (words := self._words_of_lead(cell))]
            self._open = code
        elif others:
            self._read_row(piece, code, text[end:], others)
        else:
            self._open, self._position = code, piece.position
            self._lines = [self._codes.answer_on_line(code, text[end:])]

    def _read_row(self, piece: Piece, code: Code, after: str, others: list[str]) -> None:
        """Read the row of a question. Its answer is in the cells after it, or below its words in the same cell."""
        beside = tidy(self._codes.answer_on_line(code, after))
        if not beside and self._codes.has_label(code, others[0]):  # the words are in a cell of their own
            beside = tidy(self._codes.without_label(code, others.pop(0)))
        answer = tidy("\n".join(filter(None, others)))
        if answer and beside:
            self.remarks.append(beside)
        self.answers.append(Answer(code, answer or beside, piece.position))

    def _read_other(self, piece: Piece) -> None:
        text = "\n".join(cell for cell in piece.cells if cell)
        tags = tags_in(text)
        self.tags += tags
        if plain_tag(END) in tags:
            self.close()
        elif self._open and self._open.field and len(piece.cells) == 1:
            self._lines.append(text)
        elif not self.titles and not self._can_be_answer(text):
            self._first_lines |= dict.fromkeys(line.strip() for line in text.split("\n"))
        elif self._can_be_answer(text) and (words := self._words_of_lead(text)):
            self.remarks.append(words)

    def _words_of_lead(self, text: str) -> str:
        """Return the lines of a text that are not csg's own. A form that was copied has its first lines twice."""
        lines = (line for line in text.split("\n") if not (is_own(line) or self._codes.is_label(line)))
        return "\n".join(line for line in lines if line.strip() not in self._first_lines).strip()

    def _can_be_answer(self, text: str) -> bool:
        """Return whether a text can be an answer: below the first title, beside a question, or naming an activity."""
        has_label = any(self._codes.is_label(line) for line in text.split("\n"))
        return bool(self.titles) or has_label or OBJECT in text or self._codes.names_activity(text)
