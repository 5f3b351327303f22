"""The parts of a workplan in tables: objectives, activities, and the text that could not be placed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from csg.forms.tables.table import Remark


@dataclass
class ActivityRow:
    """An activity as the table has it: the text of each of its fields, and its position."""

    id: str
    position: str
    fields: dict[str, str]

    def add(self, key: str, text: str) -> None:
        """Add the text of another row of the same activity."""
        before = self.fields.get(key, "")
        self.fields[key] = f"{before}\n{text}" if before else text


@dataclass
class ObjectiveRow:
    """An objective as the table has it, with its activities."""

    id: str
    title: str
    position: str
    activities: list[ActivityRow] = field(default_factory=list)


class PlanRows(NamedTuple):
    """The content of the tables: the objectives, the decisions of csg, and the text that could not be placed."""

    objectives: tuple[ObjectiveRow, ...]
    decisions: tuple[Remark, ...]
    unplaced: tuple[Remark, ...]

    def activities(self) -> Iterator[ActivityRow]:
        """Yield every activity in the order of the plan."""
        return (activity for objective in self.objectives for activity in objective.activities)
