"""The report on a period: first the needed decisions, then the changes, then every report by objective."""

from collections.abc import Iterator

from csg.documents.content import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    Line,
    Panel,
    Paragraph,
    Row,
    Table,
    Text,
    data,
    paragraphs,
)
from csg.documents.pages.glance import at_a_glance, numbers
from csg.documents.pages.indicators import indicator_blocks
from csg.documents.source import Source
from csg.model.names import UNREPORTED
from csg.model.since import changes
from csg.model.summary import Standing, Summary


def progress_page(source: Source, index: int) -> Document:
    """Return the progress report on the period with this index."""
    summary = source.summaries[index]
    period = summary.period
    _ = source.language.gettext
    title = _("{period} progress report", period=period.name)
    page = source.period_pages[period.id]
    document = source.document(
        page, page.replace("/", "-"), (Text(title, data=False),), source.subtitle(), _blocks(source, summary, index)
    )
    if period.due:
        return document._replace(footer=_("Reports due {date}", date=source.language.date(period.due)))
    return document


def _blocks(source: Source, summary: Summary, index: int) -> Iterator[Block]:
    yield Panel(tuple(at_a_glance(source, summary)))
    yield from decisions(source, summary)
    if index:
        yield from _since(source, summary)
    yield from _introduction(source, summary)
    yield from _not_reported(source, summary)
    yield from _overdue(source, summary)
    yield from indicator_blocks(source, index)
    if summary.totals.activities:
        yield Heading(2, (Text(source.language.gettext("Number of activities by status")),))
        yield numbers(source, summary)
    yield from _annex(source, summary)


def decisions(source: Source, summary: Summary) -> Iterator[Block]:
    """Yield the decisions that the partner is asked for, and the activities that need a decision or help."""
    _ = source.language.gettext
    yield Heading(2, (Text(_("Decisions and help needed")),))
    asked, standings = summary.decisions_needed, summary.help_needed
    if asked:
        yield Bullets(tuple((data(decision),) for decision in asked), numbered=True)
    if standings:
        columns = (
            Column(_("Status"), content="short"),
            Column(_("Lead"), 1.4),
            Column(_("Activity and what is needed"), 6),
            Column(_("Due"), content="short"),
        )
        rows = tuple(
            Row((
                source.standing(standing),
                (source.lead_line(standing.activity.leads),),
                _needed(source, standing),
                (source.day(standing.activity.due),),
            ))
            for standing in standings
        )  # fmt: skip
        yield Table(_("Activities that need a decision or help"), columns, rows)
    elif not asked:
        yield Paragraph((Text(_("None: no activity is at risk or off track.")),))


def _needed(source: Source, standing: Standing) -> Cell:
    """Return the activity, the reason for its status, and its needs."""
    _ = source.language.gettext
    lines: list[Line] = [(data(standing.activity.id, strong=True), Text(" "), data(standing.activity.title))]
    reports = standing.calls_for_help
    for report in reports:
        author = f"{report.by}{source.language.colon}" if len(reports) > 1 else ""
        lines += [(data(f"{author}{text}", muted=True),) for text in report.summary.splitlines() if text.strip()]
        if report.needs:
            lines.append((Text(_("Help needed:"), strong=True), Text(" "), data(report.needs)))
        elif report.next_steps:
            lines.append((Text(_("Next:"), strong=True), Text(" "), data(report.next_steps)))
    return tuple(lines)


def _since(source: Source, summary: Summary) -> Iterator[Block]:
    _ = source.language.gettext
    changed = changes(summary.standings)
    yield Heading(2, (Text(_("Since the last period")),))
    if not changed:
        yield Paragraph((Text(_("No status has changed.")),))
        return
    groups = (
        (_("Better"), changed.better),
        (_("Worse"), changed.worse),
        (_("Closed"), changed.closed),
        (_("New: first report"), changed.new),
    )
    columns = (
        Column(_("Change"), content="short"),
        Column(_("Activity"), 6),
        Column(_("Before"), content="short"),
        Column(_("Now"), content="short"),
    )
    rows = tuple(
        Row((
            ((Text(label, strong=True),),),
            (_activity_line(standing),),
            ((source.status(standing.last.status),),) if standing.last else ((),),
            ((source.status(standing.status),),),
        ))
        for label, standings in groups
        for standing in standings
    )  # fmt: skip
    yield Table(_("Activities whose status changed"), columns, rows)


def _activity_line(standing: Standing) -> Line:
    return (data(standing.activity.id, strong=True), Text(" "), data(standing.activity.title))


def _introduction(source: Source, summary: Summary) -> Iterator[Block]:
    if text := summary.period.introduction:
        yield Heading(2, (Text(source.language.gettext("Introduction")),))
        for line in paragraphs(text):
            yield Paragraph(line)


def _not_reported(source: Source, summary: Summary) -> Iterator[Block]:
    """Yield the activities without a report, and those with reports from only some of their leads."""
    _ = source.language.gettext
    if not summary.owed and not summary.totals.statuses.get(UNREPORTED):
        return
    yield Heading(2, (Text(_("Not reported")),))
    if summary.reports_overdue and summary.period.due:
        due = _("These reports were due on {date}.", date=source.language.date(summary.period.due))
        yield Paragraph((Text(due),))
    columns = (
        Column(_("Lead"), 1.4),
        Column(_("Activity"), 6),
        Column(_("Last status"), 1.6),
        Column(_("Due"), content="short"),
    )
    rows = [_missing_row(source, standing) for standing in summary.standings if standing.owed]
    rows += [
        _missing_row(source, standing)
        for standing in summary.standings
        if not standing.owed and standing.status == UNREPORTED
    ]
    yield Table(_("Activities without a report"), columns, tuple(rows))


def _missing_row(source: Source, standing: Standing) -> Row:
    _ = source.language.gettext
    owing = [f"{debt.lead} ({debt.contact})" if debt.contact else debt.lead for debt in standing.owed]
    activity: list[Line] = [_activity_line(standing)]
    if standing.reports:
        authors = source.language.names(dict.fromkeys(report.by for report in standing.authors))
        activity.append((Text(_("Reported by {leads}.", leads=authors), muted=True),))
    last: Cell = (source.last_known(standing.last),) if standing.last else ((Text("–"),),)
    return Row((
        (source.lead_line(owing or standing.activity.leads),),
        tuple(activity),
        ((source.status(standing.status),),) if standing.reports else last,
        (source.day(standing.activity.due),),
    ))  # fmt: skip


def _overdue(source: Source, summary: Summary) -> Iterator[Block]:
    if not (summary.overdue and summary.day):
        return
    _ = source.language.gettext
    yield Heading(2, (Text(_("Not finished by the due date")),))
    as_of = _("As of {date}.", date=source.language.date(summary.day))
    yield Paragraph((Text(as_of),))
    columns = (
        Column(_("Due"), content="short"),
        Column(_("Activity"), 6),
        Column(_("Lead"), 1.4),
        Column(_("Status"), 1.4),
    )
    rows = tuple(
        Row((
            (source.day(standing.activity.due),),
            (_activity_line(standing),),
            (source.lead_line(standing.activity.leads),),
            source.standing(standing),
        ))
        for standing in summary.overdue
    )  # fmt: skip
    yield Table(_("Activities after their due date"), columns, rows)


def _annex(source: Source, summary: Summary) -> Iterator[Block]:
    _ = source.language.gettext
    reported = [part for part in summary.objectives if any(standing.reports for standing in part.standings)]
    if reported:
        yield Heading(2, (Text(_("Annex: reports by objective")),))
    columns = (
        Column(_("No."), content="short"),
        Column(_("Activity"), 2.4),
        Column(_("Status"), content="short"),
        Column(_("Report"), 5),
    )
    for part in reported:
        yield Heading(3, (data(part.objective.id), Text(" "), data(part.objective.title)))
        rows = tuple(_report_row(source, standing) for standing in part.standings if standing.reports)
        yield Table(_("Reports on objective {objective}", objective=part.objective.id), columns, rows)
    leads = [lead for standing in summary.standings for lead in standing.activity.leads]
    tables = list(source.names_table(leads))
    if tables:
        yield Heading(2, (Text(_("Names")),))
        yield from tables


def _report_row(source: Source, standing: Standing) -> Row:
    _ = source.language.gettext
    activity = standing.activity
    title: list[Line] = [(data(activity.title),)]
    if activity.due:
        title.append((Text(_("Due {date}", date=source.due(activity.due)), muted=True),))
    reports = tuple(line for report in standing.reports for line in source.report(report, with_period=False))
    return Row((((data(activity.id),),), tuple(title), source.standing(standing), reports))
