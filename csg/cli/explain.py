"""``csg explain``: the cause of a problem, an example, and the fix."""

from typing import Annotated

import typer

from csg.cli.options import FormatOption
from csg.problem import Problem, Refused, listed, shown
from csg.view.display import Column, page, show_one

app = typer.Typer(rich_markup_mode=None, add_completion=False)

COLUMNS = [
    Column("Code", lambda row: str(row["code"])),
    Column("Title", lambda row: str(row["title"])),
    Column("Cause", lambda row: str(row["cause"]), wraps=True),
    Column("Example", lambda row: str(row["example"]), wraps=True),
    Column("Fix", lambda row: str(row["fix"]), wraps=True),
]


@app.command("explain")
def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The code of a problem, for example CSG203 or 203.")],
    format: FormatOption = "table",
) -> None:
    """Explain the code of a problem: its cause, an example, and how to fix it. No workspace is needed."""
    from csg.codes import PAGE, code_meant, codes, codes_near

    name = code_meant(code)
    explained = codes().get(name)
    if explained is None:
        near = codes_near(name)
        hint = f"Did you mean {listed(near)}?" if near else f"See {PAGE} for every code."
        raise Refused(Problem("CSG303", f"unknown code '{shown(name)}'", hint=hint))
    fields = [(column.heading, column.text(explained._asdict())) for column in COLUMNS[2:]]
    show_one(explained._asdict(), COLUMNS, format, lambda: page(f"{explained.code}  {explained.title}", fields))
