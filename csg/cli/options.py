"""Options that several commands have, and what the shell completes them with."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from csg.model.names import STATUSES
from csg.view.display import Format


def _scan(pattern: str, key: str) -> list[str]:
    """Values of a key in the data files, found by line and not by parsing: a completion must not keep anyone waiting,
    and works while a file is broken.
    """
    folder = _data_folder()
    if folder is None:
        return []
    plan = os.environ.get("CSG_PLAN")
    files = sorted(folder.glob(f"workplan-{plan}.yaml" if plan and "*" in pattern else pattern))[-1:]
    inside = (file for file in files if file.is_file() and file.resolve().is_relative_to(folder.resolve()))
    text = "".join(file.read_text("utf-8", "replace") for file in inside)
    return re.findall(rf"^[ ]*(?:- )?\{{?{key}[ ]*[\"']?([^\"',\n}}#]+?)[\"']?[ ]*(?:[,}}#].*)?$", text, re.MULTILINE)


def _data_folder() -> Path | None:
    root = os.environ.get("CSG_ROOT")
    here = Path(root).absolute() if root else Path.cwd()
    return next((each / "data" for each in (here, *here.parents) if (each / "data" / "members.yaml").is_file()), None)


def _completed(pattern: str, key: str, wanted: str = ".") -> Callable[[str], list[str]]:
    def complete(incomplete: str) -> list[str]:
        found = dict.fromkeys(name for name in _scan(pattern, key) if re.match(wanted, name))
        return [_typed(name) for name in found if name.startswith(incomplete.replace("\\", ""))]

    return complete


def _typed(name: str) -> str:
    """A name as it is typed: bash takes what it is given for text that is quoted already."""
    return name.replace(" ", "\\ ") if os.environ.get("_CSG_COMPLETE", "").endswith("bash") else name


complete_activity = _completed("workplan-*.yaml", r"(?:- )?id:", r"\d+\.\d+$")
complete_objective = _completed("workplan-*.yaml", r"(?:- )?id:", r"\d+$")
complete_period = _completed("workplan-*.yaml", r"(?:- )?\{id:", r"\D")
complete_lead = _completed("members.yaml", r"(?:- )?\{?id:", r".*[A-Z]")
complete_type = _completed("members.yaml", r"(?:- )?\{?id:", r"[a-z-]+$")
complete_member = _completed("members.yaml", r"- id:")


def complete_review(incomplete: str) -> list[str]:
    """Reviews, by the names of their files, that begin like what is typed."""
    folder = _data_folder()
    names = sorted(file.stem for file in folder.glob("reviews/*.yaml")) if folder else []
    return [name for name in names if name.startswith(incomplete)]


def complete_field(incomplete: str) -> list[str]:
    """Fields of an activity that begin like what is typed."""
    fields = ("title=", "unodc_lead=", "cso_lead=", "comments=", "due=", "related=", "carried_from=", "id=")
    return [field for field in fields if field.startswith(incomplete)]


def complete_report(incomplete: str) -> list[str]:
    """Reports that come with csg and begin like what is typed."""
    names = ("workplan", "progress", "lead", "members", "review", "README", *complete_review(""))
    return [name for name in names if name.startswith(incomplete)]


def complete_status(incomplete: str) -> list[str]:
    """Statuses that begin like what is typed."""
    return [status for status in STATUSES if status.startswith(incomplete)]


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
