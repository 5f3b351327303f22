"""What is published of a question's counts, and what whoever knows the rules can make of it."""

import itertools
import random
from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from csg.model.disclosure import Bounds, PublishedCount, Rule, count_bounds, published_counts

COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=9)


def lots(seed: int) -> list[float]:
    """Lots that are the same for a seed."""
    chance = random.Random(seed)  # noqa: S311
    return [chance.random() for _ in range(10)]


def derivable(row: list[PublishedCount], total: int) -> list[int]:
    """The cells that are not told and that the linear system of what is published determines: solved by elimination."""
    width = len(row)
    matrix = [[Fraction(1)] * width + [Fraction(total)]]
    for index, cell in enumerate(row):
        if isinstance(cell, int):
            matrix.append([Fraction(index == column) for column in range(width)] + [Fraction(cell)])
    rank = 0
    for column in range(width):
        pivot = next((line for line in range(rank, len(matrix)) if matrix[line][column]), None)
        if pivot is not None:
            matrix[rank], matrix[pivot] = matrix[pivot], matrix[rank]
            matrix[rank] = [value / matrix[rank][column] for value in matrix[rank]]
            for line in range(len(matrix)):
                if line != rank and (factor := matrix[line][column]):
                    matrix[line] = [a - factor * b for a, b in zip(matrix[line], matrix[rank], strict=True)]
            rank += 1
    solved = [line[:-1] for line in matrix if sum(1 for value in line[:-1] if value) == 1]
    return [line.index(Fraction(1)) for line in solved if isinstance(row[line.index(Fraction(1))], str)]


def possible(row: list[PublishedCount], rule: Rule) -> list[set[int]]:
    """By trying them all: the counts that each cell can have, given what is published and nothing else."""
    above = rule.threshold if any(str(cell).startswith("fewer") for cell in row) else 0
    cells: list[Iterable[int]] = []
    for cell in row:
        hidden = range(above, rule.answered + 1) if cell == "hidden" else range(rule.threshold)
        cells.append([cell] if isinstance(cell, int) else hidden)
    found: list[set[int]] = [set() for _ in row]
    for each in itertools.product(*cells):
        if sum(each) == rule.answered:
            for index, count in enumerate(each):
                found[index].add(count)
    return found


@given(counts=COUNTS, seed=st.integers(0, 5), threshold=st.integers(3, 8), least=st.integers(0, 1))
def test_no_hidden_count_follows_from_what_is_published(
    counts: list[int], seed: int, threshold: int, least: int
) -> None:
    """No count below the threshold is told; no hidden one is the only one that fits; each small one can be any."""
    counts = [count + least for count in counts]
    rule = Rule(sum(counts), threshold, present=frozenset(range(len(counts))) if least else frozenset())
    row = published_counts(counts, rule, lots(seed))
    assert len(row) in (0, len(counts))
    assert [cell for cell in row if isinstance(cell, int) and cell < threshold] == []
    assert [cell for cell, count in zip(row, counts, strict=False) if isinstance(cell, int) and cell != count] == []
    assert derivable(row, rule.answered) == []
    for cell, bounds, count in zip(row, count_bounds(row, rule), counts, strict=False):
        assert bounds.least <= count <= bounds.most
        if isinstance(cell, str):
            assert bounds.most - bounds.least >= min(2, threshold - 1 - least)
        if isinstance(cell, str) and cell.startswith("fewer"):
            assert bounds == Bounds(least, threshold - 1)


@given(counts=st.lists(st.integers(0, 9), min_size=1, max_size=4), seed=st.integers(0, 5))
def test_the_bounds_are_those_that_trying_all_counts_gives(counts: list[int], seed: int) -> None:
    """What is known of each cell is neither more nor less than what fits."""
    rule = Rule(sum(counts), 5)
    row = published_counts(counts, rule, lots(seed))
    for bounds, fitting in zip(count_bounds(row, rule), possible(row, rule), strict=True):
        assert (bounds.least, bounds.most) == (min(fitting), max(fitting))


@given(data=st.data(), answered=st.integers(1, 60), threshold=st.integers(3, 8), seed=st.integers(0, 5))
def test_of_several_choices_no_small_count_follows_either(
    data: st.DataObject, answered: int, threshold: int, seed: int
) -> None:
    """Nor how many of those who answered did not choose one, where they are few."""
    counts = data.draw(st.lists(st.integers(0, answered), min_size=1, max_size=8))
    counts[0] = max(counts[0], answered - sum(counts[1:]))
    rule = Rule(answered, threshold, several=True)
    row = published_counts(counts, rule, lots(seed))
    for cell, bounds in zip(row, count_bounds(row, rule), strict=False):
        if isinstance(cell, int):
            assert cell >= threshold
            assert cell == answered or answered - cell >= threshold
        else:
            assert bounds.most - bounds.least >= 2


def test_whoever_knows_how_it_is_done_cannot_work_one_out_either() -> None:
    """All tables of four choices up to 17 answers, all ways they may be published: no view fits one count alone."""
    for answered in range(5, 18):
        rule = Rule(answered, 5)
        views: dict[tuple[PublishedCount, ...], list[tuple[int, ...]]] = defaultdict(list)
        for counts in itertools.product(range(answered + 1), repeat=4):
            if sum(counts) == answered:
                for order in itertools.permutations(range(4)):
                    views[tuple(published_counts(counts, rule, order))].append(counts)
        for view, tables in views.items():
            for index, cell in enumerate(view):
                if isinstance(cell, str):
                    fitting = {table[index] for table in tables}
                    assert max(fitting) - min(fitting) >= 2, view


def test_too_few_tell_nothing() -> None:
    """Where fewer than the threshold answered, or all would follow from how many there are."""
    assert published_counts([2, 1], Rule(3, 5), lots(1)) == []
    assert published_counts([1, 1, 1, 1, 1], Rule(5, 5, present=frozenset(range(5))), lots(1)) == []
    assert published_counts([47, 3], Rule(50, 5), lots(1)) == ["hidden", "hidden"]
    assert published_counts([20, 25, 5], Rule(50, 5), lots(1)) == [20, 25, 5]
