"""Rows and lines of a document as answers: the answer to a question is in the cells after it, or in the next lines."""

from collections.abc import Iterable

from csg.forms.answers.sheet import Answer, Piece, Sheet, tidy
from csg.forms.questions import END, Code, Codes, plain_tag, tags_in


def sheet_of(file: str, pieces: Iterable[Piece], codes: Codes) -> Sheet:
    """Return the answers of a file from its pieces."""
    answers: list[Answer] = []
    titles: list[tuple[str, str]] = []
    tags: list[str] = []
    open_code: Code | None = None
    lines: list[str] = []
    position = ""

    def close() -> None:
        nonlocal open_code, lines
        if open_code and open_code.field:
            answers.append(Answer(open_code, tidy("\n".join(lines)), position))
        open_code, lines = None, []

    for piece in pieces:
        index, found = _code_in(piece, codes)
        if found is None:
            text = "\n".join(cell for cell in piece.cells if cell)
            tags += tags_in(text)
            if plain_tag(text) == plain_tag(END) or any(plain_tag(END) == tag for tag in tags_in(text)):
                close()
            elif open_code and len(piece.cells) == 1:
                lines.append(piece.cells[0])
            continue
        code, start, end = found
        close()
        text = piece.cells[index]
        others = [cell for number, cell in enumerate(piece.cells) if number > index]
        if not code.field:
            title = text[end:].strip() or next((cell.strip() for cell in others if cell.strip()), "")
            titles.append((code.activity, title))
            open_code = code
        elif others:
            # The label can be a cell of its own between the code and the answer.
            has_label = len(others) > 1 and text[:start].strip() == "" and text[end:].strip() == ""
            answers.append(Answer(code, tidy("\n".join(filter(None, others[1 if has_label else 0 :]))), piece.position))
        else:
            open_code, position = code, piece.position
            lines = [codes.answer_on_line(code, text[end:])]
    close()
    return Sheet(file, tuple(answers), tuple(tags), tuple(titles))


def _code_in(piece: Piece, codes: Codes) -> tuple[int, tuple[Code, int, int] | None]:
    """Return the first cell with a code, and the code."""
    for index, cell in enumerate(piece.cells):
        if "[" in cell and (found := codes.find(cell)):
            return index, found
    return 0, None
