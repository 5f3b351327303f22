"""Answers as progress reports: whose they are, what they say, and what is unclear. Nothing is guessed.

From each file everything is taken or nothing. What is unclear gets a sentence that the lead can act on.
"""

import re
from collections.abc import Callable
from datetime import date
from shlex import quote
from typing import NamedTuple
from unicodedata import normalize

from csg.forms.answers.sheet import Answer, Sheet
from csg.forms.questions import QUESTIONS, VALUE, has_question, plain_tag, tag
from csg.forms.status_words import is_label, status_of
from csg.forms.values import links_of, number_of, points_elsewhere, says_nothing
from csg.language import STATUS_WORDS
from csg.model.members import without_contact
from csg.model.names import FINAL, meant_ids
from csg.model.reporting import answers_for
from csg.model.workplan import Activity, Period, Progress, Workplan
from csg.problem import Problem, Refused, Sentence, nearest, shown, some
from csg.workspace import Workspace
from csg.workspace.schema import validated

_MISSING = Sentence("Add the answer, or empty the others.")
Ask = Callable[[str, Answer], str | None]
"""Asks a person for the meaning of an unclear answer; None without a person at a terminal."""


LOST = "\ufffd"
"""The sign that programs write for a letter that they could not read."""


class Home(NamedTuple):
    """The plan, the period and the lead that a form belongs to."""

    plan: Workplan
    period: Period
    lead: str


class NewReport(NamedTuple):
    """A progress report from a file. ``status_words`` are the lead's words for the status, if they are its own."""

    plan: str
    activity: str
    report: Progress
    status_words: str = ""


class Collected(NamedTuple):
    """The result of one file: reports, what the plan has already, and problems. With a problem nothing is taken.

    ``asides`` is content of the file that is no answer and was not taken.
    """

    file: str
    lead: str
    reports: tuple[NewReport, ...]
    known: tuple[str, ...]
    problems: tuple[Problem, ...]
    asides: tuple[str, ...] = ()


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


def collect(workspace: Workspace, tags: Tags, sheet: Sheet, day: date, ask: Ask) -> Collected:
    """Return the reports of one file. ``day`` is the date of a report."""
    home, problems = _home(workspace, tags, sheet)
    if home is None:
        return Collected(sheet.file, "", (), (), tuple(problems))
    if not (sheet.given() or sheet.remarks or sheet.doubts):
        return Collected(sheet.file, home.lead, (), (), ())
    by_activity: dict[str, list[Answer]] = {}
    for answer in sheet.given():
        by_activity.setdefault(answer.code.activity, []).append(answer)
    reports: list[NewReport] = []
    known: list[str] = []
    for name, answers in by_activity.items():
        activity = home.plan.activity(name)
        if activity is None:
            hint = nearest(name, [known.id for known in home.plan.activities()], "Remove the answer.")
            problems.append(_problem(sheet, f"no activity {shown(name)} in {home.plan.title}", hint))
            continue
        problems += _wrong_activity(workspace, home, sheet, activity)
        report = _report(home, sheet, activity, answers, day, ask, problems)
        if report is None:
            continue
        if any(says_the_same(report, old) for old in activity.progress):
            known.append(activity.id)
        elif report.status in FINAL and any(_ends_too(report, old) for old in activity.progress):
            message = Sentence(
                "{lead} has reported already that activity {activity} is over", lead=home.lead, activity=activity.id
            )
            fix = f"csg progress edit {activity.id} --period {home.period.id} --by {quote(home.lead)}"
            problems.append(_problem(sheet, message, f"Remove the answer. To correct the report, run `{fix}`."))
        else:
            said = next((answer.text for answer in answers if answer.code.field == "status"), "")
            words = "" if is_label(said) else shown(said, 60)
            reports.append(NewReport(home.plan.workplan, activity.id, report, words))
    for text in sheet.remarks:
        words = shown(text.replace("\n", " / "), 80)
        problems.append(
            _problem(
                sheet,
                Sentence("this text has no question: '{text}'", text=words),
                Sentence("Write it below a question."),
            )
        )
    problems += [_problem(sheet, message, hint) for message, hint in sheet.doubts]
    taken = () if problems else tuple(reports)
    return Collected(sheet.file, home.lead, taken, tuple(known), tuple(problems), sheet.asides)


def _home(workspace: Workspace, tags: Tags, sheet: Sheet) -> tuple[Home | None, list[Problem]]:
    if sheet.named:
        return _named_home(workspace, tags, sheet)
    if home := tags.home(sheet):
        return home, []
    known = [mark for mark in sheet.tags if mark in tags.homes]
    if len(set(known)) > 1:
        return None, [_problem(sheet, "this file has the forms of several leads or periods", "Give one form a file.")]
    other = next((mark for mark in sheet.tags if mark not in known and tags.looks_like_a_tag(mark)), "")
    if other:
        message = f"this form is for another group, plan or period: {shown(other)}"
        return None, [_problem(sheet, message, "Check `--root`, or give the form of this group's plan.")]
    hint = "Give a form or a letter that `csg progress request` made."
    return None, [_problem(sheet, "this file is no form of csg", hint)]


def _named_home(workspace: Workspace, tags: Tags, sheet: Sheet) -> tuple[Home | None, list[Problem]]:
    """Return the home of a form that names plan, period and lead in words."""
    values = dict(sheet.named)
    wanted = values.get("plan", workspace.plan.workplan)
    plan = _plan_meant(tags, wanted)
    if plan is None:
        hint = f"Write one of these names: {some(tags.plans)}."
        return None, [_problem(sheet, f"no workplan '{shown(wanted)}'", hint)]
    periods = meant_ids(values.get("period", ""), {period.id: (period.name,) for period in plan.periods})
    entry = workspace.directory.find(values.get("lead", "").split(" (")[0].strip())
    problems = []
    if len(periods) != 1:
        problems.append(_problem(sheet, f"no period '{shown(values.get('period', ''))}'", "Choose one of the list."))
    if entry is None:
        problems.append(
            _problem(sheet, f"unknown network '{shown(values.get('lead', ''))}'", "Choose one of the list.")
        )
    if problems or entry is None:
        return None, problems
    return Home(plan, plan.period(periods[0]), entry.id), []


def _plan_meant(tags: Tags, text: str) -> Workplan | None:
    """Return the plan with a name or a title, regardless of case; None if no plan or several plans have it."""
    wanted = text.casefold()
    named = [plan for name, plan in tags.plans.items() if name.casefold() == wanted]
    named = named or [plan for plan in tags.plans.values() if plan.title.casefold() == wanted]
    return named[0] if len(named) == 1 else None


def _wrong_activity(workspace: Workspace, home: Home, sheet: Sheet, activity: Activity) -> list[Problem]:
    """Return the problem of an activity that is not the lead's, or whose title was changed in the form."""
    leads = [*activity.cso_lead, *activity.unodc_lead]
    secretariat = workspace.group.secretariat
    if not any(answers_for(workspace.directory, home.lead, lead, secretariat) for lead in leads):
        message = Sentence("{lead} does not lead activity {activity}", lead=home.lead, activity=activity.id)
        return [_problem(sheet, message, Sentence("Remove the answer, or ask the Secretariat to change the lead."))]
    title = next((text for name, text in sheet.titles if name == activity.id), "")
    if title and not _is_title(title, activity.title):
        message = Sentence(
            "the title of activity {activity} in the form is not the one of the plan", activity=activity.id
        )
        hint = Sentence("Write about changes in an answer; the form's own words must stay.")
        return [_problem(sheet, message, hint)]
    return []


def _is_title(text: str, title: str) -> bool:
    """Return whether a text is a title, or its beginning with an ellipsis, as in a list that has no room for more."""
    whole, words = _compared(title), _compared(text)
    return whole.startswith(words) if text.endswith("…") else whole == words


def _compared(text: str) -> str:
    return re.sub(r"\W+", "", normalize("NFKC", text)).casefold()


def _report(
    home: Home,
    sheet: Sheet,
    activity: Activity,
    answers: list[Answer],
    day: date,
    ask: Ask,
    problems: list[Problem],
) -> Progress | None:
    """Return a report from the answers on one activity. What is wrong is added to the problems."""
    fields: dict[str, object] = {"period": home.period.id, "by": home.lead, "date": day.isoformat()}
    values: dict[str, object] = {}
    before = len(problems)
    texts = _one_answer_each(sheet, answers, problems)
    for answer in texts:
        code = answer.code
        if LOST in answer.text:
            message = Sentence(
                "the answer to {question} has a letter that was lost on the way: '{text}'",
                question=code,
                text=shown(answer.text, 60),
            )
            problems.append(_problem(sheet, message, Sentence("Type the answer again.")))
        if code.field != "evidence" and points_elsewhere(answer.text):
            message = Sentence(
                "the answer to {question} is in another file: '{text}'", question=code, text=shown(answer.text, 60)
            )
            problems.append(_problem(sheet, message, Sentence("Write the answer itself.")))
        if has_question(answer.text):
            message = Sentence("the answer to {question} has the code of another question", question=code)
            problems.append(_problem(sheet, message, Sentence("Start each question on a line of its own.")))
        if code.field == "status":
            fields["status"] = _status(sheet, answer, ask, problems)
        elif code.field == VALUE:
            number = number_of(answer.text)
            if number is None:
                message = Sentence(
                    "'{text}' is not a number, for {indicator} of activity {activity}",
                    text=shown(answer.text, 40),
                    indicator=code.indicator,
                    activity=activity.id,
                )
                problems.append(_problem(sheet, message, Sentence("Write the number alone, for example 12.")))
            elif code.indicator not in {indicator.id for indicator in activity.indicators}:
                message = Sentence(
                    "no indicator {indicator} in {activity}", indicator=shown(code.indicator), activity=activity.id
                )
                problems.append(_problem(sheet, message, Sentence("Remove it.")))
            else:
                values[code.indicator] = number
        elif code.field == "evidence":
            links, others = links_of(answer.text)
            fields["evidence"] = links
            if others:
                message = Sentence(
                    "the links of activity {activity} have other words: '{words}'",
                    activity=activity.id,
                    words=shown(others, 60),
                )
                hint = Sentence("Write whole addresses with https://, and the words in another answer.")
                problems.append(_problem(sheet, message, hint))
        elif code.field in QUESTIONS and not says_nothing(answer.text):
            fields[code.field] = answer.text
    if len(problems) > before:
        return None
    if "status" not in fields:
        message = Sentence("the report on activity {activity} has no answer for the status", activity=activity.id)
        problems.append(_problem(sheet, message, _MISSING))
    if "summary" not in fields:
        message = Sentence("the report on activity {activity} has no answer for what was done", activity=activity.id)
        problems.append(_problem(sheet, message, _MISSING))
    if len(problems) > before:
        return None
    try:
        return validated(Progress, {**fields, "values": values})
    except Refused as refused:
        problems += [problem._replace(file=sheet.file) for problem in refused.problems]
        return None


def _one_answer_each(sheet: Sheet, answers: list[Answer], problems: list[Problem]) -> list[Answer]:
    """Return the answers, one for each question. Two that differ are a problem."""
    by_code: dict[object, Answer] = {}
    for answer in answers:
        other = by_code.setdefault(answer.code, answer)
        if other.text != answer.text:
            message = Sentence(
                "two different answers to {question}: {first} and {second}",
                question=answer.code,
                first=other.position,
                second=answer.position,
            )
            problems.append(_problem(sheet, message, Sentence("Keep one of them.")))
    return list(by_code.values())


def _status(sheet: Sheet, answer: Answer, ask: Ask, problems: list[Problem]) -> str:
    """Return the status that an answer means. A person is asked for an unclear one."""
    if status := status_of(answer.text):
        return status
    chosen = ask(f"The status of activity {answer.code.activity}: '{shown(answer.text, 60)}'", answer)
    if chosen:
        return chosen
    text = shown(answer.text, 60)
    message = Sentence(
        "the status of activity {activity} is not clear: '{text}'", activity=answer.code.activity, text=text
    )
    words = [Sentence(STATUS_WORDS[known]) for known in ("on-track", "at-risk", "off-track", "completed")]
    hint = Sentence(
        "Write one of the words of the list, for example {one}, {two}, {three}, {four}.",
        **dict(zip(("one", "two", "three", "four"), words, strict=True)),
    )
    problems.append(_problem(sheet, message, hint))
    return ""


def _ends_too(report: Progress, old: Progress) -> bool:
    """Return whether the author has ended the activity in this period already."""
    same_author = (old.period, without_contact(old.by)) == (report.period, report.by)
    return same_author and old.status in FINAL


def says_the_same(report: Progress, old: Progress) -> bool:
    """Return whether the plan has a report already, whatever its date."""

    def words(record: Progress) -> dict[str, object]:
        plain = record.plain()
        texts = {key: " ".join(str(plain[key]).split()) for key in ("summary", "needs", "next_steps")}
        return {**plain, **texts, "date": None}

    return words(report) == words(old)


def _problem(sheet: Sheet, message: str, hint: str) -> Problem:
    return Problem("CSG803", message, sheet.file, hint=hint)
