"""The page of an objective, and the page of all activities of a plan."""

from collections.abc import Callable, Iterable, Iterator

from csg.documents.content import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Line,
    PageLink,
    Paragraph,
    Row,
    Table,
    Text,
    data,
)
from csg.documents.site.blocks import Tile, Tiles
from csg.documents.site.edition import Edition
from csg.documents.source import STATUS_ORDER, page_name
from csg.model.summary import Summary
from csg.model.workplan import Activity, Objective


def objective_page(edition: Edition, objective: Objective) -> Document:
    """Return the page of an objective with its activities."""
    source = edition.source
    file = f"{edition.folder}-objective-{page_name(objective.id)}"
    title: Line = (data(objective.id), Text(" "), data(objective.title))
    path = edition.objective_pages[objective.id]
    return source.document(path, file, title, source.subtitle(), _objective_blocks(edition, objective))


def _objective_blocks(edition: Edition, objective: Objective) -> Iterator[Block]:
    source, _ = edition.source, edition.source.language.gettext
    part = (
        next((part for part in edition.summary.objectives if part.objective is objective), None)
        if edition.summary
        else None
    )
    if part:
        yield Paragraph((Text(f"{source.counts(part.totals.statuses) or '0'}."),))
    yield Heading(2, (Text(_("Activities")),))
    columns = (
        Column(_("No."), content="short"),
        Column(_("Activity"), 5),
        Column(_("Lead"), 1.5),
        Column(_("Due"), content="short"),
        Column(_("Status"), 2.5),
    )
    rows = _activity_rows(
        edition, objective.activities, lambda activity: edition.statuses_by_period(activity) or edition.status(activity)
    )
    yield Table(_("Activities"), columns, tuple(rows))


def activities_page(edition: Edition) -> Document:
    """Return the page of all activities of a plan, which can be filtered and sorted."""
    source, _ = edition.source, edition.source.language.gettext
    blocks = _plan_blocks(edition)
    path = f"{edition.folder}/index"
    return source.document(path, f"{edition.folder}-activities", (Text(_("Activities")),), source.subtitle(), blocks)


def _plan_blocks(edition: Edition) -> Iterator[object]:
    if edition.summary:
        yield status_tiles(edition, edition.summary)
    yield _all_activities(edition)


def status_tiles(edition: Edition, summary: Summary) -> Tiles:
    """Return the number of activities of each status; each leads to these activities."""
    statuses = summary.totals.statuses
    return Tiles(
        tuple(
            Tile(
                status,
                statuses[status],
                edition.source.status(status).text,
                f"{edition.folder}/index",
                f"?status={status}#main",
            )
            for status in STATUS_ORDER
            if statuses.get(status)
        )
    )


def _all_activities(edition: Edition) -> Table:
    source, _ = edition.source, edition.source.language.gettext
    columns = (
        Column(_("No."), content="short"),
        Column(_("Activity"), 6),
        Column(_("Lead"), 1.5),
        Column(_("Due"), content="short"),
        Column(_("Status"), 2),
    )
    rows: list[Row] = []
    for objective in edition.plan.objectives:
        page = edition.objective_pages[objective.id]
        rows.append(Row((((data(objective.id),),), ((PageLink(page, objective.title),),)), heading=True))
        rows += _activity_rows(edition, objective.activities, edition.status)
    return Table(source.plan.title, columns, tuple(rows))


def _activity_rows(
    edition: Edition, activities: Iterable[Activity], status: Callable[[Activity], Cell]
) -> Iterator[Row]:
    for activity in activities:
        yield Row((
            ((Text(activity.id, strong=True),),),
            ((PageLink(edition.activity_pages[activity.id], activity.title),),),
            (edition.source.lead_line((*activity.cso_lead, *activity.unodc_lead)),),
            (edition.day(activity.due),),
            status(activity),
        ))  # fmt: skip
