"""The plans side by side: their numbers, and each activity that was carried from one plan to the next."""

from collections.abc import Iterator, Sequence

from csg.documents.content import Block, Cell, Column, Document, Heading, PageLink, Paragraph, Row, Table, Text, data
from csg.documents.site.edition import Edition
from csg.documents.source import STATUS_ORDER
from csg.model.workplan import Activity

_MOST_YEARS = 5
"""The plans that the tables show: the newest ones."""


def years_page(editions: Sequence[Edition]) -> Document:
    """Return the page that compares the plans. The last of them is the current one."""
    source = editions[-1].source
    title = (Text(source.language.gettext("Years side by side")),)
    subtitle = (data(source.profile.group),) if source.profile.group else ()
    return source.document("years", "years", title, subtitle, _blocks(editions))


def _blocks(editions: Sequence[Edition]) -> Iterator[Block]:
    _ = editions[-1].source.language.gettext
    shown = editions[-_MOST_YEARS:]
    yield Heading(2, (Text(_("Number of activities by status")),))
    yield _numbers(shown)
    yield Heading(2, (Text(_("Activities from year to year")),))
    rows = tuple(_rows(shown))
    if rows:
        columns = (
            Column(_("Activity"), 4),
            *(Column(edition.plan.title, 2) for edition in shown),
        )
        yield Table(_("Activities from year to year"), columns, rows)
    else:
        yield Paragraph((Text(_("No activity was carried over.")),))
    if len(editions) > len(shown):
        yield Heading(2, (Text(_("Earlier plans")),))
        for edition in reversed(editions[: -len(shown)]):
            yield Paragraph((PageLink(f"{edition.folder}/index", edition.plan.title),))


def _numbers(editions: Sequence[Edition]) -> Table:
    source, _ = editions[-1].source, editions[-1].source.language.gettext
    columns = (Column(_("Status"), 2), *(Column(edition.plan.title, content="number") for edition in editions))
    counts = [edition.summary.totals.statuses if edition.summary else {} for edition in editions]
    rows = [
        Row((((source.status(status),),), *(_number(count.get(status, 0)) for count in counts)))
        for status in STATUS_ORDER
        if any(count.get(status) for count in counts)
    ]
    totals = [edition.summary.totals.activities if edition.summary else 0 for edition in editions]
    rows.append(Row((((Text(_("Activities"), strong=True),),), *(_number(total) for total in totals))))
    links = [((PageLink(f"{edition.folder}/index", edition.plan.title),),) for edition in editions]
    rows.append(Row((((Text(_("Activities of the plan")),),), *links)))
    return Table(_("Number of activities by status"), columns, tuple(rows))


def _number(number: int) -> Cell:
    return ((Text(str(number)),),)


def _rows(editions: Sequence[Edition]) -> Iterator[Row]:
    """Yield each activity of the last plan that an earlier plan has too, with its status in each plan."""
    by_plan = {edition.folder: edition for edition in editions}
    by_id = {folder: {each.id: each for each in edition.plan.activities()} for folder, edition in by_plan.items()}
    for activity in editions[-1].plan.activities():
        found = {editions[-1].folder: activity}
        current = activity
        while (plan := by_plan.get(current.origin[0])) and plan.folder not in found:
            earlier = by_id[plan.folder].get(current.origin[1])
            if earlier is None:
                break
            found[plan.folder] = current = earlier
        if len(found) > 1:
            cells = (_status(edition, found.get(edition.folder)) for edition in editions)
            yield Row((((data(activity.title),),), *cells))


def _status(edition: Edition, activity: Activity | None) -> Cell:
    if activity is None:
        return ((Text("–"),),)
    first, *more = edition.status(activity)
    return ((PageLink(edition.activity_pages[activity.id], activity.id), Text(" "), *first), *more)
