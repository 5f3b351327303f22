"""Rules for reviews: their activity, counts that match, and counts that could identify a person."""

from collections.abc import Iterator

from csg.checks.rules import rule
from csg.model.base import Record
from csg.model.disclosure import bounds_of, exposed
from csg.model.review import HIDDEN, Question, Review, fewer_than
from csg.problem import Problem, Suggestions
from csg.workspace import Snapshot


@rule("CSG216")
def reviews_belong_to_an_activity(snapshot: Snapshot) -> Iterator[Problem]:
    """Require the activity of a review to be in one of the plans."""
    ids = {activity.id for plan in snapshot.plans for activity in plan.activities()}
    if not ids or any(problem.file.startswith("data/workplan-") for problem in snapshot.problems):
        return  # the activity can be in a file that cannot be read
    suggestions = Suggestions(ids)
    for review in snapshot.reviews:
        if review.activity is not None and review.activity not in ids:
            hint = suggestions.hint(review.activity, "Correct the number.")
            yield review.problem(f"unknown activity '{review.activity}'", ("activity",), hint)


def _questions(snapshot: Snapshot) -> Iterator[tuple[Review, Question]]:
    for review in snapshot.reviews:
        for question in review.questions:
            yield review, question


@rule("CSG231")
def answers_add_up(snapshot: Snapshot) -> Iterator[Problem]:
    """Require answered plus skipped to equal the number of reviewers."""
    for review, question in _questions(snapshot):
        numbers = [count for count in (question.answered, question.skipped) if isinstance(count, int)]
        if sum(numbers) != review.reviewers if len(numbers) == 2 else sum(numbers) > review.reviewers:
            message = (
                f"{question.id}: answered ({question.answered}) plus skipped ({question.skipped}) must equal reviewers"
                f" ({review.reviewers})"
            )
            yield question.problem(message, ("answered",), "Correct one of them.")


@rule("CSG232")
def counts_add_up(snapshot: Snapshot) -> Iterator[Problem]:
    """Require the counts of the choices to add up to the number of answers; for several choices, none can exceed it."""
    for review, question in _questions(snapshot):
        if isinstance(question.answered, int) and question.choices:
            bounds = bounds_of(question, review.threshold)
            beyond = any(
                isinstance(choice.count, int) and choice.count > question.answered for choice in question.choices
            )
            if beyond or any(least > most for least, most in bounds):
                message = f"{question.id}: the counts of the choices do not match the {question.answered} answers"
                yield question.problem(message, ("choices",), "Correct the count that is wrong.")


@rule("CSG233")
def small_counts_are_hidden(snapshot: Snapshot) -> Iterator[Problem]:
    """Require each count below the threshold of a review to be hidden: it could identify a person.

    This also applies to those who did not choose a choice, and to the number of answers. If the number of answers is
    hidden, the question has no choices.
    """
    for review, question in _questions(snapshot):
        few = fewer_than(review.threshold)
        counts: list[tuple[Record, str, int | str]] = [(choice, "count", choice.count) for choice in question.choices]
        counts.append((question, "answered", question.answered))
        for record, key, count in counts:
            if isinstance(count, int) and count < review.threshold:
                yield record.problem(
                    f"{question.id}: a count below {review.threshold} could identify a person",
                    (key,),
                    f"Write '{few}'.",
                )
            elif isinstance(count, str) and count not in (few, HIDDEN):
                yield record.problem(
                    f"{question.id}: '{count}' does not match the threshold of {review.threshold}",
                    (key,),
                    f"Write '{few}'.",
                )
        for choice in question.choices if question.kind == "several-choices" else ():
            shown = isinstance(choice.count, int) and isinstance(question.answered, int)
            if shown and 0 < int(question.answered) - int(choice.count) < review.threshold:
                message = (
                    f"{question.id}: fewer than {review.threshold} people did not choose this, and could be identified"
                )
                yield choice.problem(message, ("count",), f"Write '{HIDDEN}'.")
        if question.choices and not isinstance(question.answered, int):
            message = (
                f"{question.id}: the choices must be left out, because the number of answers is '{question.answered}'"
            )
            yield question.problem(message, ("choices",), "Delete the choices.")


@rule("CSG234")
def hidden_counts_stay_hidden(snapshot: Snapshot) -> Iterator[Problem]:
    """Require that no hidden count can be calculated from the others, exactly or as one of two values."""
    for review, question in _questions(snapshot):
        if isinstance(question.answered, int) != isinstance(question.skipped, int):
            key = "answered" if isinstance(question.answered, int) else "skipped"
            message = f"{question.id}: `answered` and `skipped` reveal each other"
            yield question.problem(message, (key,), f"Hide both: write '{HIDDEN}'.")
        if isinstance(question.answered, int):
            for index in exposed(question, review.threshold):
                message = f"{question.id}: the hidden count of choice {index + 1} can be calculated from the others"
                hint = "Hide another count of the question: write 'hidden'."
                yield question.choices[index].problem(message, ("count",), hint)


@rule("CSG235")
def countries_fit(snapshot: Snapshot) -> Iterator[Problem]:
    """Require the number of reviewed countries to match the list of countries and the countries that questions name."""
    listed = {country.id for country in snapshot.countries.countries} if snapshot.countries else set()
    for review in snapshot.reviews:
        if review.countries is None:
            continue
        reviewed, of = review.countries.reviewed, review.countries.of
        if reviewed > of:
            yield review.countries.problem(
                f"{reviewed} countries reviewed is more than {of}", ("reviewed",), "Correct one of them."
            )
        if listed and of != len(listed):
            message = f"the review is of {of} countries, but data/countries.yaml lists {len(listed)}"
            yield review.countries.problem(message, ("of",), "Correct one of them.")
        named = [(question, choice) for question in review.questions for choice in question.choices if choice.country]
        for question, choice in named:
            if listed and choice.country not in listed:
                message = f"{question.id}: {choice.country} is not in data/countries.yaml"
                yield choice.problem(message, ("country",), "Correct the code, or add it there.")
        if len(review.named) > reviewed:
            message = f"the questions name more than {reviewed} countries"
            yield review.countries.problem(message, ("reviewed",), "Correct one of them.")


@rule("CSG236")
def reviewers_are_enough(snapshot: Snapshot) -> Iterator[Problem]:
    """Require a review to have at least as many reviewers as its threshold."""
    for review in snapshot.reviews:
        if review.reviewers < review.threshold:
            message = f"{review.reviewers} reviewers are fewer than the threshold of {review.threshold}"
            yield review.problem(message, ("reviewers",), "Do not publish this review: a person could be identified.")
