"""The state of a plan at a glance: how many have reported and every status, in words and as a chart; the numbers."""

from collections.abc import Iterator

from csg.documents.content import Bar, Block, Cell, Chart, Column, Heading, Paragraph, Part, Row, Table, Text, data
from csg.documents.source import STATUS_ORDER, Source
from csg.model.summary import Standing, Summary


def at_a_glance(source: Source, summary: Summary) -> Iterator[Block]:
    """Yield the number of reports and the statuses of all activities, in words and as a chart."""
    _, ngettext = source.language.gettext, source.language.ngettext
    totals = summary.totals
    yield Heading(2, (Text(_("At a glance")),))
    reported = ngettext(
        "{reported} of {number} activity reported.",
        "{reported} of {number} activities reported.",
        totals.asked,
        reported=totals.reported,
    )
    yield Paragraph((Text(reported, strong=True), Text(f" {source.counts(totals.statuses)}.")))
    if summary.not_asked:
        closed = ngettext(
            "{number} of the {total} activities is closed and needs no report: {activities}.",
            "{number} of the {total} activities are closed and need no report: {activities}.",
            totals.not_asked,
            total=totals.activities,
            activities=source.language.listed(_closed(source, standing) for standing in summary.not_asked),
        )
        yield Paragraph((Text(closed),))
    if summary.without_lead:
        missing = ngettext(
            "{number} of the {total} activities has no lead and needs no report: {activities}.",
            "{number} of the {total} activities have no lead and need no report: {activities}.",
            len(summary.without_lead),
            total=totals.activities,
            activities=source.language.listed(standing.activity.id for standing in summary.without_lead),
        )
        yield Paragraph((Text(missing),))
    if totals.activities:
        yield _chart(source, summary)


def _closed(source: Source, standing: Standing) -> str:
    assert standing.last
    _ = source.language.gettext
    status = source.status(standing.last.status).text
    if standing.reports:
        return _(
            "{activity} ({status} in {period}, reported on all the same)",
            activity=standing.activity.id,
            status=status,
            period=standing.last.period.name,
        )
    return _(
        "{activity} ({status} in {period})",
        activity=standing.activity.id,
        status=status,
        period=standing.last.period.name,
    )


def _chart(source: Source, summary: Summary) -> Chart:
    bars, words = [], []
    for part in summary.objectives:
        label = source.language.gettext("Objective {objective}", objective=part.objective.id)
        statuses = part.totals.statuses
        parts = tuple(
            Part(status, statuses[status], source.status(status).text) for status in STATUS_ORDER if status in statuses
        )
        bars.append(Bar(label, parts))
        words.append(f"{label}{source.language.colon}{source.counts(statuses) or '0'}.")
    most = max(part.totals.activities for part in summary.objectives)
    legend = tuple(status for status in source.legend() if status.status in summary.totals.statuses)
    return Chart(
        f"{source.period_pages[summary.period.id].rpartition('/')[2]}-glance",
        " ".join(words),
        tuple(bars),
        most,
        legend,
    )


def numbers(source: Source, summary: Summary) -> Table:
    """Return the number of activities of each status by objective; each row and the table add up."""
    _ = source.language.gettext
    statuses = [status for status in STATUS_ORDER if status in summary.totals.statuses]
    columns = (
        Column(_("Objective"), 4),
        *(Column(source.status(status).text, content="number") for status in statuses),
        Column(_("Activities"), content="number"),
    )
    parts = [(f"{part.objective.id} {part.objective.title}", part.totals) for part in summary.objectives]
    rows = [
        Row((((data(label),),), *_number_cells([totals.statuses.get(status, 0) for status in statuses]),
             *_number_cells([totals.activities])))
        for label, totals in parts
    ]  # fmt: skip
    every = [summary.totals.statuses[status] for status in statuses]
    rows.append(
        Row((((Text(_("All"), strong=True),),), *_number_cells(every, strong=True),
             *_number_cells([summary.totals.activities], strong=True)))
    )  # fmt: skip
    return Table(_("Number of activities by status"), columns, tuple(rows))


def _number_cells(numbers: list[int], *, strong: bool = False) -> list[Cell]:
    return [((Text(str(number) if number else "", strong=strong),),) for number in numbers]
