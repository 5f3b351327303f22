"""``csg schema``: the JSON Schema of a data file."""

from typing import Annotated, Literal

import typer

from csg.view.display import print_json

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("schema")
def print_schema(
    kind: Annotated[
        Literal["group", "members", "workplan", "review", "countries"],
        typer.Argument(metavar="[KIND]", help="The kind of data file: group, members, workplan, review or countries."),
    ] = "workplan",
) -> None:
    """Print the JSON Schema of a data file, for editors that check and complete while you type.

    In a workspace, the schema of a workplan has the group's own fields.
    """
    from csg.cli.app import find_workspace
    from csg.model.schema import json_schema

    workspace = find_workspace()
    print_json(json_schema(kind, workspace.group if workspace else None))
