"""Tables for a terminal or a pipe: no text is lost, and no line is wider than there is room for."""

from hypothesis import example, given
from hypothesis import strategies as st

from csg.view.table import cell_width, fitted, fold, longest_word, table_lines

LETTER = st.sampled_from(["a", "b", "é", "漢", "字", "‍", "́", " ", " ", "\n", "-"])
TEXT = st.text(LETTER, max_size=40)


@given(text=TEXT, width=st.integers(2, 20))
@example(text="漢字漢字", width=3)
@example(text="a" * 30 + " b", width=7)
def test_a_folded_text_is_whole_and_fits(text: str, width: int) -> None:
    """A line is as wide as the column at most, and the letters are all there, in their order."""
    lines = fold(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_width(line) <= width for line in lines)


def test_words_are_broken_only_if_they_are_longer_than_a_line() -> None:
    """As many words as fit are on a line."""
    assert fold("one two three four", 9) == ["one two", "three", "four"]
    assert fold("one abcdefghijkl two", 5) == ["one", "abcde", "fghij", "kl", "two"]
    assert fold("one\n\ntwo three", 5) == ["one", "", "two", "three"]
    assert fold("", 5) == [""]


@given(widths=st.lists(st.integers(0, 300), min_size=1, max_size=8), room=st.integers(40, 200))
def test_columns_fit(widths: list[int], room: int) -> None:
    """No column disappears, and only columns that are too wide for the table get narrower."""
    narrower = fitted(widths, [min(width, 9) for width in widths], room)
    assert sum(narrower) + 2 * (len(narrower) - 1) <= max(room, 3 * len(narrower))
    assert all(1 <= new <= max(old, 1) for new, old in zip(narrower, widths, strict=True))
    if sum(widths) + 2 * len(widths) <= room:
        assert narrower == [max(width, 1) for width in widths]


def test_a_column_is_narrower_than_its_longest_word_only_if_it_must_be() -> None:
    """The column of the long text gives way first."""
    assert fitted([60, 20], [10, 20], 60) == [38, 20]
    assert fitted([60, 20], [10, 18], 30) == [10, 18]
    assert fitted([60, 20], [50, 18], 30) == [14, 14]
    assert longest_word(["a longest word", "b"]) == 7


def test_columns_of_wide_letters_stay_in_line() -> None:
    """A Chinese letter takes two columns, and the escape sequence of a colour takes none."""
    lines = list(
        table_lines(["ID", "Name"], [["漢字", "a"], ["x", "on-track"]], [4, 8], {"on-track": "\x1b[32m"}, "\x1b[1m")
    )
    assert lines == [
        "\x1b[1mID\x1b[0m    \x1b[1mName\x1b[0m",
        "──────────────",
        "漢字  x",
        "a     \x1b[32mon-track\x1b[0m",
    ]


def test_a_row_has_as_many_lines_as_its_longest_cell() -> None:
    """The other cells are empty below their text."""
    lines = list(table_lines(["A", "B"], [["one two", "x"], ["y", "z w"]], [3, 3], {}))
    assert lines == ["A    B", "────────", "one  y", "two", "x    z w"]
