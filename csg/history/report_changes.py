"""The changes of the progress reports of an activity."""

from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterable, Iterator

from csg.history.change import Change, fields, file_of
from csg.model.workplan import Activity, Progress


def report_changes(old: tuple[Progress, ...], new: Activity, periods: dict[str, str]) -> Iterator[Change]:
    """Yield the changes of an activity's reports from ``old``."""
    before, after = _without_common(old, new.progress)
    earlier_versions = _earlier_versions(before, after)
    names = _report_names(old, new.progress, periods)
    for report, earlier in zip(after, earlier_versions, strict=True):
        if earlier is None:
            words = f"{names(report)} added: {report.status}"
            yield Change(new.id, "progress", "added", words, file_of(new), "progress", None, report.plain())
        else:
            changed = [change.words for change in fields(earlier, report, "", "progress")]
            words = f"{names(report)} changed: {', '.join(changed)}"
            yield Change(
                new.id, "progress", "changed", words, file_of(new), "progress", earlier.plain(), report.plain()
            )
    matched = {id(report) for report in earlier_versions}
    for report in (report for report in before if id(report) not in matched):
        words = f"{names(report)} removed"
        yield Change(new.id, "progress", "removed", words, file_of(new), "progress", report.plain(), None)


_SAME_REPORT: tuple[Callable[[Progress], Hashable], ...] = (
    lambda report: (report.period, report.by, report.date),
    lambda report: (report.period, report.by),
    lambda report: report.model_copy(update={"by": ""}).content,
    lambda report: report.model_copy(update={"period": ""}).content,
)
"""The keys that match a report with its earlier version, the surest first."""


def _earlier_versions(before: list[Progress], after: list[Progress]) -> list[Progress | None]:
    """Return the earlier version of each report of ``after``; None for a new report."""
    versions: list[Progress | None] = [None] * len(after)
    left = before
    for key in _SAME_REPORT:
        by_key: dict[Hashable, deque[Progress]] = {}
        for report in left:
            by_key.setdefault(key(report), deque()).append(report)
        for index, report in enumerate(after):
            if versions[index] is None and (candidates := by_key.get(key(report))):
                versions[index] = candidates.popleft()
        left = [report for reports in by_key.values() for report in reports]
    return versions


def _without_common(old: Iterable[Progress], new: Iterable[Progress]) -> tuple[list[Progress], list[Progress]]:
    """Return the reports of each side that the other side does not have. Equal reports are counted."""
    sides = [[report.content for report in side] for side in (old, new)]
    common = Counter(sides[0]) & Counter(sides[1])
    kept = []
    for reports, contents in zip((old, new), sides, strict=True):
        skipped = common.copy()
        kept_reports = []
        for report, content in zip(reports, contents, strict=True):
            if skipped[content]:
                skipped[content] -= 1
            else:
                kept_reports.append(report)
        kept.append(kept_reports)
    return kept[0], kept[1]


def _report_names(
    old: Iterable[Progress], new: Iterable[Progress], periods: dict[str, str]
) -> Callable[[Progress], str]:
    """Return a function that names a report, with its date if its author has several in the period."""
    counts = [Counter((report.period, report.by) for report in side) for side in (old, new)]

    def name(report: Progress) -> str:
        day = f" of {report.date}" if any(count[report.period, report.by] > 1 for count in counts) else ""
        return f"{periods.get(report.period, report.period)} report by {report.by}{day}"

    return name
