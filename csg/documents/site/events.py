"""The changes of a plan in words, for the overview and for the page of an activity."""

from contextlib import suppress
from datetime import date

from csg.documents.content import Inline, Line, PageLink, Text, data, shortened
from csg.documents.site.edition import Edition, Event
from csg.language import STATUS_WORDS
from csg.model.fields import FieldView, field_text, fields_of

_LONGEST_VALUE = 120
"""The letters of a value that a change shows."""


def event_line(edition: Edition, event: Event) -> Line:
    """Return a change in words, in the language of the page where csg knows them."""
    _ = edition.source.language.gettext
    if event.record == "progress":
        return _report_line(edition, event)
    if event.record == "activity" and event.what == "added" and not event.field:
        return (Text(_("New activity")),)
    if event.record == "workplan" and event.what == "added" and not event.field:
        return (Text(_("New plan")),)
    if event.record == "review" and event.what == "added" and (review := _review(edition, event)):
        return (Text(_("New review")), Text(edition.source.language.colon), data(review[1]))
    if event.record == "activity" and event.what == "renumbered":
        return (Text(_("Renumbered from {id}", id=event.before)),)
    if event.record == "activity" and event.what == "removed" and not event.field:
        return (Text(_("Activity removed")),)
    if event.record == "activity" and event.what == "changed" and event.field != "indicators":
        return _field_line(edition, event)
    return (data(event.words),)


def subject_line(edition: Edition, event: Event) -> Line:
    """Return the subject of a change: an activity with a link to its page, or another record's name."""
    if page := edition.activity_pages.get(event.subject) if event.plan else None:
        return (PageLink(page, event.subject), Text(" "))
    if event.record == "review":
        page, _title = _review(edition, event) or ("", "")
        return (PageLink(page, event.subject), Text(" "))
    return (data(event.subject), Text(" "))


def _review(edition: Edition, event: Event) -> tuple[str, str] | None:
    """Return the page and the title of the review that a change is about."""
    reviews = edition.catalogue.reviews.items()
    return next(((page, review.title) for page, review in reviews if review.review == event.subject), None)


def _report_line(edition: Edition, event: Event) -> Line:
    _ = edition.source.language.gettext
    report = event.after or event.before
    name = next((period.name for period in edition.plan.periods if period.id == report["period"]), report["period"])
    words = {
        "added": _("New report: {period}, {lead}", period=name, lead=report["by"]),
        "removed": _("Report removed: {period}, {lead}", period=name, lead=report["by"]),
    }.get(event.what, _("Report changed: {period}, {lead}", period=name, lead=report["by"]))
    if event.what == "removed" or report["status"] not in STATUS_WORDS:
        return (Text(words),)
    return (Text(f"{words} "), edition.source.status(report["status"]))


def _field_line(edition: Edition, event: Event) -> Line:
    source = edition.source
    views = {view.key: view for view in fields_of(edition.plan.activity_model, source.profile)}
    view = views.get(event.field)
    if view is None:
        return (data(event.words),)
    label = source.heading(view)
    if view.long:
        return (Text(source.language.gettext("Changed: {field}", field=label)),)
    arrow = " ← " if source.language.direction == "rtl" else " → "
    before, after = (_value(edition, view, value) for value in (event.before, event.after))
    return (Text(f"{label}{source.language.colon}"), before, Text(arrow), after)


def _value(edition: Edition, view: FieldView, value: object) -> Inline:
    """Return the value of a field; a date as the other pages have it."""
    if view.kind == "date":
        with suppress(ValueError):  # an old commit may have another text
            return Text(edition.source.due(date.fromisoformat(str(value))))
    return data(shortened(field_text(value, nothing="–"), _LONGEST_VALUE))
