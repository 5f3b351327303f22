"""Read the answers in one column as those to a question: its kind, and the counts of its choices."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from csg.checks.personal import personal, plain
from csg.model.review import Kind
from csg.problem import Refused
from csg.survey.corrections import Asked
from csg.survey.headers import key
from csg.survey.identifiers import is_one_of_a_kind
from csg.survey.labels import with_blanks, with_commas
from csg.survey.numbers import bands, grades, is_coded, is_grade, without_range
from csg.survey.scales import in_order, scale_of
from csg.survey.services.base import Group
from csg.survey.tally import (
    MOST_ANSWERS,
    MOST_CHOICES,
    Tally,
    cleaned,
    is_number,
    parts_again,
    pieces,
    separator_of,
    split,
)

LONGEST_CHOICE = 200
REST = "Other answers"
"""The label of all answers that too few people gave."""


class Answers:
    """The answers in one column, read as those to a question.

    ``kind`` is the kind of the question, ``counts`` has the number for each choice, ``codes`` the countries in choices,
    ``present`` the choices that are only listed because somebody took them, such as the labels of a scale, ``common``
    those that are only listed because as many people as the threshold took them, ``unknown`` the answers to a question
    for a country that name none.
    """

    def __init__(self, group: Group, tally: Tally, asked: Asked) -> None:
        self._tally, self._asked = tally, asked
        self._answers = tally.counts
        self._rest: Counter[str] = Counter()
        self.codes: Mapping[str, str] = {}
        self.counts: dict[str, int] = {}
        self.present: frozenset[str] = frozenset()
        self.unknown: tuple[str, ...] = ()
        self.common: frozenset[str] = frozenset()
        self._labels: Mapping[str, str] | None = None
        self._choices: tuple[str, ...] = ()
        self._scale: tuple[str, ...] = ()
        self._numeric = bool(self._answers) and not tally.others and all(map(is_number, self._answers))
        self._whole: tuple[str, ...] = asked.choices
        self.is_joined = False
        self.parts: tuple[str, ...] = ()
        self._separator = tally.separator or self._find_separator(group)
        self.kind: Kind = asked.kind or self._guess(group)
        if self.kind == "number" and not self._numeric and not (asked.correction and asked.correction.kind):
            self.kind = "text"  # the form says that it is a number, but the answers are something else
        if self.kind == "number" and not self._numeric and self._answers:
            assert asked.correction is not None  # nothing else shows that it is a number
            wrong = asked.correction.problem(
                f"{group.id} has answers that are not numbers", ("kind",), "Correct its kind"
            )
            raise Refused(wrong._replace(code="CSG702"))
        if self.kind == "text" or tally.free:
            tally.set_free()
        elif self.kind == "number":
            self.counts = bands(self._answers, asked.threshold)
        elif self.kind == "rating" and self._numeric and all(map(is_grade, self._answers)):
            self.counts = grades(self._answers)
        else:
            self._separator = self._separator if self.kind == "several-choices" else ""
            self.take(asked.choices)

    def _find_separator(self, group: Group) -> str:
        """Return the separator between choices, and find the labels that have one in them."""
        if self._asked.kind not in (None, "several-choices"):
            return ""
        if group.separators == (" ",) and not self._asked.choices:
            self._whole, is_clear = with_blanks(self._answers)
            self.is_joined = not is_clear
            return " " if self._whole and is_clear else ""
        for separator in group.separators:
            whole = self._asked.choices
            if not whole and separator == ", " and len(self._answers) <= MOST_ANSWERS:
                whole = with_commas(self._answers, separator)
            between = len(group.separators) > 1
            threshold = self._asked.threshold
            sure = self._asked.kind == "several-choices"
            if separator_of(
                self._answers, (separator,), self._asked.choices, threshold, whole, is_between=between, is_sure=sure
            ):
                self._whole = whole
                return separator
            if not self._asked.kind and len(self._answers) <= MOST_CHOICES:
                self.parts = self.parts or parts_again(self._answers, separator, threshold, whole)
        return ""

    def _guess(self, group: Group) -> Kind:
        answers, total = self._answers, sum(self._answers.values())
        if self._tally.free or not answers or self.is_joined:
            return "text"
        if self._asked.choices:
            return "several-choices" if self._separator else "one-choice"
        if self._numeric:
            if not all(map(is_grade, answers)) or group.free:
                return "number"
            return "one-choice" if is_coded(answers, group.text) else "rating"
        if self._asked.for_country:
            return "several-choices" if self._separator else "one-choice"
        if group.free or sum(number for answer, number in answers.items() if not is_label(answer)) > 0.2 * total:
            return "text"
        if self._separator:
            return "several-choices"
        # If everybody gave the same answer it was no choice, and its count would show nothing.
        often = [number for number in answers.values() if number >= self._asked.threshold]
        few = 1 < len(answers) <= min(MOST_CHOICES, total // 2)
        return "one-choice" if few or (len(answers) > 1 and sum(often) >= 0.5 * total) else "text"

    def take(self, choices: tuple[str, ...]) -> None:
        """Count the answers that are choices: named, countries, or given by enough people. The others are free text."""
        whole = choices or self._whole
        parts = pieces(self._answers, self._separator, whole)
        if self._asked.for_country and not choices:
            self.codes = self._asked.for_country.known(parts)
            self.unknown = tuple(part for part in parts if part not in self.codes and is_label(part))
        labels = dict(_named(parts, choices) if choices else self._often(parts))
        counts = dict.fromkeys(choices, 0)
        counts |= dict.fromkeys(in_order(frozenset(labels.values()) - counts.keys()), 0)
        for part, label in labels.items():
            counts[label] += parts[part]
        self._rest = Counter({
            answer: number
            for answer, number in self._answers.items()
            if not labels.keys() >= set(split(answer, self._separator, whole))
        })  # fmt: skip
        rest = sum(self._rest.values()) + self._tally.others
        if rest:
            counts[REST] = counts.get(REST, 0) + min(rest, self._tally.answered)
        self.counts = counts
        self.present = frozenset({*self.codes, *self._scale, REST}) & counts.keys()
        self.common = frozenset() if choices else frozenset(counts) - self.present
        self._labels, self._choices = labels, whole

    def labels_of(self, cell: str) -> frozenset[str]:
        """Return the choices that the answer in a cell counts for; none if it is no answer."""
        answers = cleaned(Counter([cell]))
        if self._labels is None:
            return frozenset(answers)
        parts = (part for answer in answers for part in split(answer, self._separator, self._choices))
        return frozenset(self._labels.get(part, REST) for part in parts)

    def _often(self, parts: Counter[str]) -> Iterator[tuple[str, str]]:
        """Return the labels of answers that can be choices, in any case: countries, or labels of a scale, or given by
        enough people.
        """
        spelt: dict[str, str] = {}
        sums: Counter[str] = Counter()
        for part, number in parts.most_common():
            spelt.setdefault(key(part), part)
            sums[key(part)] += number
        if not self._separator and not self._asked.for_country:
            self._scale = scale_of({spelt[each]: number for each, number in sums.items()}, self._asked.threshold)
        for part in parts:
            if part in self.codes:
                yield part, part
            elif spelt[key(part)] in self._scale or (sums[key(part)] >= self._asked.threshold and is_label(part)):
                yield part, spelt[key(part)]

    def let_go(self) -> None:
        """Hand the answers that are no choice to the keeper of free text."""
        self._tally.spill(self._rest)


def _named(parts: Iterable[str], choices: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Return the labels of answers that are among the named choices, regardless of case."""
    names = {key(choice): choice for choice in choices}
    return ((part, names[key(part)]) for part in parts if key(part) in names)


def is_label(answer: str) -> bool:
    """Return whether an answer can be a choice: short, with nothing personal in it, and no long number.

    A code of letters and digits, a day, or a street with a number belongs to a person or a house.
    """
    if len(answer) > LONGEST_CHOICE or "\n" in answer or is_one_of_a_kind(answer):
        return False
    answer = without_range(answer)
    if sum(letter.isdigit() for letter in answer) >= 7:
        return False
    return "@" not in answer and not any(personal(plain(answer), 0, len(answer)))
