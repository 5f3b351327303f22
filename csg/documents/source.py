"""The source of documents: a plan, its members and the summaries of its periods, with the words of a language."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from csg.documents.content import (
    Cell,
    Column,
    Document,
    Inline,
    Line,
    Link,
    PageLink,
    Row,
    Status,
    Table,
    Text,
    data,
    joined,
)
from csg.language import STATUS_WORDS, Language
from csg.model.fields import FieldView
from csg.model.group import GroupProfile
from csg.model.ids import DEVICES
from csg.model.members import Directory, without_contact
from csg.model.names import STATUSES, UNREPORTED
from csg.model.reporting import Debt, PeriodStatus, current_period
from csg.model.summary import Standing, Summary, summarize
from csg.model.workplan import Activity, Period, Progress, Workplan

STATUS_ORDER = tuple(STATUS_WORDS)
"""The order of statuses in charts and tables: from done to unknown."""
assert {*STATUSES, UNREPORTED} == set(STATUS_ORDER)


class Source:
    """A plan as documents read it. Documents never use today's date: work due before ``on`` is overdue."""

    def __init__(
        self,
        plan: Workplan,
        directory: Directory,
        profile: GroupProfile,
        language: Language,
        on: date | None = None,
    ) -> None:
        self.plan, self.directory, self.profile, self.language, self.on = plan, directory, profile, language, on

    @cached_property
    def summaries(self) -> tuple[Summary, ...]:
        """The summary of each period: one pass over the plan for each."""
        secretariat = self.profile.secretariat
        return tuple(
            summarize(self.plan, self.directory, period, self.on or period.due, secretariat)
            for period in self.plan.periods
        )

    @cached_property
    def current(self) -> Summary | None:
        """The period that documents show first; None for a plan without periods.

        On a day, it is the one that reports are due for. Otherwise it is the last period with a report, or the first.
        """
        if self.on:
            period = current_period(self.plan, self.directory, self.on, self.profile.secretariat)
            return next((summary for summary in self.summaries if summary.period == period), None)
        reported = {report.period for activity in self.plan.activities() for report in activity.progress}
        summaries = [summary for summary in self.summaries if summary.period.id in reported]
        return summaries[-1] if summaries else next(iter(self.summaries), None)

    @cached_property
    def led(self) -> dict[str, list[Activity]]:
        """The activities that each name leads, in the plan's order."""
        led: dict[str, list[Activity]] = {}
        for activity in self.plan.activities():
            for name in dict.fromkeys(map(without_contact, (*activity.cso_lead, *activity.unodc_lead))):
                led.setdefault(name, []).append(activity)
        return led

    @cached_property
    def leads(self) -> list[str]:
        """Every name that leads an activity, in the order of the directory."""
        return [name for name in self.directory if name in self.led]

    def shared(self, name: str) -> list[Activity]:
        """Return the activities that a member shares through its groups and does not lead itself."""
        own = {activity.id for activity in self.led.get(name, [])}
        shared = {activity.id for group in self.directory.groups_of(name) for activity in self.led.get(group, [])} - own
        return [activity for activity in self.plan.activities() if activity.id in shared]

    @property
    def column_keys(self) -> tuple[str, ...]:
        """Return the fields that are columns of the workplan's table: the leads, the comments, the group's own."""
        has_partner = self.profile.partner is not None or bool(self.directory.unodc)
        partner = ("unodc_lead",) if has_partner else ()
        return (*partner, "cso_lead", "comments", *self.plan.activity_model.own_fields)

    @cached_property
    def lead_pages(self) -> dict[str, str]:
        """The page of each lead, by its name."""
        return {name: f"{self.plan.workplan}/leads/{page}" for name, page in page_names(self.leads).items()}

    @cached_property
    def period_pages(self) -> dict[str, str]:
        """The page of each period's progress report, by the period's id."""
        names = page_names((period.id for period in self.plan.periods), reserved=())
        return {period: f"{self.plan.workplan}/progress-{page}" for period, page in names.items()}

    @cached_property
    def standings(self) -> dict[str, list[tuple[Period, Standing]]]:
        """Each activity in every period up to the last with reports, by its id."""
        reported = {report.period for activity in self.plan.activities() for report in activity.progress}
        last = max((index for index, period in enumerate(self.plan.periods) if period.id in reported), default=0)
        standings: dict[str, list[tuple[Period, Standing]]] = {}
        for summary in self.summaries[: last + 1]:
            for standing in summary.standings:
                standings.setdefault(standing.activity.id, []).append((summary.period, standing))
        return standings

    def document(self, path: str, name: str, title: Line, subtitle: Line, blocks: Iterable[object]) -> Document:
        """Return a document of this plan in its language. ``name`` ends the name of its file."""
        return Document(
            path,
            self.file_name(name),
            title,
            subtitle,
            tuple(blocks),  # type: ignore[arg-type]
            footer=self.profile.short or self.profile.group or "",
            language=self.language.code,
            direction=self.language.direction,
            data_language=self.profile.language,
        )

    def file_name(self, name: str) -> str:
        """Return the name of a document's file, with the group's name: ``CS-Group-2021-22-workplan``."""
        return "-".join(part for part in (page_name(self.profile.short or ""), name) if part != "page")

    def subtitle(self) -> Line:
        """Return the plan's title and the group's name."""
        parts: list[Inline] = [data(self.plan.title)]
        if self.profile.group:
            parts += [Text(self.language.dot), data(self.profile.group)]
        return tuple(parts)

    # Words

    def status(self, status: str) -> Status:
        """Return a status with its words."""
        return Status(status, self.language.status(status))

    def legend(self) -> tuple[Status, ...]:
        """Return every status with its words."""
        return tuple(self.status(status) for status in STATUS_ORDER)

    def last_known(self, last: PeriodStatus | None) -> Line:
        """Return the status in an earlier period, with the period's name."""
        if last is None:
            return ()
        text = self.language.gettext("in {period}", period=last.period.name)
        return (self.status(last.status), Text(f" {text}"))

    def standing(self, standing: Standing) -> Cell:
        """Return the status of an activity in a period: with the last known one, and where its authors differ."""
        lines: list[Line] = [(self.status(standing.status),)]
        if not standing.reports and standing.last:
            known = self.last_known(standing.last)
            lines = [known] if standing.status == standing.last.status else [*lines, known]
        if standing.differing:
            lines.append((Text(self.differing(standing.differing), muted=True),))
        return tuple(lines)

    def differing(self, reports: Iterable[Progress]) -> str:
        """Return the status that each author gives, in words."""
        colon = self.language.colon
        parts = [f"{report.by}{colon}{self.status(report.status).text}" for report in reports]
        return self.language.gettext("The authors differ. {statuses}.", statuses=self.language.semicolon.join(parts))

    def counts(self, statuses: dict[str, int]) -> str:
        """Return the number of each status in words: ``3 completed, 5 on track``."""
        words = ((status, statuses.get(status, 0)) for status in STATUS_ORDER)
        colon = self.language.colon
        return self.language.listed(f"{self.status(status).text}{colon}{number}" for status, number in words if number)

    def lead_names(self, names: Iterable[str]) -> str:
        """Return leads as a list, or the sign for no lead."""
        return self.language.listed(names) or self.language.pgettext("no lead", "n/a")

    def lead_line(self, names: Iterable[str]) -> Line:
        """Return leads as a line, each with a link to its page."""
        parts: list[Inline] = []
        for name in names:
            if parts:
                parts.append(Text(self.language.comma))
            page = self.lead_pages.get(without_contact(name))
            parts.append(PageLink(page, name) if page else data(name))
        return tuple(parts) or (Text(self.lead_names(())),)

    def data_list(self, texts: Iterable[str]) -> Line:
        """Return texts from the data with commas of the language between them."""
        return joined([(data(text),) for text in texts], self.language.comma)

    def heading(self, view: FieldView) -> str:
        """Return the heading of a column: the group's own words, or csg's in the language of the document."""
        labels, partner = self.profile.labels, self.profile.partner
        if view.key in self.plan.activity_model.own_fields or getattr(labels, view.key, None):
            return view.label
        if view.key == "unodc_lead" and partner:
            return self.language.gettext("{partner} lead", partner=partner)
        return self.language.gettext(view.label)

    def debt(self, debt: Debt) -> str:
        """Return the id of an activity that is owed a report, and the other leads that have reported."""
        return f"{debt.activity.id}{self.debt_note(debt)}"

    def debt_note(self, debt: Debt) -> str:
        """Return the other leads that have reported on an activity, in brackets; empty without one."""
        if not debt.shared_with:
            return ""
        reported = self.language.gettext("reported by {leads}", leads=self.language.names(debt.shared_with))
        return f" ({reported})"

    def due(self, day: date | None) -> str:
        """Return a due date, or nothing."""
        return self.language.date(day) if day else ""

    def day(self, day: date | None) -> Line:
        """Return a date by which a web page can sort a table; an empty text without a date."""
        return (Text(self.due(day), day=day.isoformat() if day else ""),)

    def report(self, report: Progress, *, with_period: bool) -> Cell:
        """Return a progress report as the paragraphs of a cell."""
        _ = self.language.gettext
        period = next((period.name for period in self.plan.periods if period.id == report.period), report.period)
        comma = Text(self.language.comma, strong=True)
        before: Line = (data(period, strong=True), comma) if with_period else ()
        day = Text(self.language.date(report.date), strong=True)
        lines: list[Line] = [(*before, data(report.by, strong=True), comma, day, Text(" "), self.status(report.status))]
        lines += [(data(text),) for text in report.summary.splitlines() if text.strip()]
        for label, text in ((_("Help needed:"), report.needs), (_("Next:"), report.next_steps)):
            if text:
                lines.append((Text(label, emphasis=True), Text(" "), data(text)))
        if report.evidence:
            links: list[Inline] = [Text(_("Evidence:"), emphasis=True)]
            for url in report.evidence:
                links += [Text(" "), link(url)]
            lines.append(tuple(links))
        return tuple(lines)

    def names_table(self, names: Iterable[str]) -> Iterator[Table]:
        """Yield a table of the full names of leads, if any name is short for another."""
        _ = self.language.gettext
        ids = list(dict.fromkeys(map(without_contact, names)))
        entries = [entry for entry in map(self.directory.find, ids) if entry and entry.name != entry.id]
        if entries:
            rows = tuple(Row((((data(entry.id, strong=True),),), ((data(entry.name),),))) for entry in entries)
            columns = (Column(_("Short name"), 1), Column(_("Full name"), 4))
            yield Table(_("Names of leads"), columns, rows)


def link(url: str) -> Inline:
    """Return a web address as a link, and anything else as text."""
    return Link(url, url) if re.match(r"https?://", url) else data(url)


_RESERVED_PAGES = DEVICES | {"index"}
"""Pages that no lead, activity or review can have: the page of its folder, and names that Windows refuses."""


def page_name(name: str) -> str:
    """Return the file name of an id's page, with letters, digits and dashes, which are safe in every file system."""
    return re.sub(r"[^\w]+", "-", name).strip("-") or "page"


def page_names(names: Iterable[str], reserved: Iterable[str] = _RESERVED_PAGES) -> dict[str, str]:
    """Return a page for each name. If names have the same page, regardless of case, the later page gets a number.

    A reserved page gets a number too. Nothing is reserved for pages whose names begin with another word.
    """
    pages: dict[str, str] = {}
    taken = set(reserved)
    for name in names:
        page, number = page_name(name), 1
        while page.casefold() in taken:
            number += 1
            page = f"{page_name(name)}-{number}"
        taken.add(page.casefold())
        pages[name] = page
    return pages
