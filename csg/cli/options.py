"""Options that several commands have."""

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
from csg.view.display import Format

FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print it.")]
ChangeFormatOption = Annotated[
    Literal["text", "markdown", "json"], typer.Option("--format", "-f", help="How to print it.")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show the change as a diff; write nothing.")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
ActivityArgument = Annotated[
    str, typer.Argument(metavar="ID", autocompletion=complete_activity, help="An activity's id: 2.4")
]
MemberArgument = Annotated[
    str, typer.Argument(metavar="ID", autocompletion=complete_member, help="A member's id: INPUD")
]
PeriodOption = Annotated[
    str | None,
    typer.Option("--period", metavar="PERIOD", autocompletion=complete_period, help="A reporting period: mid, end"),
]
LeadOption = Annotated[
    str | None,
    typer.Option("--lead", metavar="NAME", autocompletion=complete_lead, help="A member, group or section: INPUD"),
]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", autocompletion=complete_lead, help="Who reports: INWUD")
]
StatusOption = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        autocompletion=complete_status,
        help=f"One of {', '.join(STATUSES)}, unreported; may be repeated.",
    ),
]
