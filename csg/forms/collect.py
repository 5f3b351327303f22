"""Answers as progress reports: whose they are, what they say, and what is unclear. Nothing is guessed.

From each file everything is taken or nothing. What is unclear gets a sentence that the lead can act on.
"""

import re
from datetime import date
from shlex import quote
from typing import NamedTuple
from unicodedata import normalize

from csg.forms.answers.sheet import Answer, Sheet
from csg.forms.home import Home, Tags, home_of
from csg.forms.new_report import Ask, new_report
from csg.forms.status_words import is_label
from csg.model.members import without_contact
from csg.model.names import FINAL
from csg.model.reporting import answers_for
from csg.model.workplan import Activity, Progress
from csg.problem import Problem, Sentence, nearest, shown
from csg.workspace import Workspace


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


def collect(workspace: Workspace, tags: Tags, sheet: Sheet, day: date, ask: Ask) -> Collected:
    """Return the reports of one file. ``day`` is the date of a report."""
    home, problems = home_of(workspace, tags, sheet)
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
            problems.append(sheet.problem(f"no activity {shown(name)} in {home.plan.title}", hint))
            continue
        problems += _wrong_activity(workspace, home, sheet, activity)
        report = new_report(home, sheet, activity, answers, day, ask, problems)
        if report is None:
            continue
        if any(says_the_same(report, old) for old in activity.progress):
            known.append(activity.id)
        elif report.status in FINAL and any(_ends_too(report, old) for old in activity.progress):
            message = Sentence(
                "{lead} has reported already that activity {activity} is over", lead=home.lead, activity=activity.id
            )
            fix = f"csg progress edit {activity.id} --period {home.period.id} --by {quote(home.lead)}"
            problems.append(sheet.problem(message, f"Remove the answer. To correct the report, run `{fix}`."))
        else:
            said = next((answer.text for answer in answers if answer.code.field == "status"), "")
            words = "" if is_label(said) else shown(said, 60)
            reports.append(NewReport(home.plan.workplan, activity.id, report, words))
    for text in sheet.remarks:
        words = shown(text.replace("\n", " / "), 80)
        message = Sentence("this text has no question: '{text}'", text=words)
        problems.append(sheet.problem(message, Sentence("Write it below a question, or remove it.")))
    problems += [sheet.problem(message, hint) for message, hint in sheet.doubts]
    taken = () if problems else tuple(reports)
    return Collected(sheet.file, home.lead, taken, tuple(known), tuple(problems), sheet.asides)


def _wrong_activity(workspace: Workspace, home: Home, sheet: Sheet, activity: Activity) -> list[Problem]:
    """Return the problem of an activity that is not the lead's, or whose title was changed in the form."""
    leads = [*activity.cso_lead, *activity.unodc_lead]
    secretariat = workspace.group.secretariat
    if not any(answers_for(workspace.directory, home.lead, lead, secretariat) for lead in leads):
        message = Sentence("{lead} does not lead activity {activity}", lead=home.lead, activity=activity.id)
        return [sheet.problem(message, Sentence("Remove the answer, or ask the Secretariat to change the lead."))]
    title = next((text for name, text in sheet.titles if name == activity.id), "")
    if title and not _is_title(title, activity.title):
        message = Sentence(
            "the title of activity {activity} in the form is not the one of the plan", activity=activity.id
        )
        hint = Sentence("Write about changes in an answer; the form's own words must stay.")
        return [sheet.problem(message, hint)]
    return []


def _is_title(text: str, title: str) -> bool:
    """Return whether a text is a title, or its beginning with an ellipsis, as in a list that has no room for more."""
    whole, words = _compared(title), _compared(text)
    return whole.startswith(words) if text.endswith("…") else whole == words


def _compared(text: str) -> str:
    return re.sub(r"\W+", "", normalize("NFKC", text)).casefold()


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
