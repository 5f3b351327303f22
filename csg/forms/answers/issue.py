"""The answers in an issue form of a hosting site: a heading for each question, then the answer."""

from csg.forms.answers.sheet import Answer, Sheet, tidy
from csg.forms.questions import QUESTIONS, Code, Codes
from csg.problem import Problem, Refused, shown

FIELDS = {
    "plan": "Plan",
    "period": "Reporting period",
    "lead": "Network",
    "activity": "Activity",
    **QUESTIONS,
}
"""The headings of the form in their order. The first five are chosen from lists and cannot hold a heading."""
_EMPTY = frozenset({"", "_no response_", "none", "no response"})


def is_issue(text: str) -> bool:
    """Return whether a text has a heading of the form. A letter can have headings of its own."""
    labels = {label.casefold() for label in FIELDS.values()}
    return any(line.startswith("### ") and line[4:].strip().casefold() in labels for line in text.splitlines())


def read_issue(file: str, text: str, codes: Codes) -> Sheet:
    """Return the answers of an issue's body. Raise Refused if a heading comes twice or in another order.

    A heading within an answer cannot fake a field: the headings of the form come once each and in their order.
    """
    values: dict[str, list[str]] = {}
    by_label = {label.casefold(): field for field, label in FIELDS.items()}
    order = list(FIELDS)
    current = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        label = line[4:].strip().casefold() if line.startswith("### ") else ""
        field = by_label.get(label, "")
        if not field:
            values.setdefault(current, []).append(line)
            continue
        if field in values or (current and order.index(field) < order.index(current)):
            hint = f"Write the answer without the line '### {shown(line[4:].strip())}'."
            raise Refused(Problem("CSG803", "a heading of the form comes twice or in the wrong place", file, hint=hint))
        values[field] = []
        current = field
    answers = {field: _answer("\n".join(lines)) for field, lines in values.items() if field}
    if "activity" not in answers:
        hint = "Fill in the form on the hosting site again."
        raise Refused(Problem("CSG803", "this is not the text of csg's issue form", file, hint=hint))
    activity, title = codes.activity_of(answers["activity"])
    named = tuple((field, answers[field]) for field in ("plan", "period", "lead") if answers.get(field))
    given = tuple(
        Answer(Code(activity, field), answers.get(field, ""), f"under {label}") for field, label in QUESTIONS.items()
    )
    return Sheet(file, given, titles=((activity, title),), named=named)


def _answer(text: str) -> str:
    tidied = tidy(text)
    return "" if tidied.casefold() in _EMPTY else tidied
