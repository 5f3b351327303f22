"""The values of indicators on a command line or in an answer: ``locations=3``."""

from collections.abc import Iterable, Mapping

from csg.cli.asking import Wrong
from csg.model.base import pick
from csg.model.workplan import Activity
from csg.problem import visible


def parse_values(words: Iterable[str], activity: Activity) -> dict[str, str]:
    """Return the numbers of ``ID=N`` words, by the ids of the activity's indicators. A number can be empty.

    Raise Wrong for a word in another form, and Refused for an unknown indicator.
    """
    values: dict[str, str] = {}
    for word in words:
        name, equals, number = word.partition("=")
        if not (equals and name.strip()):
            raise Wrong(f"'{visible(word, keep='')}' is not a value. Write ID=N, for example locations=3.")
        where = f"activity {activity.id}"
        indicator = pick(activity.indicators, name.strip(), "indicator", where, lambda candidate: candidate.name)
        if indicator.id in values:
            raise Wrong(f"--value gives {indicator.id} twice. Give it once.")
        values[indicator.id] = number.strip()
    return values


def new_values(words: Iterable[str], activity: Activity) -> dict[str, str]:
    """Return the values of a new report. Raise Wrong for a word without a number."""
    values = parse_values(words, activity)
    if empty := [name for name, number in values.items() if not number]:
        raise Wrong(f"--value {empty[0]}= has no number. Write a number, for example {empty[0]}=3.")
    return values


def answered_values(text: str, activity: Activity) -> dict[str, str]:
    """Return the values in an answer. For an activity with one indicator, the number alone is enough."""
    words = text.split()
    if len(activity.indicators) == 1 and len(words) == 1 and "=" not in text:
        words = [f"{activity.indicators[0].id}={text}"]
    return new_values(words, activity)


def changed_values(old: Mapping[str, object], given: Mapping[str, str]) -> dict[str, object]:
    """Return the changed values of a report. A new number replaces the old number, and an empty number removes it."""
    return {name: number for name, number in {**old, **given}.items() if number != ""}
