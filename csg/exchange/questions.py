"""Counted columns to questions: what each asks for, how many gave each answer. Nothing of it may be published yet."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from csg.checks.personal import personal, plain
from csg.exchange.countries import country_code, country_codes
from csg.exchange.headers import OTHER, key
from csg.exchange.numbers import bands, grades, is_grade
from csg.exchange.surveys import Group
from csg.exchange.tally import MOST_CHOICES, Tally, is_number, pieces, split
from csg.model.base import Id, Record, Several, Words
from csg.model.review import Kind
from csg.problem import Problem, Refused

LONGEST_CHOICE = 200
REST = "Other answers"
"""What answers are called together that too few gave for their words to be told."""
_YES, _NO = frozenset({"1", "true"}), frozenset({"0", "false"})


class Correction(Record):
    """What was guessed wrong of a question: its kind, its choices or its text. ``leave-out`` leaves it out."""

    id: Id
    kind: Literal["one-choice", "several-choices", "rating", "number", "text", "leave-out"] | None = None
    text: Words | None = None
    choices: Several[Words] = ()


class Corrections(Record):
    """The whole of a file of corrections."""

    questions: Several[Correction]


class Counted(NamedTuple):
    """A question with the counts of its choices, as they are.

    ``codes`` are the countries that choices name, ``present`` those that are only listed because they were chosen.
    """

    id: str
    text: str
    kind: Kind
    answered: int
    counts: dict[str, int]
    codes: Mapping[str, str]
    present: frozenset[str] = frozenset()


class Asked(NamedTuple):
    """How a group of columns is to be read: with the threshold, a correction, and whether it asks for the country."""

    threshold: int
    correction: Correction | None
    for_country: bool

    @property
    def kind(self) -> Kind | None:
        """The kind that somebody said it has."""
        return self.correction.kind if self.correction and self.correction.kind != "leave-out" else None

    @property
    def choices(self) -> tuple[str, ...]:
        """The choices that somebody said it has."""
        return self.correction.choices if self.correction else ()


def counted(group: Group, tallies: Mapping[int, Tally], answered: int, asked: Asked) -> Iterator[Counted]:
    """The questions of a group of columns: one, or one for each of its rows.

    Answers that fewer than the threshold gave are words of theirs, and are told to the tallies' keeper as free text.
    """
    for column in group.beside:
        tallies[column].set_free()
    text = asked.correction.text if asked.correction and asked.correction.text else group.text
    if not group.labels:
        yield _one_column(group, tallies[group.columns[0]], answered, asked)._replace(text=text)
        return
    ticked = _ticked(group, tallies)
    if ticked is not None and asked.kind in (None, "several-choices"):
        codes = country_codes(ticked) if asked.for_country else {}
        present = frozenset(label for label in ticked if label in codes)
        yield Counted(group.id, text, "several-choices", answered, ticked, codes, present)
        return
    yield from _rows(group, tallies, asked, text)


def is_for_country(group: Group, tallies: Mapping[int, Tally]) -> bool:
    """Whether names of countries answer a question, or are its choices."""
    if group.labels:
        return bool(country_codes(group.labels))
    tally = tallies[group.columns[0]]
    return any(country_codes(pieces(tally.counts, separator)) for separator in ("", *group.separators))


def _one_column(group: Group, tally: Tally, answered: int, asked: Asked) -> Counted:
    reader = _Reader(group, tally, asked)
    counts = dict(reader.counts)
    if group.beside and reader.kind == "one-choice":
        if answered > tally.answered:
            counts[group.other] = counts.get(group.other, 0) + answered - tally.answered
    else:
        answered = tally.answered  # who only wrote beside it did not answer it
    reader.let_go()
    return Counted(group.id, group.text, reader.kind, answered, counts, reader.codes, reader.present)


def _rows(group: Group, tallies: Mapping[int, Tally], asked: Asked, text: str) -> Iterator[Counted]:
    """The rows of a question, each one by itself; or the questions whose columns only have a name in common."""
    readers = [_Reader(group, tallies[column], asked) for column in group.columns]
    # The rows of one question have one scale: what enough chose in one of them is a choice of all.
    scale = tuple(dict.fromkeys(label for reader in readers for label in reader.counts if label != REST))
    ranked = not group.apart and _ranked(readers)
    for number, (label, reader) in enumerate(zip(_unique(group.labels), readers, strict=True), 1):
        kind = reader.kind
        if kind == "one-choice" and not group.apart:
            reader.take(scale)
            kind = "rating"
        reader.let_go()
        # Each rank is given once, so that its counts add up over the rows as well: one hidden could be worked out.
        few = ranked and any(count < asked.threshold for each in readers for count in each.counts.values())
        counts = {} if few else dict(reader.counts)
        answered = tallies[group.columns[number - 1]].answered
        name = f"{group.id}.{number}"
        yield Counted(name, f"{text} – {label}", kind, answered, counts, reader.codes, reader.present)


def _unique(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Labels of which no two are the same: a later one gets a number."""
    found: list[str] = []
    for place, label in enumerate(labels):
        number = labels[:place].count(label)
        found.append(f"{label} ({number + 1})" if number else label)
    return tuple(found)


def _ranked(readers: "list[_Reader]") -> bool:
    """Whether rows are given ranks: each rank as often as any other, over all rows."""
    sums: Counter[str] = Counter()
    for reader in readers:
        if reader.kind != "rating":
            return False
        sums.update({grade: count for grade, count in reader.counts.items() if count})
    return len(sums) >= 2 and len(sums) == len(readers) and len(set(sums.values())) == 1


def _ticked(group: Group, tallies: Mapping[int, Tally]) -> dict[str, int] | None:
    """How many ticked each choice, where each column is one: its cells are its label, or a yes or no.

    The last may be for other choices, in people's own words.
    """
    found: dict[str, int] = {}
    named = zip(group.columns, group.labels, _unique(group.labels), strict=True)
    for number, (column, label, name) in enumerate(named, 1):
        tally = tallies[column]
        answers = {key(answer) for answer in tally.counts}
        last = number == len(group.columns)
        if not tally.free and answers <= {key(label), key(label.rpartition(" - ")[2])}:
            found[name] = tally.answered
        elif (
            not tally.free
            and group.flags
            and answers <= _YES | _NO
            and (not group.apart or "true" in answers or "false" in answers)
        ):
            found[name] = sum(count for answer, count in tally.counts.items() if key(answer) in _YES)
        elif any(found.values()) and not group.flags and (last or OTHER.search(label)):
            found[name] = tally.answered
            tally.set_free()
        else:
            return None
    return found


class _Reader:
    """The answers of one column as those to a question: its kind, and the counts of its choices."""

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
            hint = "correct its kind in the file of questions"
            raise Refused(Problem("CSG702", f"{group.id} has answers that are no numbers", hint=hint))
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
