"""``csg review``: reviews, made from surveys."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from csg.cli.app import chosen_workspace, command, noun
from csg.cli.completion import complete_activity, complete_review
from csg.cli.options import DryRunOption, FormatOption, YesOption
from csg.view.display import Column, Row, show, show_one

if TYPE_CHECKING:
    from csg.model.review import Review

app = noun("Reviews, made from surveys: list, show, import, quote.")

ReviewArgument = Annotated[
    str, typer.Argument(metavar="ID", autocompletion=complete_review, help="A review's id: hpc-reports")
]
QuestionArgument = Annotated[str, typer.Argument(metavar="QUESTION", help="A question's id: Q7")]
REVIEW_COLUMNS = (
    Column("ID", lambda row: row["review"]),
    Column("Title", lambda row: row["title"], wraps=True),
    Column("Activity", lambda row: row["activity"] or ""),
    Column("Reviewers", lambda row: str(row["reviewers"])),
    Column("Countries", lambda row: "{reviewed} of {of}".format(**row["countries"]) if row["countries"] else ""),
    Column("Questions", lambda row: str(len(row["questions"]))),
)
CHOICE_COLUMNS = (
    Column("Question", lambda row: row["id"]),
    Column("Text", lambda row: row["text"], wraps=True),
    Column("Kind", lambda row: row["kind"] or ""),
    Column("Answered", lambda row: str(row["answered"])),
    Column("Skipped", lambda row: str(row["skipped"])),
    Column("Choice", lambda row: row["label"], wraps=True),
    Column("Country", lambda row: row["country"] or ""),
    Column("Count", lambda row: str(row["count"])),
)


def _row(review: "Review") -> Row:
    return {**review.plain(), "source": review.source}


@command(app, "list")
def list_reviews(format: FormatOption = "table") -> None:
    """List the reviews, with the numbers of reviewers and countries."""
    show([_row(review) for review in chosen_workspace().reviews], REVIEW_COLUMNS, format, "no review yet")


@command(app, "show")
def show_review(name: ReviewArgument, format: FormatOption = "table") -> None:
    """Show a review: the countries it covers, and each question with its counts as bars."""
    from csg.editing.review_edits import find_review
    from csg.view.review_page import review_page

    workspace = chosen_workspace()
    review = find_review(workspace, name)
    if format in ("csv", "markdown"):
        show(list(_choices(review)), CHOICE_COLUMNS, format)
    else:
        show_one(_row(review), REVIEW_COLUMNS, format, lambda: review_page(review, workspace.countries))


def _choices(review: "Review") -> Iterator[Row]:
    """Yield a row for each choice of each question, and one for a question without choices."""
    for question in review.questions:
        plain = question.plain()
        for choice in plain["choices"] or [{"label": "", "country": None, "count": ""}]:
            yield {**plain, **choice}


@command(app, "import")
def import_review(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Individual responses, as CSV or XLSX.")],
    id: Annotated[str, typer.Option("--id", metavar="ID", help="The review's id: hpc-2021")],
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The review's title.")] = None,
    activity: Annotated[
        str | None,
        typer.Option(
            "--activity",
            metavar="ID",
            autocompletion=complete_activity,
            help="The activity that the review belongs to.",
        ),
    ] = None,
    country_question: Annotated[
        str | None,
        typer.Option(
            "--country-question", metavar="Q", help="The question that asks for the country [default: detected]"
        ),
    ] = None,
    of: Annotated[
        int | None,
        typer.Option(
            "--of",
            min=1,
            metavar="N",
            help="The number of countries to review [default: from data/countries.yaml, the survey or another review]",
        ),
    ] = None,
    threshold: Annotated[
        int,
        typer.Option(
            "--threshold",
            min=3,
            metavar="N",
            help="Counts below it are hidden: they could identify a person. See docs/privacy.md",
        ),
    ] = 5,
    questions: Annotated[
        Path | None,
        typer.Option(
            "--questions",
            metavar="FILE",
            help="A YAML file that corrects how csg reads the questions. See docs/data-format.md",
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding", metavar="NAME", help="The encoding of a CSV file that is not UTF-8: windows-1256, mac_roman"
        ),
    ] = None,
    service: Annotated[
        Literal[
            "surveymonkey",
            "google",
            "microsoft",
            "kobo",
            "odk",
            "limesurvey",
            "qualtrics",
            "typeform",
            "alchemer",
            "table",
        ]
        | None,
        typer.Option("--from", help="The service of the export; table is a sheet with one row of headings."),
    ] = None,
    form: Annotated[
        Path | None,
        typer.Option("--form", metavar="FILE", help="The XLSForm of the survey, from KoboToolbox or ODK."),
    ] = None,
    write_questions: Annotated[
        Path | None,
        typer.Option("--write-questions", metavar="FILE", help="Write the questions to a new file for --questions."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the review with this id, if it was never committed.")
    ] = False,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Import a survey: an export of individual responses, from any of nine services, or a table.

    csg keeps only counts, and hides a count that could identify a person. It does not read columns with personal data.
    Free text goes to private/, which git ignores, for csg review quote.
    """
    from csg.cli.review_import import Request, run_import

    run_import(
        chosen_workspace(),
        file,
        Request(
            id,
            title,
            activity,
            country_question,
            of,
            threshold,
            questions,
            encoding,
            replace,
            service,
            write_questions,
            form,
        ),
        yes,
        dry_run=dry_run,
    )


@command(app, "quote")
def quote_answer(
    name: ReviewArgument,
    question: QuestionArgument,
    number: Annotated[
        int | None, typer.Option("--number", min=1, metavar="N", help="The number of the answer in the list.")
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="The passage to quote [default: the whole answer]")
    ] = None,
    search: Annotated[str | None, typer.Option("--search", metavar="TEXT", help="Text in the answer.")] = None,
    agreed: Annotated[
        bool, typer.Option("--agreed", help="The author agreed to be quoted, and you know this from the author.")
    ] = False,
    dry_run: DryRunOption = False,
) -> None:
    """Quote an answer in a review, if its author agreed.

    csg lists the answers to the question, from private/. It asks before it adds the answer that you pick to the data.
    """
    from csg.cli.review_quote import run_quote

    run_quote(chosen_workspace(), name, question, number, text, search, agreed=agreed, dry_run=dry_run)
