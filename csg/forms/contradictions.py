"""Files that contradict each other, and forms that were sent twice."""

from collections.abc import Iterable

from csg.forms.collect import Collected, says_the_same
from csg.model.members import without_contact
from csg.model.workplan import Progress
from csg.problem import Problem, Sentence


def contradictions(collected: Iterable[Collected]) -> list[Collected]:
    """Return the files again, where files that contradict each other are refused and a form sent twice counts once.

    The order of the files makes no difference to the reports that are taken.
    """
    files = list(collected)
    by_key: dict[tuple[str, str, str, str], list[tuple[int, Progress]]] = {}
    for number, found in enumerate(files):
        for new in found.reports:
            key = (new.plan, new.activity, new.report.period, without_contact(new.report.by))
            by_key.setdefault(key, []).append((number, new.report))
    refused = _contradicting(files, by_key)
    twice: dict[int, list[str]] = {}
    for (_, activity, _, _), reports in by_key.items():
        _first, *others = [number for number, _ in reports if number not in refused] or [0]
        for number in others:
            twice.setdefault(number, []).append(activity)
    return [
        found._replace(reports=(), problems=(*found.problems, refused[number])) if number in refused
        else found._replace(
            reports=tuple(new for new in found.reports if new.activity not in twice.get(number, ())),
            known=(*found.known, *twice.get(number, ())),
        )
        for number, found in enumerate(files)
    ]  # fmt: skip


def _contradicting(
    files: list[Collected], by_key: dict[tuple[str, str, str, str], list[tuple[int, Progress]]]
) -> dict[int, Problem]:
    """Return a problem for each file that has another report than some other file."""
    refused: dict[int, Problem] = {}
    for (_, activity, _, lead), reports in by_key.items():
        other = next(((number, report) for number, report in reports if not says_the_same(report, reports[0][1])), None)
        if other is None:
            continue
        for number, report in reports:
            against = reports[0][0] if not says_the_same(report, reports[0][1]) else other[0]
            message = Sentence(
                "{file} has other answers on activity {activity} for {lead}",
                file=files[against].file,
                activity=activity,
                lead=lead,
            )
            hint = Sentence("Keep or send only the file that is right.")
            refused.setdefault(number, Problem("CSG803", message, files[number].file, hint=hint))
    return refused
