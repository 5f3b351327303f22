"""What civil society said of UNODC's High Priority Country reports (``data/reviews/*.yaml``)."""

from pydantic import Field

from csg.model.base import Count, Id, Identified, Record, Several, Words


class Coverage(Record):
    """How many of the High Priority Countries were reviewed."""

    reviewed: Count = Field(description="Countries reviewed.")
    of: Count = Field(description="High Priority Countries there are.")


class Question(Identified):
    """A question of the survey, with how many answered it."""

    id: Id = Field(description="The question's number: Q1.")
    text: Words = Field(description="The question, as asked.")
    answered: Count = Field(description="Reviewers who answered it.")
    skipped: Count = Field(description="Reviewers who did not.")


class Review(Record):
    """A review: the whole of one file in ``data/reviews``. It holds only what may be published."""

    review: Id = Field(description="The review's id, as in the file's name.")
    title: Words = Field(description="The review's title.")
    activity: Id | None = Field(None, description="The activity it belongs to.")
    reviewers: Count = Field(description="How many took part.")
    countries: Coverage = Field(description="The countries covered.")
    questions: Several[Question] = Field((), description="The questions.")
