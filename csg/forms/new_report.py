"""The answers on one activity as a progress report. What is unclear gets a sentence that the lead can act on."""

from collections.abc import Callable
from datetime import date

from csg.forms.answers.sheet import Answer, Sheet
from csg.forms.home import Home
from csg.forms.questions import QUESTIONS, VALUE, has_question
from csg.forms.status_words import status_of
from csg.forms.values import links_of, number_of, points_elsewhere, says_nothing
from csg.language import STATUS_WORDS
from csg.model.workplan import Activity, Progress
from csg.problem import Problem, Refused, Sentence, shown
from csg.workspace.schema import validated

_MISSING = Sentence("Add the answer, or empty the others.")
Ask = Callable[[str, Answer], str | None]
"""Asks a person for the meaning of an unclear answer; None without a person at a terminal."""


LOST = "\ufffd"
"""The sign that programs write for a letter that they could not read."""


def new_report(
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
            problems.append(sheet.problem(message, Sentence("Type the answer again.")))
        if code.field != "evidence" and points_elsewhere(answer.text):
            message = Sentence(
                "the answer to {question} is in another file: '{text}'", question=code, text=shown(answer.text, 60)
            )
            problems.append(sheet.problem(message, Sentence("Write the answer itself.")))
        if has_question(answer.text):
            message = Sentence("the answer to {question} has the code of another question", question=code)
            problems.append(sheet.problem(message, Sentence("Start each question on a line of its own.")))
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
                problems.append(sheet.problem(message, Sentence("Write the number alone, for example 12.")))
            elif code.indicator not in {indicator.id for indicator in activity.indicators}:
                message = Sentence(
                    "no indicator {indicator} in {activity}", indicator=shown(code.indicator), activity=activity.id
                )
                problems.append(sheet.problem(message, Sentence("Remove it.")))
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
                problems.append(sheet.problem(message, hint))
        elif code.field in QUESTIONS and not says_nothing(answer.text):
            fields[code.field] = answer.text
    if len(problems) > before:
        return None
    if "status" not in fields:
        message = Sentence("the report on activity {activity} has no answer for the status", activity=activity.id)
        problems.append(sheet.problem(message, _MISSING))
    if "summary" not in fields:
        message = Sentence("the report on activity {activity} has no answer for what was done", activity=activity.id)
        problems.append(sheet.problem(message, _MISSING))
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
            problems.append(sheet.problem(message, Sentence("Keep one of them.")))
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
    problems.append(sheet.problem(message, hint))
    return ""
