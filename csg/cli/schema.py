"""``csg schema``: the JSON Schema of a data file."""

from typing import Annotated, Literal

import typer

from csg.view.display import print_json

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("schema")
def print_schema(
    kind: Annotated[
        Literal["members", "workplan", "review", "countries"],
        typer.Argument(metavar="[KIND]", help="The kind of data file: members, workplan, review or countries."),
    ] = "workplan",
) -> None:
    """Print the JSON Schema of a data file, for editors that check and complete while one types."""
    from csg.model.schema import json_schema

    print_json(json_schema(kind))
