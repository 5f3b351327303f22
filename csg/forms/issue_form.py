"""The form on the hosting site (a GitHub issue form) with the plan's own activities, networks and periods."""

from typing import Any

from csg.forms.answers.issue import FIELDS
from csg.forms.own_words import status_meanings
from csg.forms.questions import QUESTIONS, status_choices
from csg.language import Language
from csg.model.members import Directory, without_contact
from csg.model.workplan import Workplan
from csg.problem import shown

_LONGEST_OPTION = 90
"""The characters of an option. A longer title is shortened."""
_REQUIRED = frozenset({"status", "summary"})
_PUBLIC = (
    "What you write here is public at once. Do not name people who could be at risk, and do not give e-mail addresses"
    " or telephone numbers."
)


def issue_form(plan: Workplan, directory: Directory) -> str:
    """Return the form as YAML. Its labels are those that ``csg progress collect`` reads."""
    import yaml

    english = Language("en")
    body: list[dict[str, Any]] = [{"type": "markdown", "attributes": {"value": _PUBLIC}}]
    choices = {
        "plan": [plan.workplan],
        "period": _periods(plan),
        "lead": _authors(plan, directory),
        "activity": [shown(f"{activity.id} {activity.title}", _LONGEST_OPTION) for activity in plan.activities()],
        "status": status_choices(english),
    }
    for field, label in FIELDS.items():
        words = english.gettext(label) if field in QUESTIONS else label
        question = _question(words, choices.get(field), required=field in choices or field in _REQUIRED)
        if field == "status":
            question["attributes"]["description"] = status_meanings(english)
        body.append(question)
    form = {
        "name": "Report progress",
        "description": "Report on an activity of the workplan. You do not need to know git or YAML.",
        "title": "Progress report",
        "labels": ["progress"],
        "body": body,
    }
    text = yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=120)
    return f"# csg progress issue-form made this file from the plan; a change made here is lost.\n{text}"


def _question(label: str, choices: list[str] | None, *, required: bool) -> dict[str, Any]:
    """Return a question with a list, or with room for text. A list without an option is not allowed: it is a line."""
    attributes: dict[str, Any] = {"label": label}
    if choices:
        attributes["options"] = [_option(choice) for choice in choices]
    kind = "textarea" if choices is None else "dropdown" if choices else "input"
    return {"type": kind, "attributes": attributes, "validations": {"required": required}}


def _option(choice: str) -> str:
    """Return a choice as an option. GitHub refuses a form with the option "None", which it adds itself."""
    return f"{choice} (member)" if choice.casefold() == "none" else choice


def _periods(plan: Workplan) -> list[str]:
    """Return the names of the periods, or their ids if two have the same name: GitHub refuses a form with both."""
    names = [period.name for period in plan.periods]
    letters = {name.casefold() for name in names}
    return names if len(letters) == len(names) and "none" not in letters else [period.id for period in plan.periods]


def _authors(plan: Workplan, directory: Directory) -> list[str]:
    """Return the names that can report: the leads of the plan, and the members of the groups that lead."""
    names: list[str] = []
    for activity in plan.activities():
        for name in map(without_contact, activity.leads):
            names += [name, *directory.members_of(name)]
    order = {name: index for index, name in enumerate(directory)}
    return sorted(dict.fromkeys(names), key=lambda name: order.get(name, len(order)))
