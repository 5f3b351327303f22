"""The answers in one column as those to a question: its kind, and the counts of its choices."""

from collections import Counter
from collections.abc import Mapping

from csg.checks.personal import personal, plain
from csg.exchange.corrections import Asked
from csg.exchange.countries import country_code
from csg.exchange.headers import key
from csg.exchange.numbers import bands, grades, is_grade
from csg.exchange.surveys import Group
from csg.exchange.tally import MOST_CHOICES, Tally, is_number, pieces, split
from csg.model.review import Kind
from csg.problem import Refused

LONGEST_CHOICE = 200
REST = "Other answers"
"""What answers are called together that too few gave for their words to be told."""


class Answers:
    """The answers in one column, read as those to a question.

    ``kind`` is what it asks for, ``counts`` how many chose each choice, ``codes`` the countries that they name,
    ``present`` those that are only listed because they were chosen.
    """

    def __init__(self, group: Group, tally: Tally, asked: Asked) -> None:
        self._tally, self._asked = tally, asked
        self._answers = tally.counts
        self._rest: Counter[str] = Counter()
        self.codes: Mapping[str, str] = {}
        self.counts: dict[str, int] = {}
        self.present: frozenset[str] = frozenset()
        self._separator = tally.separator or _separator(self._answers, group.separators, asked.choices, asked.threshold)
        self.kind: Kind = asked.kind or self._guess(group)
        numeric = bool(self._answers) and all(map(is_number, self._answers))
        if self.kind == "number" and not numeric and self._answers:
            assert asked.correction is not None  # nothing else makes it a number
            wrong = asked.correction.problem(
                f"{group.id} has answers that are no numbers", ("kind",), "correct its kind"
            )
            raise Refused(wrong._replace(code="CSG702"))
        if self.kind == "text" or tally.free:
            tally.set_free()
        elif self.kind == "number":
            self.counts = bands(self._answers, asked.threshold)
        elif self.kind == "rating" and numeric and all(map(is_grade, self._answers)):
            self.counts = grades(self._answers)
        else:
            self._separator = self._separator if self.kind == "several-choices" else ""
            self.take(asked.choices)

    def _guess(self, group: Group) -> Kind:
        answers, total = self._answers, sum(self._answers.values())
        if self._tally.free or not answers:
            return "text"
        if self._asked.choices:
            return "several-choices" if self._separator else "one-choice"
        if all(map(is_number, answers)):
            return "rating" if all(map(is_grade, answers)) and not group.free else "number"
        if self._asked.for_country:
            return "several-choices" if self._separator else "one-choice"
        if group.free or sum(number for answer, number in answers.items() if not _is_label(answer)) > 0.2 * total:
            return "text"
        if self._separator:
            return "several-choices"
        # What all answered alike is no choice that they had; and nothing would be known by its count.
        often = [number for number in answers.values() if number >= self._asked.threshold]
        few = 1 < len(answers) <= min(MOST_CHOICES, total // 2)
        return "one-choice" if few or (len(answers) > 1 and sum(often) >= 0.5 * total) else "text"

    def take(self, choices: tuple[str, ...]) -> None:
        """Count the answers that are choices: named, countries, or given by enough. The others are free text."""
        parts = pieces(self._answers, self._separator, choices)
        names = {key(choice): choice for choice in choices}
        if self._asked.for_country and not choices:
            self.codes = {part: code for part in parts if (code := country_code(part))}
        labels = {part: label for part in parts if (label := self._label(part, parts[part], names))}
        counts = dict.fromkeys(choices, 0)
        for part in sorted(labels, key=str.casefold):
            counts[labels[part]] = counts.get(labels[part], 0) + parts[part]
        self._rest = Counter({
            answer: number
            for answer, number in self._answers.items()
            if not labels.keys() >= set(split(answer, self._separator, choices))
        })  # fmt: skip
        rest = sum(self._rest.values()) + self._tally.others
        if rest:
            counts[REST] = counts.get(REST, 0) + min(rest, self._tally.answered)
        self.counts = counts
        self.present = frozenset({*self.codes, REST}) & counts.keys()

    def _label(self, part: str, number: int, names: Mapping[str, str]) -> str | None:
        if names or part in self.codes:
            return names.get(key(part)) or (part if part in self.codes else None)
        return part if number >= self._asked.threshold and _is_label(part) else None

    def let_go(self) -> None:
        """Give what is no choice to whoever keeps free text."""
        self._tally.spill(self._rest)


def _is_label(answer: str) -> bool:
    """Whether an answer may be a choice: short, with nothing personal in it, and no long number."""
    if len(answer) > LONGEST_CHOICE or "\n" in answer or sum(letter.isdigit() for letter in answer) >= 7:
        return False
    return "@" not in answer and not any(personal(plain(answer), 0, len(answer)))


def _separator(counts: Counter[str], separators: tuple[str, ...], choices: tuple[str, ...], threshold: int) -> str:
    """What stands between the choices of one answer; nothing where each is one choice.

    Microsoft ends each choice with it. Elsewhere it takes answers made of parts that enough gave: the parts must be
    fewer than what they make up, and one of them must stand alone somewhere.
    """
    if separators == (";",):
        return ";" if counts and all(answer.endswith(";") for answer in counts) else ""
    known = {key(choice) for choice in choices}
    for separator in separators:
        parts = pieces(counts, separator, choices)
        often = {part for part, number in parts.items() if key(part) in known or (number >= threshold and not known)}
        made = {answer: found for answer in counts if often.issuperset(found := split(answer, separator, choices))}
        joined = any(len(found) > 1 for found in made.values())
        covered = sum(counts[answer] for answer in made) >= 0.5 * sum(counts.values())
        alone = often & made.keys()
        if joined and covered and (known or (alone and len(often) < len(made) and len(often) <= MOST_CHOICES)):
            return separator
    return ""
