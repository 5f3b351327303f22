"""``csg log``: the history of an activity, a member or a review."""

from typing import TYPE_CHECKING, Annotated

import typer

from csg.cli.app import chosen_workspace, command, noun
from csg.cli.options import ChangeFormatOption

if TYPE_CHECKING:
    from csg.history.log import Entry

app = noun("Show the history of an activity, a member or a review.")


@command(app, "log")
def log(
    name: Annotated[str, typer.Argument(metavar="ID", help="An activity, a member or a review: 2.4, INPUD")],
    format: ChangeFormatOption = "text",
) -> None:
    """Show the history of an activity, a member or a review: each commit that changed it, with the changes.

    The history of an activity continues under its earlier ids and in earlier plans. The history of a member has its
    record, its reports, and the activities that it leads.
    """
    from csg.history.log import history
    from csg.problem import Problem, Refused, shown
    from csg.workspace.plans import in_other_plans, other_plans_with

    workspace = chosen_workspace()
    entries = list(history(workspace.root, name, workspace))
    if not entries:
        other_plans = other_plans_with(workspace, name)
        hint = in_other_plans(other_plans) or "Give the id of an activity, a member or a review that was committed."
        raise Refused(Problem("CSG504", f"no history of '{shown(name)}'", hint=hint))
    {"text": _text, "markdown": _markdown, "json": _json}[format](entries)


def _text(entries: "list[Entry]") -> None:
    from csg.problem import visible
    from csg.view.changes import change_texts

    for entry in entries:
        print(visible(f"{entry.date[:10]}  {entry.commit[:10]}  {entry.author}: {entry.subject}", keep=""))
        for text in change_texts(entry.changes):
            print(visible(f"  {text}", keep=""))


def _markdown(entries: "list[Entry]") -> None:
    from csg.documents.markdown import escaped

    for entry in entries:
        print(f"- {entry.date[:10]} `{entry.commit[:10]}` {escaped(entry.author)}: {escaped(entry.subject)}")
        for change in entry.changes:
            print(f"  - {escaped(str(change))}")


def _json(entries: "list[Entry]") -> None:
    from csg.view.display import print_json

    print_json([{**entry._asdict(), "changes": [change._asdict() for change in entry.changes]} for entry in entries])
