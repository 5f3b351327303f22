"""The page of an activity: its facts, its reports, its indicators, and what changed by commit."""

from collections.abc import Iterator

from csg.documents.content import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Line,
    PageLink,
    Panel,
    Paragraph,
    Row,
    Table,
    Text,
    data,
    paragraphs,
)
from csg.documents.pages.indicators import indicator_table
from csg.documents.site.blocks import Fact, Facts
from csg.documents.site.edition import Edition
from csg.documents.site.events import event_line
from csg.documents.source import page_name
from csg.model.fields import field_text, fields_of
from csg.model.indicators import indicators_of
from csg.model.workplan import Activity

_MOST_EVENTS = 100
"""The changes that a page shows."""


def activity_page(edition: Edition, activity: Activity) -> Document:
    """Return the page of an activity."""
    source = edition.source
    path = edition.activity_pages[activity.id]
    file = f"{edition.folder}-{page_name(activity.id)}"
    title: Line = (data(activity.id), Text(" "), data(activity.title))
    return source.document(path, file, title, source.subtitle(), _blocks(edition, activity))


def _blocks(edition: Edition, activity: Activity) -> Iterator[object]:
    _ = edition.source.language.gettext
    yield Panel((Facts(tuple(_facts(edition, activity))),))  # type: ignore[arg-type]
    yield Heading(2, (Text(_("Progress reports")),))
    yield from _reports(edition, activity)
    if activity.indicators and edition.plan.periods:
        yield Heading(2, (Text(_("Indicators")),))
        yield indicator_table(edition.source, indicators_of(edition.plan, activity, edition.plan.periods[-1]))
    yield from _history(edition, activity)


def _facts(edition: Edition, activity: Activity) -> Iterator[Fact]:
    source, _ = edition.source, edition.source.language.gettext
    objective = edition.objective_of[activity.id]
    yield Fact(_("Status"), edition.statuses_by_period(activity) or edition.status(activity))
    plain = activity.plain()
    for view in fields_of(edition.plan.activity_model, source.profile):
        if view.key not in source.column_keys:
            continue
        label = source.heading(view)
        if view.key in ("unodc_lead", "cso_lead"):
            yield Fact(label, (source.lead_line(getattr(activity, view.key)),))
        elif text := field_text(plain[view.key]):
            yield Fact(label, paragraphs(text))
    if activity.due:
        yield Fact(_("Due"), (edition.day(activity.due),))
    yield Fact(
        _("Objective"), ((PageLink(edition.objective_pages[objective.id], f"{objective.id} {objective.title}"),),)
    )
    if activity.related:
        yield Fact(_("Related activities"), _related(edition, activity))
    if activity.recurring:
        yield Fact(_("Every year"), ((Text(_("Each new plan has this activity.")),),))
    if activity.carried_from:
        yield Fact(_("Carried over from"), (_origin(edition, activity),))


def _related(edition: Edition, activity: Activity) -> Cell:
    by_id = {other.id: other for other in edition.plan.activities()}
    return tuple(edition.activity_link(by_id[name]) if name in by_id else (data(name),) for name in activity.related)


def _origin(edition: Edition, activity: Activity) -> Line:
    """Return the earlier plan and id of an activity, as a link if the site has the page."""
    plan, name = activity.origin
    earlier = edition.others.get(plan)
    return (PageLink(earlier.activity_pages.get(name, "") if earlier else "", f"{plan} {name}"),)


def _reports(edition: Edition, activity: Activity) -> Iterator[Block]:
    source, _ = edition.source, edition.source.language.gettext
    for report in reversed(activity.progress):
        first, *more = source.report(report, with_period=True)
        yield Heading(3, first)
        for line in more:
            yield Paragraph(line)
    if not activity.progress:
        yield Paragraph((Text(_("No report yet.")),))


def _history(edition: Edition, activity: Activity) -> Iterator[Block]:
    _ = edition.source.language.gettext
    events = edition.events_of.get(activity.id, [])
    if not events and edition.whole_history:
        return
    yield Heading(2, (Text(_("History")),))
    if events:
        columns = (Column(_("Date"), content="short"), Column(_("Change"), 6))
        rows = tuple(Row(((edition.day(event.day),), (event_line(edition, event),))) for event in events[:_MOST_EVENTS])
        yield Table(_("History"), columns, rows)
    if not edition.whole_history or len(events) > _MOST_EVENTS:
        yield Paragraph((Text(_("Older changes are in the history of the data."), muted=True),))
