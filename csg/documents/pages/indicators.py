"""The indicators of a plan as a table and as bars, for the report on a period."""

from collections.abc import Iterable, Iterator

from csg.documents.content import Bar, Block, Cell, Chart, Column, Heading, Line, Part, Row, Table, Text, data
from csg.documents.source import Source
from csg.model.indicators import IndicatorProgress


def indicator_blocks(source: Source, index: int) -> Iterator[Block]:
    """Yield the indicators up to the period with this index; nothing for a plan without indicators."""
    summary = source.summaries[index]
    indicators = summary.indicators
    if not indicators:
        return
    _ = source.language.gettext
    yield Heading(2, (Text(_("Indicators")),))
    yield indicator_table(source, indicators)
    bars = [bar for progress in indicators for bar in _bars(source, progress)]
    if bars:
        words = " ".join(f"{bar.label}{source.language.colon}{bar.text}." for bar in bars)
        name = source.period_pages[summary.period.id].rpartition("/")[2]
        title = _("Share of each target that is reached.")
        yield Chart(f"{name}-indicators", f"{title} {words}", tuple(bars), 1.0)


def indicator_table(source: Source, indicators: Iterable[IndicatorProgress]) -> Table:
    """Return a table of indicators with what is reached."""
    _ = source.language.gettext
    columns = (
        Column(_("Activity"), content="short"),
        Column(_("Indicator"), 4),
        Column(_("Baseline"), content="number"),
        Column(_("Target"), content="number"),
        Column(_("Reached"), 2),
    )
    return Table(_("Indicators"), columns, tuple(_row(source, progress) for progress in indicators))


def _row(source: Source, progress: IndicatorProgress) -> Row:
    indicator = progress.indicator
    name: Line = (data(indicator.name),)
    if indicator.unit:
        name = (*name, data(f" ({indicator.unit})", muted=True))
    return Row((
        ((data(progress.activity.id),),),
        (name,),
        ((Text(_number(source, indicator.baseline)),),),
        ((Text(_number(source, indicator.target)),),),
        _reached(source, progress),
    ))  # fmt: skip


def _reached(source: Source, progress: IndicatorProgress) -> Cell:
    """Return the newest value, or the value of each lead if they differ. csg never adds values of several leads."""
    if not progress.newest:
        return ((Text(source.language.gettext("no value yet")),),)
    shown = progress.differing or (progress.newest,)
    return tuple(
        (
            Text(source.language.number(reached.value), strong=True),
            Text(f" ({source.language.listed((reached.by, source.language.date(reached.date)))})", muted=True),
        )
        for reached in shown
    )


def _bars(source: Source, progress: IndicatorProgress) -> Iterator[Bar]:
    """Yield a bar for each value that has a target: the share of the way from baseline to target."""
    shown = progress.differing or ((progress.newest,) if progress.newest else ())
    for reached in shown:
        share = progress.share(reached.value)
        if share is None:
            continue
        label = f"{progress.activity.id} {progress.indicator.name}"
        if progress.differing:
            label = f"{label} ({reached.by})"
        words = source.language.percent(share)
        yield Bar(
            label,
            (Part("reached", min(max(share, 0), 1), words), Part("open", min(1 - share, 1) if share < 1 else 0, "")),
            words,
        )


def _number(source: Source, number: float | None) -> str:
    return "" if number is None else source.language.number(number)
