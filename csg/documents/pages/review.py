"""The report on a review: the count of each answer, why counts are hidden, and quotes."""

from collections.abc import Iterator, Mapping

from csg.documents.content import (
    Bar,
    Block,
    Bullets,
    Chart,
    Column,
    Document,
    Heading,
    Line,
    Paragraph,
    Part,
    Quote,
    Row,
    Table,
    Text,
    data,
)
from csg.documents.source import Source, page_name
from csg.model.review import HIDDEN, Countries, Question, Review, fewer_than
from csg.model.workplan import Workplan

COUNTED, UNKNOWN = "counted", "hidden"
"""The looks of the parts of a review's bars: a count, and a hidden count."""


def review_page(
    source: Source, review: Review, page: str, countries: Countries, plans: Mapping[str, Workplan]
) -> Document:
    """Return the report on a review. ``page`` is its path, ``plans`` are those that can have its activity."""
    subtitle: Line = (data(source.profile.group),) if source.profile.group else ()
    file = page.replace("reviews/", "review-")
    return source.document(page, file, (data(review.title),), subtitle, _blocks(source, review, page, countries, plans))


def _blocks(
    source: Source, review: Review, page: str, countries: Countries, plans: Mapping[str, Workplan]
) -> Iterator[Block]:
    _ = source.language.gettext
    yield Paragraph(who_reviewed(source, review, countries))
    candidates = (plan.activity(review.activity) for plan in reversed(list(plans.values())) if review.activity)
    if activity := next((candidate for candidate in candidates if candidate), None):
        yield Paragraph(
            (Text(_("Activity")), Text(" "), data(activity.id, strong=True), Text(" "), data(activity.title))
        )
    if missing := review.not_named(countries.names):
        yield Paragraph((Text(_("Not reviewed:")), Text(" "), *source.data_list(missing), Text(".")))
    for question in review.questions:
        yield from _question(source, question, page)
    yield from _hidden(source, review)


def who_reviewed(source: Source, review: Review, countries: Countries) -> Line:
    """Return the number of people who took part, and of the countries."""
    _, ngettext = source.language.gettext, source.language.ngettext
    reviewers = ngettext("{number} civil society reviewer", "{number} civil society reviewers", review.reviewers)
    if not review.countries:
        return (Text(f"{reviewers}."),)
    coverage = {"reviewed": review.countries.reviewed, "of": review.countries.of}
    if countries.title:
        where = _("{reviewers} from {reviewed} of the {of} {countries}.", reviewers=reviewers,
                  countries=countries.title, **coverage)  # fmt: skip
    else:
        where = _("{reviewers} from {reviewed} of {of} countries.", reviewers=reviewers, **coverage)
    return (Text(where),)


def _question(source: Source, question: Question, page: str) -> Iterator[Block]:
    _ = source.language.gettext
    yield Heading(2, (data(question.id), Text(" "), data(question.text)))
    answered = _("Answered: {answered}. Skipped: {skipped}.", answered=_count(source, question.answered),
                 skipped=_count(source, question.skipped))  # fmt: skip
    if question.kind == "several-choices":
        several = _("People could choose several answers.")
        answered = f"{answered} {several}"
    yield Paragraph((Text(answered),))
    if question.choices:
        yield _chart(source, question, page)
        yield _table(source, question)
    for quote in question.quotes:
        yield Quote((data(f"“{quote.text}”"),))


def _table(source: Source, question: Question) -> Table:
    _ = source.language.gettext
    answered = question.answered if isinstance(question.answered, int) else None
    columns = [Column(_("Answer"), 4), Column(_("Count"), content="number")]
    if answered:
        columns.append(Column(_("Share of answers"), content="number"))
    rows = []
    for choice in question.choices:
        cells = [((data(choice.label),),), ((Text(_count(source, choice.count)),),)]
        if answered:
            share = source.language.percent(choice.count / answered) if isinstance(choice.count, int) else ""
            cells.append(((Text(share),),))
        rows.append(Row(tuple(cells)))
    return Table(question.text, tuple(columns), tuple(rows))


def _count(source: Source, count: int | str) -> str:
    """Return a count, or the words for a hidden one."""
    if isinstance(count, int):
        return source.language.number(count)
    if count == HIDDEN:
        return source.language.gettext("hidden")
    return source.language.gettext("fewer than {number}", number=count.rpartition(" ")[2])


def _chart(source: Source, question: Question, page: str) -> Chart:
    _ = source.language.gettext
    most = max((choice.count for choice in question.choices if isinstance(choice.count, int)), default=0) or 1
    bars = []
    for choice in question.choices:
        words = _count(source, choice.count)
        # A hidden count has a bar of full width: its length says nothing about the count.
        look, number = (COUNTED, choice.count) if isinstance(choice.count, int) else (UNKNOWN, most)
        bars.append(Bar(choice.label, (Part(look, number, words),), words))
    text = _("{question}: the counts of the table as bars. Hidden counts are hatched.", question=question.id)
    if all(isinstance(choice.count, int) for choice in question.choices):
        text = _("{question}: the counts of the table as bars.", question=question.id)
    return Chart(f"{page.rpartition('/')[2]}-{page_name(question.id)}", text, tuple(bars), most)


def _hidden(source: Source, review: Review) -> Iterator[Block]:
    _ = source.language.gettext
    lines: list[str] = []
    if fewer_than(review.threshold) in review.counts:
        lines.append(_("“fewer than {number}”: this count is hidden because it could identify a person.",
                       number=review.threshold))  # fmt: skip
    if HIDDEN in review.counts:
        lines.append(
            _("“hidden”: this count is hidden because it could reveal another hidden count, or who gave which answer.")
        )
    withheld = [question.id for question in review.questions if isinstance(question.answered, str)]
    if withheld:
        lines.append(
            _(
                "{questions}: all counts are hidden because too few people answered.",
                questions=source.language.listed(withheld),
            )
        )
    if lines:
        yield Heading(2, (Text(_("Hidden counts")),))
        yield Bullets(tuple((Text(line),) for line in lines))
