"""Count answers, a batch of rows at a time: the memory does not grow with the number of rows."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from csg.checks.text import UNSEEN
from csg.survey.draw import Pattern
from csg.survey.headers import key

BATCH = 150
"""Rows that are counted together: as many as fit a processor's cache (with 2,000 it takes half as long again)."""
MOST_ANSWERS = 1_000
"""Different answers that a column of choices can have. With more, each answer is free text, or rare."""
MOST_NUMBERS = 50_000
MOST_CHOICES = 60
"""Choices that a question can have, countries aside."""

Column = Sequence[str]
Keep = Callable[[int, Sequence[str] | Counter[str]], None]
"""Called with the number of a column and free texts from it."""


class Tally:
    """The counts of one column: of each answer, while they are few. Free text is handed to ``keep``.

    If there are too many answers, those that are choices by then are known, each alone or with others between one of
    the ``separators``; whatever comes besides is free text, and only how many gave such an answer is counted. They are
    the ``choices``, where somebody has named them.
    """

    def __init__(self, number: int, separators: tuple[str, ...], choices: tuple[str, ...], keep: Keep) -> None:
        self.number = number
        self.pattern = Pattern()
        self.free = False
        self.separator = ""
        self.others = 0
        self._separators = separators
        self._choices = choices
        self._known: frozenset[str] | None = None
        self._most = MOST_ANSWERS
        self._counts: Counter[str] = Counter()
        self._answered = 0
        self._keep = keep

    def add(self, column: Column) -> None:
        """Count the answers of a batch."""
        if self.free:
            texts = [answer for answer in column if answer and (len(answer) > 4 or answer.strip() not in NO_ANSWER)]
            self._answered += len(texts)
            self._keep(self.number, texts)
            return
        self.pattern.add(column)
        if self._known is not None:
            self._add_known(Counter(column))
        else:
            self._counts.update(column)
            if len(self._counts) > self._most:
                self._decide()

    def _add_known(self, counts: Counter[str]) -> None:
        assert self._known is not None
        rest: Counter[str] = Counter()
        for answer, number in cleaned(counts).items():
            parts = split(answer, self.separator, self._choices)
            for part in self._known.intersection(parts):
                self._counts[part] += number
            if not self._known.issuperset(parts):
                rest[answer] += number
            self._answered += number if parts else 0
        self.others += sum(rest.values())
        self._keep(self.number, rest)

    def _decide(self) -> None:
        """Reduce too many answers: they are numbers, or a few are choices, or all are free text."""
        counts, total = self.counts, self.answered
        if self._most < MOST_NUMBERS and all(map(is_number, counts)):
            self._most = MOST_NUMBERS
            return
        enough = total // 100
        separator = separator_of(counts, self._separators, self._choices, enough)
        named, parts = set(map(key, self._choices)), pieces(counts, separator, self._choices)
        often = frozenset(part for part, number in parts.items() if (key(part) in named if named else number >= enough))
        covered = sum(
            counts[answer] for answer in counts if often.intersection(split(answer, separator, self._choices))
        )
        if covered >= 0.5 * total and len(often) <= MOST_CHOICES:
            self._known, self.separator, self._counts, self._answered = often, separator, Counter(), 0
            self._add_known(counts)
        else:
            self.set_free()

    def spill(self, rare: Counter[str]) -> None:
        """Treat some of the answers as free text; they stay counted."""
        self._keep(self.number, rare)

    def set_free(self) -> None:
        """Treat all answers as free text."""
        if not self.free:
            counts = self.counts
            self._answered = self.answered
            self.free, self.separator, self._known, self._counts = True, "", None, Counter()
            self._keep(self.number, counts)

    @property
    def counts(self) -> Counter[str]:
        """The counts of answers without blanks at their ends; empty answers are left out."""
        return cleaned(self._counts)

    @property
    def answered(self) -> int:
        """The number of people who answered."""
        return self._answered if self.free or self._known is not None else sum(self.counts.values())


NO_ANSWER = frozenset({"", "-", "–", "—", "."})
"""Words that people write if they have no answer."""


def cleaned(counts: Counter[str]) -> Counter[str]:
    """Return counts of answers without invisible characters and without blanks at their ends.

    Empty answers are left out.
    """
    found: Counter[str] = Counter()
    for answer, number in counts.items():
        text = answer if answer.isascii() else UNSEEN.sub("", answer)
        text = text.strip() if "\n" in text else " ".join(text.split())
        if text not in NO_ANSWER:
            found[text] += number
    return found


_NUMBER = re.compile(r"-?(?:[1-9]\d{0,2},\d{3}(?:\.\d{1,6})?|\d{1,6}(?:[.,]\d{1,6})?)", re.ASCII)


def is_number(answer: str) -> bool:
    """Return whether an answer is a number. With seven digits or more it is rather a telephone number."""
    return _NUMBER.fullmatch(answer.strip()) is not None


def split(answer: str, separator: str, choices: Iterable[str] = ()) -> list[str]:
    """Return the parts between separators in an answer, each once. ``choices`` can have separators in them."""
    marks = {"": ""}
    if separator:
        end = r"\s|$" if separator == " " else r"\s*(?:[;,]|$)"
        for choice in sorted((each for each in choices if separator in each), key=len, reverse=True):
            mark = f"\ue000{len(marks)}\ue000"
            marks[mark] = choice
            answer = re.sub(rf"(?i)(?<![^;,\s]){re.escape(choice)}(?={end})", mark, answer)
    parts = (part.strip() for part in (answer.split(separator) if separator else [answer]))
    return list(dict.fromkeys(marks.get(part, part) for part in parts if part))


def pieces(counts: Counter[str], separator: str, choices: Iterable[str] = ()) -> Counter[str]:
    """Return how many people gave each of the choices between separators in their answers."""
    found: Counter[str] = Counter()
    for answer, number in counts.items():
        for part in split(answer, separator, choices):
            found[part] += number
    return found


def separator_of(
    counts: Counter[str],
    separators: tuple[str, ...],
    choices: tuple[str, ...],
    threshold: int,
    whole: tuple[str, ...] = (),
    *,
    is_between: bool = False,
    is_sure: bool = False,
) -> str:
    """Return the separator between the choices of one answer; nothing if each answer is one choice.

    Microsoft ends each choice with it. Elsewhere, answers must be made of parts that enough people gave: there must be
    fewer parts than answers, and one of the parts must be an answer by itself. ``whole`` are labels with separators.
    ``is_between`` is true if the separator cannot be Microsoft's, after each choice, ``is_sure`` if somebody has said
    that there are several choices.
    """
    if separators == (";",) and not is_between:
        return ";" if counts and all(answer.endswith(";") for answer in counts) else ""
    known = {key(choice) for choice in choices}
    whole = choices or whole
    for separator in separators:
        parts = pieces(counts, separator, whole)
        often = {part for part, number in parts.items() if key(part) in known or (number >= threshold and not known)}
        made = {answer: found for answer in counts if often.issuperset(found := split(answer, separator, whole))}
        # Choices that somebody has named can be beside others; else only answers made of choices count.
        split_up = (split(answer, separator, whole) for answer in counts) if known else made.values()
        joined = any(len(found) > 1 and often.intersection(found) for found in split_up)
        some = sum(number for answer, number in counts.items() if often.intersection(split(answer, separator, whole)))
        covered = some >= 0.5 * sum(counts.values())
        alone = often & made.keys()
        is_clear = (alone or is_sure) and (is_sure or len(often) < len(made)) and len(often) <= MOST_CHOICES
        if joined and covered and (known or is_clear):
            return separator
    return ""


def parts_again(counts: Counter[str], separator: str, threshold: int, whole: Iterable[str]) -> tuple[str, ...]:
    """Return the parts between separators if all answers are made of them, and each is in several answers.

    They could be several choices, or labels with a separator in them: only a person can know.
    """
    seen: Counter[str] = Counter()
    for answer in counts:
        seen.update(split(answer, separator, whole))
    people = pieces(counts, separator, whole)
    is_made = all(number > 1 and people[part] >= threshold for part, number in seen.items())
    return tuple(sorted(seen)) if is_made and 1 < len(seen) <= len(counts) else ()


def count(
    rows: Iterable[Sequence[str]], groups: Sequence[Sequence[int]], tallies: Sequence[Tally]
) -> tuple[int, list[int]]:
    """Count rows whose cells are of the tallies' columns, in their order.

    ``groups`` are the positions in a row of the cells of one question. Return the number of rows, and for each group
    the number of rows that have anything in it.
    """
    rows = iter(rows)
    number, answered = 0, [0] * len(groups)
    while batch := list(islice(rows, BATCH)):
        number += len(batch)
        columns: list[Column] = list(zip(*batch, strict=True))
        for tally, column in zip(tallies, columns, strict=True):
            tally.add(column)
        for index, group in enumerate(groups):
            if len(group) > 1:
                answered[index] += sum(
                    map(bool, map(str.strip, map("".join, zip(*[columns[each] for each in group], strict=True))))
                )
    for index, group in enumerate(groups):
        if len(group) == 1:
            answered[index] = tallies[group[0]].answered
    return number, answered
