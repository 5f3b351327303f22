"""The changes of reviews and of the list of countries."""

from collections.abc import Iterator

from csg.history.change import Change, fields, file_of, paired
from csg.model.review import Choice, Countries, Question, Quote, Review


def review_changes(old: Review | None, new: Review | None) -> Iterator[Change]:
    """Yield the changes of a review, question by question."""
    review = new or old
    assert review is not None
    file = file_of(old, new)
    if not (old and new):
        words = f"new review: {review.title}" if new else "review removed"
        yield Change(review.review, "review", "added" if new else "removed", words, file)
        return
    yield from fields(old, new, review.review, "review", "countries", "questions")
    if old.countries != new.countries:
        before, after = (f"{side.reviewed} of {side.of}" if side else "" for side in (old.countries, new.countries))
        words = f"countries reviewed {before or 'not given'} → {after or 'not given'}"
        yield Change(review.review, "review", "changed", words, file, "countries", before, after)
    for earlier, later in paired(*({question.id: question for question in side.questions} for side in (old, new))):
        for what, words in _question(earlier, later):
            yield Change(review.review, "question", what, f"{(later or earlier).id} {words}", file, "questions")


def _question(old: Question | None, new: Question | None) -> Iterator[tuple[str, str]]:
    if old is None or new is None:
        yield ("added", f"new question: {new.text}") if new else ("removed", "question removed")
        return
    for change in fields(old, new, "", "question", "choices", "quotes"):
        yield "changed", change.words
    for before, after in paired(*({choice.label: choice for choice in side.choices} for side in (old, new))):
        if before != after:
            yield "changed", _choice(before, after)
    for quote in new.quotes:
        if quote not in old.quotes:
            yield "added", f"quote added: {_short(quote)}"
    for quote in old.quotes:
        if quote not in new.quotes:
            yield "removed", f"quote removed: {_short(quote)}"


def _choice(old: Choice | None, new: Choice | None) -> str:
    if old is None or new is None:
        return f"new choice “{new.label}”" if new else f"choice “{old.label if old else ''}” removed"
    return f"“{new.label}” {old.count} → {new.count}"


def _short(quote: Quote) -> str:
    return f"“{quote.text}”" if len(quote.text) <= 60 else f"“{quote.text[:59].rstrip()}…”"


def country_changes(old: Countries | None, new: Countries | None) -> Iterator[Change]:
    """Yield the changes of the list of countries."""
    sides = ({country.id: country for country in side.countries} if side else {} for side in (old, new))
    file = file_of(old, new)
    for before, after in paired(*sides):
        if before and after:
            yield from fields(before, after, after.id, "country")
        else:
            words = f"new country: {after.name}" if after else "country removed"
            yield Change((after or before).id, "country", "added" if after else "removed", words, file)
