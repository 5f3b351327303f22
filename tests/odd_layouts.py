"""Random layouts of a small plan, as people write them, and random edits of it."""

from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from typing import Any

from csg.source.data_edits import Edit, Insert, Move, Put, Remove

LONG = "Training ran in three countries: it was well received by everybody who came, and two more follow in spring # x"
NEW_TEXTS = ["new", "x: y # z", LONG, "two\nlines", "- a", "{x}, [y]", "2022-01-31", "", "é 'q' \"d\"", "a\n\n  b\nc"]
NAMES = ["HRI", "INPUD", "A B"]
ORDER = ("id", "title", "unodc_lead", "cso_lead", "comments", "due", "related", "carried_from", "progress")
Lines = list[str]


class Layout:
    """One layout: each choice comes from the random source, each comment has a number of its own."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.comments = 0
        self.step, self.dash = random.choice([0, 2, 2, 2, 4]), random.choice([2, 2, 4])
        self.commented, self.blank = random.choice([0, 0, 0.15, 0.4]), random.choice([0, 0.1, 0.3])
        self.explicit, self.brackets = random.choice([0, 0, 0.3]), random.choice([0, 0, 0.3])
        self.quoted_keys, self.far_right = random.random() < 0.1, random.random() < 0.3

    def text(self) -> str:
        """Return the plan, with line ends of one kind or of both, with a line end after the last line or without."""
        activities = [partial(self.activity, number=n) for n in range(self.random.randint(1, 3))]
        fields = [("title", ["T"]), ("activities", ["", *self.elements(activities, self.step)])]
        lines = [*self.mapping(fields, 0), *self.own_lines(0)]
        end = self.random.choice(["\n", "\n", "\r\n", None])
        text = "".join(line + (end or self.random.choice(["\n", "\n", "\r\n"])) for line in lines)
        return text if self.random.random() < 0.85 else text.rstrip("\r\n")

    def comment(self) -> str:
        self.comments += 1
        return f"# n{self.comments}"

    def after(self) -> str:
        """Return a comment after something on its line, or nothing."""
        return f"  {self.comment()}" if self.random.random() < self.commented else ""

    def own_lines(self, column: int) -> Lines:
        """Return comments and blank lines between two parts."""
        lines = []
        depths = [column, column, 0, column + 2, *([column + 7] if self.far_right else [])]
        while self.random.random() < self.commented:
            lines.append(" " * self.random.choice(depths) + self.comment())
        while self.random.random() < self.blank:
            lines.append(self.random.choice(["", "  ", " " * (column + 6)]) if self.far_right else "")
        return lines

    def scalar(self, column: int) -> Lines:
        """Return a text: plain, quoted, over several lines, or a block text of any kind."""
        word = self.random.choice(["One", "Two words", '"agreed: no"', '"a # b"'])
        kind = self.random.random()
        if kind < 0.45:
            return [word + self.after()]
        if kind < 0.55:
            return ["'Quoted", " " * (column + self.random.choice([1, 2, 5])) + "# over lines'" + self.after()]
        if kind < 0.6:
            return ["plain", " " * (column + 2) + "over lines" + self.after()]
        header = self.random.choice("|>") + self.random.choice(["", "-", "+"]) + self.after()
        inside = " " * (column + self.random.choice([2, 2, 4]))
        more = ["", f"{inside}more"] if self.random.random() < 0.3 else []
        return [header, inside + word, *more, *[""] * self.random.choice([0, 0, 1, 2])]

    def names(self, column: int) -> Lines:
        """Return a list of names, in brackets on one line or several, or with dashes."""
        names = self.random.sample(NAMES, self.random.randint(0, 3))
        kind = self.random.random()
        if not names and kind > 0.8:
            return ["[", " " * column + "]" + self.after()]
        if not names or kind < 0.5:
            return [self.one_line(names) + self.after()]
        if kind < 0.65:
            return self.over_lines(names, column)
        depth = " " * (column + self.step)
        return [self.after(), *(f"{depth}- {name}{self.after()}" for name in names)]

    def one_line(self, names: list[str]) -> str:
        comma = self.random.choice(["", ","]) if names else ""
        return f"[{self.random.choice([', ', ',']).join(names)}{comma}]"

    def over_lines(self, elements: list[str], column: int) -> Lines:
        """Return a list in brackets with an element a line."""
        inside = " " * (column + self.random.choice([0, 2, 4]))
        lines = ["["]
        for number, element in enumerate(elements, 1):
            comma = "," if number < len(elements) or self.random.random() < 0.5 else ""
            lines.append(f"{inside}{element}{comma}{self.after()}")
            lines += [inside + self.comment()] if self.random.random() < self.commented else []
        return [*lines, " " * self.random.choice([column, column + 2]) + "]" + self.after()]

    def mapping(self, fields: list[tuple[str, Lines]], column: int) -> Lines:
        lines: Lines = []
        for number, (name, (first, *below)) in enumerate(fields):
            lines += self.own_lines(column) if number else []
            key = " " * column + (f'"{name}"' if self.quoted_keys else name)
            if not first or first.startswith("  #"):
                lines.append(f"{key}:{first}")
            elif self.random.random() < self.explicit:
                lines += [f"{' ' * column}? {key.strip()}", f"{' ' * column}: {first}"]
            elif self.random.random() < self.commented / 2:
                lines += [f"{key}:{self.after()}", f"{' ' * column}  {self.comment()}", f"{' ' * column}  {first}"]
            else:
                lines.append(f"{key}: {first}")
            lines += below
        return lines

    def elements(self, elements: Sequence[Callable[[int], Lines]], column: int) -> Lines:
        lines: Lines = []
        for element in elements:
            first, *below = element(column + self.dash)
            start = f"{' ' * column}-{' ' * (self.dash - 1)}"
            lines += [*self.own_lines(column), start + first[column + self.dash :], *below]
        return lines

    def reports(self, column: int) -> Lines:
        count = self.random.randint(1, 3)
        if self.random.random() < self.brackets:
            return self.over_lines(
                [f"{{period: mid, by: {NAMES[n]}, date: 2021-12-{10 + n}, summary: One}}" for n in range(count)], column
            )
        reports = [partial(self.report, number=n) for n in range(count)]
        return [self.after(), *self.elements(reports, column + self.step)]

    def report(self, column: int, number: int) -> Lines:
        fields = [
            ("period", ["mid" + self.after()]),
            ("by", [NAMES[number] + self.after()]),
            ("date", [f"2021-12-{10 + number}" + self.after()]),
            ("summary", self.scalar(column)),
        ]
        return self.mapping(fields, column)

    def activity(self, column: int, number: int) -> Lines:
        if self.random.random() < self.brackets:
            names = self.one_line(NAMES[:number])
            return [f'{" " * column}{{id: "{number}", title: "a # b", cso_lead: {names}, comments: C}}{self.after()}']
        fields = [("id", [f'"{number}"' + self.after()]), ("title", self.scalar(column))]
        fields += [("cso_lead", self.names(column)), ("comments", self.scalar(column))]
        kind = self.random.random()
        if kind < 0.7:
            fields.append(("progress", self.reports(column)))
        elif kind < 0.8:
            fields.append(("progress", [self.random.choice(["[]", ""]) + self.after()]))
        if self.random.random() < 0.2:
            self.random.shuffle(fields)
        return self.mapping(fields, column)


def random_edit(random: Random, data: Any) -> Edit:
    """Return an edit that can be made of the plan."""
    activities = data["activities"]
    number = random.randrange(len(activities))
    activity, path = activities[number], ("activities", number)
    reports, text = activity.get("progress") or [], random.choice(NEW_TEXTS)
    report: dict[str, Any] = {"period": "end", "by": "IDPC", "date": "2022-01-01", "summary": random.choice(NEW_TEXTS)}
    report |= {"evidence": ["https://example.org/a"]} if random.random() < 0.3 else {}
    new = {"id": "9", "title": text, "cso_lead": ["X"], "comments": random.choice(NEW_TEXTS)}
    edits: list[Edit] = [
        Put((*path, random.choice(["title", "comments"])), text, ORDER),
        Put((*path, "due"), "2022-01-31", ORDER),
        Put((*path, "cso_lead"), random.choice([[], ["X"], ["X", "Y Z"]]), ORDER),
        Insert((*path, "progress"), random.randint(0, len(reports)), report, ORDER),
        Insert(("activities",), random.randint(0, len(activities)), new),
        Insert((*path, "cso_lead"), random.randint(0, len(activity["cso_lead"])), "NEW", ORDER),
        Remove((*path, "comments")),
        Remove(path),
        Move(path, random.randrange(len(activities))),
    ]
    if activity["cso_lead"]:
        edits.append(Remove((*path, "cso_lead", random.randrange(len(activity["cso_lead"])))))
    if reports:
        chosen = (*path, "progress", random.randrange(len(reports)))
        edits += [Remove(chosen), Move(chosen, random.randrange(len(reports)))]
        edits += [Put((*chosen, "summary"), text), Put((*chosen, "next_steps"), text, ("summary", "next_steps"))]
        edits.append(Remove((*chosen, "summary")))
    return random.choice(edits)
