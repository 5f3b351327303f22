"""The forms of a period: for each lead that owes a report, its activities and the questions on them."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from csg.forms.own_words import (
    BEFORE,
    BOTH_NEEDED,
    COMMENTS,
    DUE,
    LED_BY,
    NOTHING_BEFORE,
    OPTIONAL,
    STATUS_CAN_BE,
    status_meanings,
)
from csg.forms.questions import QUESTIONS, Question, questions, status_choices, tag
from csg.language import Language, known_languages
from csg.model.group import GroupProfile
from csg.model.members import Directory, Member
from csg.model.names import UNREPORTED
from csg.model.reporting import SECRETARIAT
from csg.model.summary import Standing, Summary
from csg.model.workplan import Activity, Progress


class AskedActivity(NamedTuple):
    """An activity of a form: what is known of it, and the questions.

    ``optional`` is the group of the lead that owes the report; ``led_by`` the group for which the lead is asked.
    """

    activity: Activity
    known: tuple[str, ...]
    questions: tuple[Question, ...]
    optional: str = ""
    led_by: str = ""

    def notes(self, language: Language) -> list[str]:
        """Return the lines above the questions: who leads, if it is not the lead, and what is known."""
        lines = list(self.known)
        if self.led_by:
            lines.insert(0, language.gettext(LED_BY, group=self.led_by))
        if self.optional:
            lines.insert(0, language.gettext(OPTIONAL, group=self.optional))
        return lines


class Form(NamedTuple):
    """A form for a lead. ``tag`` brings it home; ``is_reminder`` says that it is the second letter."""

    tag: str
    lead: str
    lead_name: str
    group: str
    plan_title: str
    period: str
    due: date | None
    activities: tuple[AskedActivity, ...]
    language: Language
    is_reminder: bool = False

    @property
    def needed_words(self) -> str:
        """Return the sentence that names the questions without which there is no report."""
        words = {field: self.language.gettext(QUESTIONS[field]) for field in ("status", "summary")}
        return self.language.gettext(BOTH_NEEDED, **words)

    @property
    def status_words(self) -> str:
        """Return the sentence that lists the words for a status."""
        words = ("، " if self.language.direction == "rtl" else ", ").join(status_choices(self.language))
        return self.language.gettext(STATUS_CAN_BE, words=words)

    @property
    def status_meanings(self) -> str:
        """Return the sentences that say when to use the statuses that are not plain by themselves."""
        return status_meanings(self.language)

    @property
    def title(self) -> str:
        """Return the title of the form."""
        return self.language.gettext("{period} report: {plan}", period=self.period, plan=self.plan_title)


def forms_for(
    summary: Summary,
    directory: Directory,
    profile: GroupProfile,
    *,
    leads: Iterable[str] = (),
    language: Language | None = None,
    with_groups: bool = False,
    is_reminder: bool = False,
) -> list[Form]:
    """Return a form for each lead that owes a report (of those named, or all), in the order of the directory.

    The Secretariat is asked for what a group owes, such as all members, unless the group is named.
    ``with_groups`` adds to a member's form what its groups owe. The language is the lead's first one that the group
    offers, unless one is given.
    """
    wanted = list(leads)
    secretariat = profile.secretariat or SECRETARIAT
    standings = {standing.activity.id: standing for standing in summary.standings}
    owed = {lead: [debt.activity for debt in debts] for lead, debts in summary.owed.items()}
    shared = {name: _group_debts(owed, directory, name) if with_groups else [] for name in directory}
    groups = [group.id for group in directory.leads if group.id != secretariat]
    asked_of_others = [] if directory.find(secretariat) is None else [name for name in groups if name not in wanted]
    forms = []
    for name in directory:
        if wanted and name not in wanted:
            continue
        words = language or lead_language(directory, profile, name)
        asked = [_asked(summary, standings[activity.id], words) for activity in owed.get(name, ())]
        mine = {activity.activity.id for activity in asked}
        if name in asked_of_others:
            continue
        if name == secretariat:
            asked += [
                _asked(summary, standings[activity.id], words)._replace(led_by=group)
                for group in asked_of_others
                for activity in owed.get(group, ())
                if activity.id not in mine
            ]
            mine = {activity.activity.id for activity in asked}
        asked += [
            _asked(summary, standings[activity.id], words)._replace(optional=group)
            for group, activity in shared[name]
            if activity.id not in mine
        ]
        if asked:
            forms.append(_form(summary, directory, profile, name, tuple(asked), words, is_reminder=is_reminder))
    return forms


def _group_debts(owed: dict[str, list[Activity]], directory: Directory, name: str) -> list[tuple[str, Activity]]:
    """Return what the groups of a member owe, each activity once, with the group's name."""
    debts: dict[str, tuple[str, Activity]] = {}
    for group in sorted(directory.groups_of(name)):
        for activity in owed.get(group, ()):
            debts.setdefault(activity.id, (group, activity))
    return list(debts.values())


def lead_language(directory: Directory, profile: GroupProfile, name: str) -> Language:
    """Return the first language of a lead that is offered, or the group's own."""
    entry = directory.find(name)
    spoken = entry.languages if isinstance(entry, Member) else ()
    offered = profile.languages or known_languages()
    return Language(next((code for code in spoken if code in offered), profile.language))


def _form(
    summary: Summary,
    directory: Directory,
    profile: GroupProfile,
    name: str,
    asked: tuple[AskedActivity, ...],
    language: Language,
    *,
    is_reminder: bool,
) -> Form:
    entry = directory.find(name)
    plan, period = summary.plan, summary.period
    return Form(
        tag(profile.short, plan.workplan, period.id, name),
        name,
        entry.name if entry else name,
        profile.group or profile.short or "",
        plan.title,
        period.name,
        period.due,
        asked,
        language,
        is_reminder,
    )


def _asked(summary: Summary, standing: Standing, language: Language) -> AskedActivity:
    activity = standing.activity
    known = []
    if activity.comments:
        known.append(language.gettext(COMMENTS, text=_on_one_line(activity.comments)))
    if activity.due:
        known.append(language.gettext(DUE, date=language.date(activity.due)))
    known += [_report_text(summary, report, language) for report in activity.progress]
    if standing.status == UNREPORTED and not activity.progress:
        known.append(language.gettext(NOTHING_BEFORE))
    return AskedActivity(activity, tuple(known), tuple(questions(activity, language)))


def _report_text(summary: Summary, report: Progress, language: Language) -> str:
    period = next((known.name for known in summary.plan.periods if known.id == report.period), report.period)
    return language.gettext(
        BEFORE,
        period=period,
        author=report.by,
        date=language.date(report.date),
        status=language.status(report.status),
        summary=_on_one_line(report.summary),
    )


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
