"""The plan, the period and the lead of a form that came back, by its tag or by the names in it."""

import re
from typing import NamedTuple

from csg.forms.answers.sheet import Sheet
from csg.forms.questions import plain_tag, tag
from csg.model.names import meant_ids
from csg.model.workplan import Period, Workplan
from csg.problem import Problem, shown, some
from csg.workspace import Workspace


class Home(NamedTuple):
    """The plan, the period and the lead that a form belongs to."""

    plan: Workplan
    period: Period
    lead: str


class Tags:
    """The tags of every form that this workspace can have sent."""

    def __init__(self, workspace: Workspace) -> None:
        self.homes: dict[str, Home] = {}
        self.plans = {name: workspace.with_plan(name).plan for name in workspace.plan_files}
        short = workspace.group.short
        self._start = f"{plain_tag(f'[{short}')} " if short else ""
        for plan in self.plans.values():
            for period in plan.periods:
                for lead in workspace.directory:
                    self.homes[plain_tag(tag(short, plan.workplan, period.id, lead))] = Home(plan, period, lead)

    def home(self, sheet: Sheet) -> Home | None:
        """Return the home of a form; None if its tags are of no form, of several, or of another plan's form."""
        if any(mark not in self.homes and self._is_of_group(mark) for mark in sheet.tags):
            return None
        found = {mark: self.homes[mark] for mark in sheet.tags if mark in self.homes}
        return next(iter(found.values())) if len(found) == 1 else None

    def _is_of_group(self, text: str) -> bool:
        """Return whether a text in brackets has the beginning of the group's tags: its short name, or a plan's year."""
        has_start = text.startswith(self._start) if self._start else bool(re.match(r"\[\d{4}", text))
        return has_start and self.looks_like_a_tag(text)

    def looks_like_a_tag(self, text: str) -> bool:
        """Return whether a text in brackets could be the tag of another group's or another plan's form."""
        return bool(re.search(r"\d{4}", text)) and text.count(" ") >= 2


def home_of(workspace: Workspace, tags: Tags, sheet: Sheet) -> tuple[Home | None, list[Problem]]:
    """Return the home of a form, or the problems that leave it unclear."""
    if sheet.named:
        return _named_home(workspace, tags, sheet)
    if home := tags.home(sheet):
        return home, []
    known = [mark for mark in sheet.tags if mark in tags.homes]
    if len(set(known)) > 1:
        return None, [sheet.problem("this file has the forms of several leads or periods", "Give one form a file.")]
    other = next((mark for mark in sheet.tags if mark not in known and tags.looks_like_a_tag(mark)), "")
    if other:
        message = f"this form is for another group, plan or period: {shown(other)}"
        return None, [sheet.problem(message, "Check `--root`, or give the form of this group's plan.")]
    hint = "Give a form or a letter that `csg progress request` made."
    return None, [sheet.problem("this file is no form of csg", hint)]


def _named_home(workspace: Workspace, tags: Tags, sheet: Sheet) -> tuple[Home | None, list[Problem]]:
    """Return the home of a form that names plan, period and lead in words."""
    values = dict(sheet.named)
    wanted = values.get("plan", workspace.plan.workplan)
    plan = _plan_meant(tags, wanted)
    if plan is None:
        hint = f"Write one of these names: {some(tags.plans)}."
        return None, [sheet.problem(f"no workplan '{shown(wanted)}'", hint)]
    periods = meant_ids(values.get("period", ""), {period.id: (period.name,) for period in plan.periods})
    entry = workspace.directory.find(values.get("lead", "").split(" (")[0].strip())
    problems = []
    if len(periods) != 1:
        problems.append(sheet.problem(f"no period '{shown(values.get('period', ''))}'", "Choose one of the list."))
    if entry is None:
        problems.append(sheet.problem(f"unknown network '{shown(values.get('lead', ''))}'", "Choose one of the list."))
    if problems or entry is None:
        return None, problems
    return Home(plan, plan.period(periods[0]), entry.id), []


def _plan_meant(tags: Tags, text: str) -> Workplan | None:
    """Return the plan with a name or a title, regardless of case; None if no plan or several plans have it."""
    wanted = text.casefold()
    named = [plan for name, plan in tags.plans.items() if name.casefold() == wanted]
    named = named or [plan for plan in tags.plans.values() if plan.title.casefold() == wanted]
    return named[0] if len(named) == 1 else None
