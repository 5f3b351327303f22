"""Counted columns to questions: what each asks for, how many gave each answer. Nothing of it may be published yet."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from csg.checks.personal import personal, plain
from csg.exchange.countries import country_codes
from csg.exchange.headers import OTHER, key
from csg.exchange.surveys import Group
from csg.exchange.tally import MOST_CHOICES, SEPARATORS, Tally, is_number, pieces
from csg.model.base import Id, Record, Several, Words
from csg.model.review import Kind
from csg.problem import Problem, Refused

LONGEST_CHOICE = 200
REST = "Other answers"
"""What answers are called together that too few gave for their words to be told."""
_YES, _NO = frozenset({"1", "true"}), frozenset({"0", "false", "n/a"})


class Correction(Record):
    """What was guessed wrong of a question: its kind, its choices or its text. ``leave-out`` leaves it out."""

    id: Id
    kind: Kind | Literal["leave-out"] | None = None
    text: Words | None = None
    choices: Several[Words] = ()


class Corrections(Record):
    """The whole of a file of corrections."""

    questions: Several[Correction]


class Counted(NamedTuple):
    """A question with the counts of its choices, as they are. ``codes`` are the countries that choices name."""

    id: str
    text: str
    kind: Kind
    answered: int
    counts: dict[str, int]
    codes: Mapping[str, str]


def counted(
    group: Group, tallies: Mapping[int, Tally], answered: int, threshold: int, correction: Correction | None
) -> Iterator[Counted]:
    """The questions of a group of columns: one, or one for each of its rows.

    Answers that fewer than the threshold gave are words of theirs, and are told to the tallies' keeper as free text.
    """
    for column in group.beside:
        tallies[column].set_free()
    text = correction.text if correction and correction.text else group.text
    kind = correction.kind if correction and correction.kind != "leave-out" else None
    choices = correction.choices if correction else ()
    if not group.labels:
        answers = tallies[group.columns[0]].counts
        if group.free and kind is None and not all(map(is_number, answers)) and not country_codes(answers):
            kind = "text"
        reader = _Reader(group.id, tallies[group.columns[0]], threshold, kind, choices)
        reader.let_go()
        counts = dict(reader.counts)
        rest = answered - sum(counts.values())
        if group.beside and reader.kind == "one-choice" and rest > 0:
            counts[group.other] = counts.get(group.other, 0) + rest
        yield Counted(group.id, text, reader.kind, answered, counts, reader.codes)
        return
    ticked = _ticked(group, tallies)
    if ticked is not None and kind in (None, "several-choices"):
        yield Counted(group.id, text, "several-choices", answered, ticked, country_codes(ticked))
        return
    readers = [_Reader(group.id, tallies[column], threshold, kind, choices) for column in group.columns]
    # The rows of one question have one scale: what enough chose in one of them is a choice of all.
    scale = tuple(dict.fromkeys(label for reader in readers for label in reader.counts if label != REST))
    for number, (label, reader) in enumerate(zip(group.labels, readers, strict=True), 1):
        if reader.kind == "one-choice":
            reader.take(scale)
        reader.let_go()
        row_kind: Kind = "rating" if reader.kind == "one-choice" else reader.kind
        answered = tallies[group.columns[number - 1]].answered
        yield Counted(
            f"{group.id}.{number}", f"{text} – {label}", row_kind, answered, dict(reader.counts), reader.codes
        )


def _ticked(group: Group, tallies: Mapping[int, Tally]) -> dict[str, int] | None:
    """How many ticked each choice, where each column is one: its cells are its label, its number, or a yes or no."""
    found: dict[str, int] = {}
    for number, (column, label) in enumerate(zip(group.columns, group.labels, strict=True), 1):
        tally = tallies[column]
        answers = {key(answer) for answer in tally.counts}
        if not tally.free and answers <= {key(label), key(label.rpartition(" - ")[2]), str(number)}:
            found[label] = tally.answered
        elif not tally.free and answers <= _YES | _NO:
            found[label] = sum(count for answer, count in tally.counts.items() if key(answer) in _YES)
        elif OTHER.search(label) and found:
            found[label] = tally.answered
            tally.set_free()
        else:
            return None
    return found


class _Reader:
    """The answers of one column as those to a question: its kind, and the counts of its choices."""

    def __init__(
        self, question: str, tally: Tally, threshold: int, kind: Kind | None, choices: tuple[str, ...]
    ) -> None:
        self._tally, self._threshold = tally, threshold
        self._all = tally.counts
        self._rest: Counter[str] = Counter()
        self.codes: Mapping[str, str] = {}
        self.counts: dict[str, int] = {}
        separator = tally.separator or ("" if country_codes(self._all) else _separator(self._all, choices))
        self.kind: Kind = kind or self._guess(separator, choices)
        if self.kind == "number" and not all(map(is_number, self._all)):
            hint = "correct its kind in the file of questions"
            raise Refused(Problem("CSG702", f"{question} has answers that are no numbers", hint=hint))
        if self.kind == "several-choices" and not tally.separator and separator:
            self._all = pieces(self._all, separator)
        if self.kind == "text" or tally.free:
            tally.set_free()
        elif self.kind == "number":
            self.counts = _bands(self._all)
        elif self.kind == "rating" and all(map(_is_grade, self._all)):
            self.counts = _grades(self._all)
        else:
            self.codes = {} if choices else country_codes(self._all)
            self.take(choices)

    def _guess(self, separator: str, choices: tuple[str, ...]) -> Kind:
        if self._tally.free:
            return "text"
        if separator:
            return "several-choices"
        if choices:
            return "one-choice"
        answers, total = self._all, sum(self._all.values())
        if answers and all(map(is_number, answers)):
            return "rating" if all(map(_is_grade, answers)) else "number"
        if country_codes(answers):
            return "one-choice"
        short = all(len(answer) <= LONGEST_CHOICE and "\n" not in answer for answer in answers)
        # What all answered alike is no choice that they had; and nothing would be known by its count.
        return "one-choice" if short and 1 < len(answers) <= min(MOST_CHOICES, total // 2) else "text"

    def take(self, choices: tuple[str, ...]) -> None:
        """Count the answers that are choices: named, countries, or given by enough. The others are free text."""
        names = {key(choice): choice for choice in choices}
        counts: dict[str, int] = dict.fromkeys(choices, 0)
        self._rest = Counter()
        for answer, number in sorted(self._all.items(), key=lambda pair: pair[0].casefold()):
            label = names.get(key(answer)) or (answer if answer in self.codes else None)
            if label is None and not names and number >= self._threshold and _is_label(answer):
                label = answer
            if label is None:
                self._rest[answer] += number
            else:
                counts[label] = counts.get(label, 0) + number
        if self._rest:
            counts[REST] = sum(self._rest.values())
        self.counts = counts

    def let_go(self) -> None:
        """Give what is no choice to whoever keeps free text."""
        self._tally.spill(self._rest)


def _is_label(answer: str) -> bool:
    """Whether an answer may be a choice: short, and with nothing personal in it."""
    return len(answer) <= LONGEST_CHOICE and "\n" not in answer and not any(personal(plain(answer), 0, len(answer)))


def _separator(counts: Counter[str], choices: tuple[str, ...]) -> str:
    """What stands between the choices of one answer; nothing where each is one choice.

    Microsoft ends each choice with a semicolon. Elsewhere it must be that the parts are fewer than what they make up.
    """
    if any(answer.endswith(";") for answer in counts):
        return ";"
    for separator in SEPARATORS:
        parts = pieces(counts, separator)
        joined = sum(separator in answer for answer in counts)
        if choices and joined and all(key(part) in map(key, choices) for part in parts):
            return separator
        if joined > 1 and len(parts) < len(counts) and len(parts) <= MOST_CHOICES:
            return separator
    return ""


def _is_grade(answer: str) -> bool:
    return bool(re.fullmatch(r"\d|10", answer, re.ASCII))


def _grades(counts: Counter[str]) -> dict[str, int]:
    """Grades on the least of the usual scales that has them all: of 1 to 5, 1 to 7, 1 to 10, 0 to 10."""
    least, most = min(map(int, counts)), max(map(int, counts))
    first, last = next(scale for scale in ((1, 5), (1, 7), (1, 10), (0, 10)) if scale[0] <= least and most <= scale[1])
    return {str(grade): counts[str(grade)] for grade in range(first, last + 1)}


def _bands(counts: Counter[str]) -> dict[str, int]:
    """Numbers in at most ten bands whose width is a round number."""
    numbers = {float(answer.replace(",", ".")): 0 for answer in counts}
    for answer, count in counts.items():
        numbers[float(answer.replace(",", "."))] += count
    low, high = min(numbers), max(numbers)
    whole = all(number.is_integer() for number in numbers)
    widths = (step * 10**power for power in range(-6 if not whole else 0, 16) for step in (1, 2, 5))
    width = next(width for width in widths if high // width - low // width < 10)
    bands: dict[str, int] = {}
    for band in range(int(low // width), int(high // width) + 1):
        first, last = band * width, (band + 1) * width
        label = (
            f"{first:g}"
            if whole and width == 1
            else f"{first:g} to {last - 1:g}"
            if whole
            else f"{first:g} to under {last:g}"
        )
        bands[label] = sum(count for number, count in numbers.items() if number // width == band)
    return bands
