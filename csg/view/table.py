"""A table of plain text, wrapped to a width.

rich can make such tables too, but for a plan of 10,000 activities it takes six times as long as reading the plan.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

GAP = "  "
"""The text between two columns."""


def table_lines(
    heads: Sequence[str],
    columns: Sequence[Sequence[str]],
    widths: Sequence[int],
    styles: Mapping[str, str],
    head_style: str = "",
) -> Iterator[str]:
    """Yield the lines of a table: its heading, a line below it, and its rows.

    ``columns`` has the text of each row, column by column. ``styles`` has the escape sequence of a whole cell's text.
    """
    cache: dict[tuple[str, int], list[str]] = {}

    def folded(text: str, width: int) -> list[str]:
        lines = cache.get((text, width))
        if lines is None:
            lines = cache[text, width] = fold(text, width)
        return lines

    yield from _row_lines([fold(head, width) for head, width in zip(heads, widths, strict=True)], widths, [head_style])
    yield "─" * (sum(widths) + len(GAP) * (len(widths) - 1))
    for texts in zip(*columns, strict=True):
        cells = [folded(text, width) for text, width in zip(texts, widths, strict=True)]
        yield from _row_lines(cells, widths, [styles.get(text, "") for text in texts] if styles else [""])


def _row_lines(cells: Sequence[list[str]], widths: Sequence[int], styles: Sequence[str]) -> Iterator[str]:
    """Yield the lines of one row; the style of a cell is that of its column, or the only style."""
    styles = styles if len(styles) == len(cells) else [*styles] * len(cells)
    for number in range(max(map(len, cells), default=0)):
        parts = []
        for lines, width, style in zip(cells, widths, styles, strict=True):
            text = lines[number] if number < len(lines) else ""
            blanks = " " * (width - cell_width(text))
            parts.append(f"{style}{text}{RESET if style and text else ''}{blanks}" if text else blanks)
        yield GAP.join(parts).rstrip(" ")


RESET = "\x1b[0m"


def cell_width(text: str) -> int:
    """Return the width of a text in columns of a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def longest_line(texts: Iterable[str]) -> int:
    """Return the width of the longest line of some texts."""
    return max((cell_width(line) for text in set(texts) for line in text.split("\n")), default=0)


def longest_word(texts: Iterable[str]) -> int:
    """Return the width of the longest word of some texts."""
    return max((cell_width(word) for text in set(texts) for word in text.split()), default=0)


def fitted(widths: Sequence[int], words: Sequence[int], room: int) -> list[int]:
    """Return the widths of columns so that a table fits: the widest columns get narrower first.

    A column becomes narrower than its longest word (``words``) only if the table does not fit otherwise.
    """
    fitted = [max(1, min(width, room)) for width in widths]
    for least in ([max(1, word) for word in words], [1] * len(fitted)):
        for _ in range(sum(fitted) + len(GAP) * (len(fitted) - 1) - room):
            wide = [index for index, width in enumerate(fitted) if width > least[index]]
            if not wide:
                break
            fitted[max(wide, key=fitted.__getitem__)] -= 1
    return fitted


def fold(text: str, width: int) -> list[str]:
    """Return the lines of a text in a column, broken between words, or in a word that is longer than a line.

    >>> fold("one two three", 7)
    ['one two', 'three']
    """
    if len(text) <= width and text.isascii() and "\n" not in text:
        return [text]
    return [line for paragraph in text.split("\n") for line in _fold_line(paragraph, width)]


def _fold_line(text: str, width: int) -> list[str]:
    if cell_width(text) <= width:
        return [text]
    lines: list[str] = []
    room = 0
    for word in text.split():
        size = cell_width(word)
        if lines and size < room:
            lines[-1] += f" {word}"
            room -= size + 1
            continue
        pieces = [word] if size <= width else _pieces(word, width)
        lines += pieces
        room = width - cell_width(pieces[-1])
    return lines or [""]


def _pieces(word: str, width: int) -> list[str]:
    """Return the parts of a word that is longer than a line."""
    if word.isascii():
        return [word[start : start + width] for start in range(0, len(word), width)]
    from rich.cells import chop_cells

    return chop_cells(word, width)
