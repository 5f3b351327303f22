"""The slides for a meeting: at a glance, decisions, each objective, the next dates, and the reviews."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from csg.documents.content import Block, Bullets, Column, Line, Paragraph, Row, Table, Text, data, shortened
from csg.documents.pages.dates import Dated, next_dates
from csg.documents.pages.glance import at_a_glance
from csg.documents.pages.meeting import more_lines, needed_lines
from csg.documents.pages.review import who_reviewed
from csg.documents.source import Source
from csg.model.review import Countries, Review
from csg.model.summary import ObjectiveSummary, Standing, Summary
from csg.model.workplan import Activity, Period

MOST_OBJECTIVE_SLIDES = 4
"""The slides for objectives. A plan with more objectives has several on a slide, so that nine slides are enough."""
_MOST_ROWS = 12
"""The rows of a table, and the lines of a list, for which a slide has room."""
_MOST_BARS = 16
"""The bars of a chart for which a slide has room. The numbers above it have the rest."""
_LONGEST_TITLE = 100
"""The letters of the titles of several objectives for which a slide has room."""
_MOST_DIFFERING = 3
"""The activities for which a slide has room to say what each author reports, if they differ."""


class Slide(NamedTuple):
    """A slide: its title and its content. The first slide has only a title and paragraphs."""

    title: str
    blocks: tuple[Block, ...]


def slides(source: Source, reviews: Iterable[Review], countries: Countries) -> list[Slide]:
    """Return the slides of a plan, at most nine. Each list has as many lines as a slide has room for."""
    _ = source.language.gettext
    summary = source.current
    made = [_first(source, summary)]
    if summary:
        blocks = (block for block in at_a_glance(source, summary) if block.kind in ("paragraph", "chart"))
        readable = tuple(block for block in blocks if block.kind != "chart" or len(block.bars) <= _MOST_BARS)
        made += [Slide(_("At a glance"), readable), _decisions(source, summary), *_objectives(source, summary)]
    made += [slide for slide in (_dates(source), _reviews(source, reviews, countries)) if slide.blocks]
    return made


def _first(source: Source, summary: Summary | None) -> Slide:
    group = [Paragraph((data(source.profile.group),))] if source.profile.group else []
    period = [Paragraph((data(summary.period.name),))] if summary else []
    return Slide(source.plan.title, (*group, *period))


def _decisions(source: Source, summary: Summary) -> Slide:
    _ = source.language.gettext
    lines = needed_lines(source, summary)
    if not lines:
        lines = [(Text(_("None: no activity is at risk or off track.")),)]
    return Slide(_("Decisions and help needed"), (Bullets(_shortened(source, lines)),))


def _shortened(source: Source, lines: list[Line]) -> tuple[Line, ...]:
    """Return the first lines, and the number of the others."""
    return (*lines[:_MOST_ROWS], *more_lines(source, len(lines) - _MOST_ROWS))


def _objectives(source: Source, summary: Summary) -> Iterator[Slide]:
    """Yield the slides of the objectives: a long one has several, as far as there are slides for every activity."""
    parts = summary.objectives
    pieces = [(part, _pieces(part.standings)) for part in parts]
    if sum(len(of_part) for _, of_part in pieces) <= MOST_OBJECTIVE_SLIDES:
        for part, of_part in pieces:
            title = _objectives_title(source, [part])
            for number, piece in enumerate(of_part, 1):
                several = f"{shortened(title, _LONGEST_TITLE)} ({number}/{len(of_part)})"
                yield Slide(several if len(of_part) > 1 else title, tuple(_activities(source, piece)))
        return
    size = max(1, -(-len(parts) // MOST_OBJECTIVE_SLIDES))
    for start in range(0, len(parts), size):
        group = parts[start : start + size]
        standings = [standing for part in group for standing in part.standings]
        yield Slide(_objectives_title(source, group), tuple(_activities(source, standings)))


def _pieces(standings: Sequence[Standing]) -> list[Sequence[Standing]]:
    """Return activities in parts of about the same length, for each of which a slide has room."""
    number = max(1, -(-len(standings) // _MOST_ROWS))
    size = max(1, -(-len(standings) // number))
    return [standings[start : start + size] for start in range(0, len(standings), size)] or [standings]


def _objectives_title(source: Source, group: Sequence[ObjectiveSummary]) -> str:
    """Return the titles of objectives, or their numbers if the titles of several are too long for a slide."""
    title = " · ".join(f"{part.objective.id} {part.objective.title}" for part in group)
    if len(group) == 1 or len(title) <= _LONGEST_TITLE:
        return title
    ids = f"{group[0].objective.id}–{group[-1].objective.id}"
    return source.language.gettext("Objective {objective}", objective=ids)


def _activities(source: Source, standings: Sequence[Standing]) -> Iterator[Block]:
    """Yield a table of activities. If there are too many, those in trouble come first."""
    _ = source.language.gettext
    every = list(standings)
    if not every:
        return
    if len(every) > _MOST_ROWS:
        every.sort(key=lambda standing: not standing.troubled)
    columns = (Column(_("Activity"), 4.8), Column(_("Lead"), 1.5), Column(_("Status"), 1.5))
    yield Table(_("Activities"), columns, tuple(_row(source, standing) for standing in every[:_MOST_ROWS]))
    differing = [standing for standing in every[:_MOST_ROWS] if standing.differing]
    for line in (*_differing(source, differing), *more_lines(source, len(every) - _MOST_ROWS)):
        yield Paragraph(line)


def _differing(source: Source, standings: list[Standing]) -> Iterator[Line]:
    """Yield what the authors of each activity say, or one line with the activities if there is no room for all."""
    if len(standings) <= _MOST_DIFFERING:
        for standing in standings:
            yield data(standing.activity.id, strong=True), Text(f" {source.differing(standing.differing)}")
        return
    ids = source.language.listed(standing.activity.id for standing in standings)
    yield (Text(source.language.gettext("The authors differ in {activities}.", activities=ids)),)


def _row(source: Source, standing: Standing) -> Row:
    activity = standing.activity
    name: Line = (data(activity.id, strong=True), Text(" "), data(activity.title))
    leads = source.data_list(activity.leads) or (Text(source.lead_names(())),)
    return Row(((name,), (leads,), ((source.status(standing.known_status),),)))


def _dates(source: Source) -> Slide:
    _ = source.language.gettext
    rows = [
        Row((((Text(source.language.date(dated.day), strong=True),),), ((_dated(source, dated),),)))
        for dated in next_dates(source)
    ]
    if not rows:
        return Slide(_("Next dates"), ())
    columns = (Column(_("Date"), 1), Column(_("What is due"), 5))
    table = Table(_("Next dates"), columns, tuple(rows[:_MOST_ROWS]))
    return Slide(_("Next dates"), (table, *map(Paragraph, more_lines(source, len(rows) - _MOST_ROWS))))


def _dated(source: Source, dated: Dated) -> Text:
    record = dated.record
    if isinstance(record, Period):
        return data(source.language.gettext("{period} progress report", period=record.name))
    return data(f"{record.id} {record.title}" if isinstance(record, Activity) else record.title)


def _reviews(source: Source, reviews: Iterable[Review], countries: Countries) -> Slide:
    _ = source.language.gettext
    lines = [_review(source, review, countries) for review in reviews]
    return Slide(_("Reviews"), (Bullets(_shortened(source, lines)),) if lines else ())


def _review(source: Source, review: Review, countries: Countries) -> Line:
    return (
        data(review.title, strong=True),
        Text(source.language.colon, strong=True),
        *who_reviewed(source, review, countries),
    )
