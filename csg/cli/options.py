"""Options that several commands share."""

import re
from contextlib import suppress
from datetime import date
from typing import Annotated, Literal

import typer

from csg.cli.completion import (
    complete_activity,
    complete_lead,
    complete_member,
    complete_period,
    complete_status,
)
from csg.model.names import STATUSES
from csg.problem import shown
from csg.view.display import Format


def day_meant(text: str) -> date:
    """Return the day that an option gives. Raise BadParameter for text that is not a day."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip(), re.ASCII):
        with suppress(ValueError):
            return date.fromisoformat(text.strip())
    raise typer.BadParameter(f"'{shown(text)}' must be an existing day as in 2021-12-10 (year-month-day).")


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="The output format.")]
ChangeFormatOption = Annotated[
    Literal["text", "markdown", "json"], typer.Option("--format", "-f", help="The output format.")
]
OnOption = Annotated[
    date | None,
    typer.Option(
        "--on",
        metavar="DATE",
        parser=day_meant,
        help="Show what is overdue on this day [default: the due date of each period]",
    ),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show the change as a diff, and write nothing.")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")]
ActivityArgument = Annotated[
    str, typer.Argument(metavar="ID", autocompletion=complete_activity, help="An activity's id: 2.4")
]
MemberArgument = Annotated[
    str, typer.Argument(metavar="ID", autocompletion=complete_member, help="A member's id: INPUD")
]
NewMemberArgument = Annotated[str | None, typer.Argument(metavar="ID", help="The new member's id: INPUD")]
PeriodOption = Annotated[
    str | None,
    typer.Option("--period", metavar="PERIOD", autocompletion=complete_period, help="A reporting period: mid, end"),
]
LeadOption = Annotated[
    str | None,
    typer.Option("--lead", metavar="NAME", autocompletion=complete_lead, help="A member, group or section: INPUD"),
]
ByOption = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", autocompletion=complete_lead, help="The author of the report: INWUD"),
]
StatusOption = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        autocompletion=complete_status,
        help=f"One of {', '.join(STATUSES)}, unreported. Can be repeated.",
    ),
]
