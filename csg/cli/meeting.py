"""``csg meeting``: the meetings about the plan, and their decisions."""

from typing import TYPE_CHECKING, Annotated

import typer

from csg.cli.app import chosen_workspace, command, noun
from csg.cli.options import DryRunOption, FormatOption, YesOption
from csg.view.display import Column, show

if TYPE_CHECKING:
    from csg.workspace import Workspace

app = noun("The meetings about the plan, for example with the partner, and their decisions.")

MEETING_COLUMNS = (
    Column("Date", lambda row: row["date"]),
    Column("Title", lambda row: row["title"], wraps=True),
    Column("Decisions", lambda row: "; ".join(row["decisions"]), wraps=True),
)
MeetingArgument = Annotated[
    str,
    typer.Argument(
        metavar="DATE", help="The day of the meeting; if two meetings share it, the day, a blank and the title"
    ),
]
DecisionOption = Annotated[
    list[str] | None, typer.Option("--decision", metavar="TEXT", help="A decision. Can be repeated.")
]


@command(app, "list")
def list_meetings(format: FormatOption = "table") -> None:
    """List the meetings of the plan with their decisions."""
    plan = chosen_workspace().plan
    rows = [{**meeting.plain(), "plan": plan.workplan, "source": meeting.source} for meeting in plan.meetings]
    show(rows, MEETING_COLUMNS, format)


@command(app, "add")
def add_meeting(
    date: Annotated[str, typer.Argument(metavar="DATE", help="The day of the meeting: 2022-03-14")],
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The name of the meeting.")] = None,
    decision: DecisionOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add a meeting to the plan. csg asks for the title if it is not given."""
    from csg.cli.asking import ask, need
    from csg.cli.changing import finish
    from csg.editing.records import add_meeting as added
    from csg.model.workplan import Meeting
    from csg.workspace.schema import validated

    current, fields = chosen_workspace(), {"date": date, "decisions": list(decision or ())}
    need({"title": title})
    validated(Meeting, {**fields, "title": "-"})
    new = validated(Meeting, {**fields, "title": ask("title", title, label="The name of the meeting")})
    finish(current, lambda fresh: added(fresh.plan, new), _meetings, dry_run=dry_run)


@command(app, "set")
def set_meeting(
    meeting: MeetingArgument,
    settings: Annotated[
        list[str],
        typer.Argument(metavar="FIELD=VALUE…", help="title=… sets a field; decisions+=… adds a decision."),
    ],
    dry_run: DryRunOption = False,
) -> None:
    """Set fields of a meeting: date, title, decisions."""
    from csg.cli.asking import parse_settings
    from csg.cli.changing import finish
    from csg.editing.records import set_meeting as changed

    given = parse_settings(settings)
    finish(chosen_workspace(), lambda fresh: changed(fresh.plan, meeting, given), _meetings, dry_run=dry_run)


@command(app, "remove")
def remove_meeting(meeting: MeetingArgument, yes: YesOption = False, dry_run: DryRunOption = False) -> None:
    """Remove a meeting with its decisions."""
    from csg.cli.asking import confirm
    from csg.cli.changing import finish
    from csg.editing.records import find_meeting
    from csg.editing.records import remove_meeting as removed

    current = chosen_workspace()
    chosen = current.plan.meetings[find_meeting(current.plan, meeting)]
    confirm(f"Remove the meeting of {chosen.date} ({chosen.title})?", yes or dry_run)
    finish(current, lambda fresh: removed(fresh.plan, meeting), _meetings, dry_run=dry_run)


def _meetings(current: "Workspace") -> str:
    """Return the meetings of the plan as lines of text."""
    meetings = current.plan.meetings
    lines = [f"{meeting.date}  {meeting.title}{_decisions(meeting.decisions)}" for meeting in meetings]
    return "\n".join(lines) or "The plan has no meetings."


def _decisions(decisions: tuple[str, ...]) -> str:
    return "".join(f"\n            - {decision}" for decision in decisions)
