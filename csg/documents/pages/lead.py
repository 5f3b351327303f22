"""The page of a lead: the reports that it owes, their due dates, its activities, and how to report."""

from collections.abc import Iterable, Iterator, Sequence

from csg.documents.content import (
    Block,
    Bullets,
    Cell,
    Code,
    Column,
    Document,
    Heading,
    Line,
    Paragraph,
    Row,
    Table,
    Text,
    data,
    joined,
    paragraphs,
)
from csg.documents.source import Source
from csg.model.reporting import Debt
from csg.model.workplan import Activity


def lead_page(source: Source, name: str, earlier: Sequence[Source] = ()) -> Document:
    """Return the page of a lead. It says what the lead owes in ``earlier`` plans too."""
    entry = source.directory.find(name)
    full = entry.name if entry else name
    title: Line = (data(name),) if full == name else (data(name), Text(source.language.colon), data(full))
    page = source.lead_pages[name]
    file = f"{source.plan.workplan}-{page.rpartition('/')[2]}"
    return source.document(page, file, title, source.subtitle(), _blocks(source, name, earlier))._replace(
        landscape=True
    )


def _blocks(source: Source, name: str, earlier: Sequence[Source]) -> Iterator[Block]:
    _ = source.language.gettext
    yield Heading(2, (Text(_("Reports you owe")),))
    yield from _owed(source, name, earlier)
    yield Heading(2, (Text(_("Activities you lead")),))
    yield _activities(source, source.led.get(name, []))
    groups = sorted(source.directory.groups_of(name))
    if shared := source.shared(name):
        yield Heading(2, (Text(_("Activities you share through {groups}", groups=source.language.names(groups))),))
        yield _shared(source, shared)


def _owed(source: Source, name: str, earlier: Sequence[Source]) -> Iterator[Block]:
    """Yield the reports that a lead owes: in earlier plans, then in this one."""
    _ = source.language.gettext
    owing = [(plan, summary) for plan in (*earlier, source) for summary in plan.summaries if name in summary.owed]
    if not owing:
        yield Paragraph((Text(_("None.")),))
        return
    columns = (Column(_("Period"), 2), Column(_("Due"), 2), Column(_("Activities"), 5))
    rows = []
    for plan, summary in owing:
        due = source.due(summary.period.due) or _("not set")
        if summary.reports_overdue:
            due = _("{date} (overdue)", date=due)
        period: Line = (data(summary.period.name),)
        if plan is not source:
            period = (data(plan.plan.title), Text(source.language.comma), *period)
        rows.append(Row(((period,), ((Text(due),),), (_debts(source, plan, summary.owed[name]),))))
    yield Table(_("Reports you owe"), columns, tuple(rows))
    yield Heading(2, (Text(_("How to report")),))
    # The page of the newest plan asks for its own report first; an earlier plan has to be named.
    plan, summary = next((each for each in owing if each[0] is source), owing[0])
    yield Bullets((
        (Text(_("Fill in the form that you received and send it back, or answer the letter in a reply.")),),
        (Text(_("What you write is public. Do not name people who could be at risk.")),),
        (Text(_("With csg on your computer, type:")),),
    ))  # fmt: skip
    words = f"csg progress add {summary.owed[name][0].activity.id} --period {summary.period.id} --by {_word(name)}"
    yield Code(words if plan is source else f"{words} --plan {plan.plan.workplan}")


def _debts(source: Source, plan: Source, debts: Iterable[Debt]) -> Line:
    """Return the activities that are owed a report. An id of another plan is no link to an activity of this one."""
    if plan is not source:
        return (Text(source.language.listed(plan.debt(debt) for debt in debts)),)
    return joined([(data(debt.activity.id), Text(source.debt_note(debt))) for debt in debts], source.language.comma)


def _word(name: str) -> str:
    """Return a name as one word of a command line."""
    return f'"{name}"' if " " in name or "&" in name else name


def _activities(source: Source, activities: list[Activity]) -> Table:
    _ = source.language.gettext
    columns = (
        Column(_("No."), content="short"),
        Column(_("Activity"), 2.2),
        Column(_("Lead"), 1),
        Column(_("Comments"), 2),
        Column(_("Due"), content="short"),
        Column(_("Status"), 1.3),
        Column(_("Progress"), 3),
    )
    rows = tuple(_row(source, activity) for activity in activities)
    return Table(_("Activities you lead"), columns, rows)


def _row(source: Source, activity: Activity) -> Row:
    reports = tuple(line for report in activity.progress for line in source.report(report, with_period=True))
    return Row((
        ((data(activity.id),),),
        ((data(activity.title),),),
        (source.lead_line((*activity.cso_lead, *activity.unodc_lead)),),
        paragraphs(activity.comments),
        (source.day(activity.due),),
        _statuses(source, activity),
        reports or ((Text(source.language.gettext("none yet")),),),
    ))  # fmt: skip


def _statuses(source: Source, activity: Activity) -> Cell:
    lines: list[Line] = []
    for period, standing in source.standings.get(activity.id, []):
        first, *more = source.standing(standing)
        lines += [(data(period.name), Text(source.language.colon), *first), *more]
    return tuple(lines)


def _shared(source: Source, activities: list[Activity]) -> Table:
    _ = source.language.gettext
    columns = (
        Column(_("No."), content="short"),
        Column(_("Activity"), 5),
        Column(_("Lead"), 1.5),
        Column(_("Status"), 2),
    )
    rows = tuple(
        Row((
            ((data(activity.id),),),
            ((data(activity.title),),),
            (source.lead_line(activity.cso_lead),),
            _statuses(source, activity),
        ))
        for activity in activities
    )  # fmt: skip
    return Table(_("Activities you share"), columns, rows)
