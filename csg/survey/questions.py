"""Make questions from counted columns. None of these counts may be published yet."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from csg.model.review import Kind
from csg.survey.answers import REST, Answers
from csg.survey.corrections import Asked
from csg.survey.countries import Gazetteer, asks_for_country
from csg.survey.headers import OTHER, key
from csg.survey.scales import in_order
from csg.survey.services.base import Group
from csg.survey.tally import Tally, pieces


class Counted(NamedTuple):
    """A question with the counts of its choices, as they are.

    ``codes`` are the countries that choices name, ``present`` those that are only listed because they were chosen,
    ``common`` those that are only listed because enough people chose them. ``columns`` are the columns of its answers,
    ``labels_in`` returns the choices that their cells in one row count for, ``seed`` is the digest of the answers.
    ``is_joined`` is true if its cells have several choices that cannot be separated, ``parts`` are choices that could
    be separated at commas.
    """

    id: str
    text: str
    kind: Kind
    answered: int
    counts: dict[str, int]
    codes: Mapping[str, str]
    present: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    common: frozenset[str] = frozenset()
    columns: tuple[int, ...] = ()
    labels_in: Callable[[Sequence[str]], frozenset[str]] = frozenset
    seed: bytes = b""
    is_joined: bool = False
    parts: tuple[str, ...] = ()


def counted(group: Group, tallies: Mapping[int, Tally], answered: int, asked: Asked) -> Iterator[Counted]:
    """Return the questions of a group of columns: one, or one for each of its rows.

    An answer that fewer people than the threshold gave is free text, and is handed to the tallies' keeper.
    """
    for column in group.beside:
        tallies[column].set_free()
    text = group.text
    if not group.labels:
        yield _one_column(group, tallies[group.columns[0]], answered, asked)._replace(text=text)
        return
    ticked = _ticked(group, tallies)
    if ticked is not None and asked.kind in (None, "several-choices"):
        codes = asked.for_country.known(ticked) if asked.for_country else {}
        unknown = tuple(label for label in ticked if codes and ticked[label] and label not in codes)
        present = frozenset(label for label in ticked if label in codes)
        question = Counted(group.id, text, "several-choices", answered, ticked, codes, present, unknown)
        seed = b"".join(tallies[column].pattern.digest for column in group.columns)
        yield question._replace(columns=group.columns, labels_in=partial(_ticks, group, tuple(ticked)), seed=seed)
        return
    yield from _rows(group, tallies, asked, text, answered)


def is_for_country(group: Group, tallies: Mapping[int, Tally], names: Gazetteer) -> bool:
    """Return whether names of countries are the answers to a question, or its choices."""
    if group.labels:
        return bool(names.codes(group.labels))
    tally, asked = tallies[group.columns[0]], asks_for_country(group.text)
    return any(names.codes(pieces(tally.counts, separator), asked=asked) for separator in ("", *group.separators))


def _one_column(group: Group, tally: Tally, answered: int, asked: Asked) -> Counted:
    reader = Answers(group, tally, asked)
    counts = dict(reader.counts)
    if group.beside and reader.kind == "one-choice":
        if answered > tally.answered:
            counts[group.other] = counts.get(group.other, 0) + answered - tally.answered
    else:
        answered = tally.answered  # a text beside the question is not an answer to it
    reader.let_go()
    question = Counted(
        group.id, group.text, reader.kind, answered, counts, reader.codes, reader.present, reader.unknown
    )
    seed, common = tally.pattern.digest, reader.common - {group.other}
    if group.beside and reader.kind == "one-choice":
        labels_in = partial(_labels, reader, group.other)
        return question._replace(columns=group.cells, labels_in=labels_in, seed=seed, common=common)
    question = question._replace(is_joined=reader.is_joined, parts=reader.parts)
    return question._replace(columns=group.columns, labels_in=partial(_labels, reader, ""), seed=seed, common=common)


def _labels(reader: Answers, other: str, cells: Sequence[str]) -> frozenset[str]:
    """Return the choices in the cells of a question with one column, and perhaps one for another answer beside it."""
    return reader.labels_of(cells[0]) or frozenset([other] if any(map(str.strip, cells[1:])) else [])


def _ticks(group: Group, names: tuple[str, ...], cells: Sequence[str]) -> frozenset[str]:
    """Return the choices whose columns are ticked."""
    return frozenset(
        name
        for name, cell in zip(names, cells, strict=True)
        if cell.strip() and (not group.yes or key(cell) in group.yes)
    )


def _rows(group: Group, tallies: Mapping[int, Tally], asked: Asked, text: str, answered: int) -> Iterator[Counted]:
    """Return each row of a question by itself."""
    readers = [Answers(group, tallies[column], asked) for column in group.columns]
    # The rows of one question have one scale: a choice that enough people took in one row is a choice of all rows.
    scale = {key(label): label for reader in readers for label in reader.counts if label != REST}
    for reader in readers:
        if reader.kind == "one-choice":
            reader.take(asked.choices or tuple(in_order(frozenset(scale.values()))))
            reader.kind = "rating"
    counts = [reader.counts for reader in readers]
    small = any(count < asked.threshold for each in counts for count in each.values())
    is_published = not (small and _is_ranking(counts, answered))
    for column, label, reader in zip(group.columns, _unique(group.labels), readers, strict=True):
        reader.let_go()
        name = f"{group.id}.{group.columns.index(column) + 1}"
        counts_of = dict(reader.counts) if is_published else {}
        row = f"{text} – {label}"
        question = Counted(name, row, reader.kind, tallies[column].answered, counts_of, reader.codes, reader.present)
        labels_in, seed = partial(_labels, reader, ""), tallies[column].pattern.digest
        yield question._replace(columns=(column,), labels_in=labels_in, seed=seed)


def _unique(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return labels of which no two are the same: a later one gets a number."""
    found: list[str] = []
    for place, label in enumerate(labels):
        number = labels[:place].count(label)
        found.append(f"{label} ({number + 1})" if number else label)
    return tuple(found)


def _is_ranking(rows: list[dict[str, int]], answered: int) -> bool:
    """Return whether everybody gave each rank (or each item) once, so that counts add up over the rows too.

    Nearly everybody is enough: one who left a row out, or had no opinion, does not change the result.
    """
    sums: Counter[str] = Counter()
    for row in rows:
        sums.update(row)
    often = [number for number in sums.values() if number >= 0.8 * answered]
    return len(often) >= 2 and max(sums.values()) <= answered and sum(often) >= 0.8 * sum(sums.values())


def _ticked(group: Group, tallies: Mapping[int, Tally]) -> dict[str, int] | None:
    """Return how many people ticked each choice, if each column is a choice: its cells are its label, or yes and no.

    The last column can be for other choices, in people's own words.
    """
    found: dict[str, int] = {}
    named = zip(group.columns, group.labels, _unique(group.labels), strict=True)
    for number, (column, label, name) in enumerate(named, 1):
        tally = tallies[column]
        answers = {key(answer) for answer in tally.counts}
        last = number == len(group.columns)
        if not tally.free and answers <= {key(label), key(label.rpartition(" - ")[2])}:
            found[name] = tally.answered
        elif not tally.free and group.yes and answers <= group.yes | group.no:
            found[name] = sum(count for answer, count in tally.counts.items() if key(answer) in group.yes)
        elif any(found.values()) and not group.yes and (last or OTHER.search(label)):
            found[name] = tally.answered
            tally.set_free()
        else:
            return None
    return found
