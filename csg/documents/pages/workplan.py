"""The workplan: the table that the group agreed with its partner, with every report in its last column."""

from csg.documents.content import Cell, Column, Document, Line, Row, Table, Text, data, paragraphs
from csg.documents.source import Source
from csg.language import marked
from csg.model.fields import FieldView, field_text, fields_of
from csg.model.workplan import Activity

_LEAD_COLUMNS = ("unodc_lead", "cso_lead")
_HEADINGS = (marked("Partner lead"), marked("CSO lead"), marked("Comments"))
"""The headings that the model gives to columns, for translation."""


def workplan_page(source: Source) -> Document:
    """Return the whole plan as a table, with a heading row for each objective."""
    _ = source.language.gettext
    plan = source.plan
    fields = _fields(source)
    progress = _("Progress Report")
    if [period.id for period in plan.periods] == ["mid", "end"]:
        progress = _("Progress Report (mid & end year)")
    columns = (
        Column("", content="short"),
        Column(_("Activities"), 2.2),
        *(Column(source.heading(view), _weight(view)) for view in fields),
        Column(progress, 3),
    )
    rows: list[Row] = []
    for objective in plan.objectives:
        rows.append(Row((((data(objective.id),),), ((data(objective.title),),)), heading=True))
        rows += [_row(source, activity, fields) for activity in objective.activities]
    table = Table(plan.title, columns, tuple(rows))
    subtitle: Line = (data(source.profile.group),) if source.profile.group else ()
    page = f"{plan.workplan}/workplan"
    return source.document(page, page.replace("/", "-"), (data(plan.title),), subtitle, [table])._replace(
        landscape=True
    )


def _fields(source: Source) -> list[FieldView]:
    """Return the fields that are columns of the table."""
    model = source.plan.activity_model
    return [view for view in fields_of(model, source.profile) if view.key in source.column_keys]


def _weight(view: FieldView) -> float:
    if view.key in _LEAD_COLUMNS:
        return 0.9
    return 2.2 if view.key == "comments" else 1


def _row(source: Source, activity: Activity, fields: list[FieldView]) -> Row:
    _ = source.language.gettext
    title: list[Line] = [(data(activity.title),)]
    if activity.due:
        title.append((Text(_("Due {date}", date=source.due(activity.due)), muted=True),))
    plain = activity.plain()
    cells = [_cell(source, activity, view, plain) for view in fields]
    reports = [line for report in activity.progress for line in source.report(report, with_period=True)]
    for period, standing in source.standings.get(activity.id, []):
        if standing.differing:
            colon, status = source.language.colon, source.status(standing.status).text
            text = f"{period.name}{colon}{status}. {source.differing(standing.differing)}"
            reports.append((Text(text, emphasis=True),))
    return Row((((data(activity.id),),), tuple(title), *cells, tuple(reports)))


def _cell(source: Source, activity: Activity, view: FieldView, plain: dict[str, object]) -> Cell:
    if view.key in _LEAD_COLUMNS:
        names = getattr(activity, view.key)
        return (source.data_list(names),) if names else (source.lead_line(()),)
    return paragraphs(field_text(plain[view.key]))
