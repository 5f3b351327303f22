"""``csg init``: a new workspace."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csg.cli.options import DryRunOption
from csg.problem import visible
from csg.view.display import note

if TYPE_CHECKING:
    from csg.model.members import Member

app = typer.Typer(rich_markup_mode=None, add_completion=False)
PERIODS = "mid,end"


@app.command("init")
def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder. It can exist already.")] = Path(),
    group: Annotated[str | None, typer.Option("--group", metavar="NAME", help="The group's full name.")] = None,
    short: Annotated[
        str | None,
        typer.Option("--short", metavar="NAME", help="The short name of the group, which begins the names of files."),
    ] = None,
    plan: Annotated[
        str | None, typer.Option("--plan", metavar="NAME", help="The name of the first plan, for example 2023.")
    ] = None,
    periods: Annotated[
        str | None,
        typer.Option(
            "--periods", metavar="IDS", help=f"The reporting periods, separated by commas. [default: {PERIODS}]"
        ),
    ] = None,
    partner: Annotated[
        str | None,
        typer.Option("--partner", metavar="NAME", help="The organisation that the plan is agreed with [default: none]"),
    ] = None,
    language: Annotated[
        str,
        typer.Option(
            "--language", metavar="CODE", help="The language that the data is written in, for example en, es or pt-BR."
        ),
    ] = "en",
    objective: Annotated[
        list[str] | None,
        typer.Option("--objective", metavar="TITLE", help="The title of an objective. Can be repeated."),
    ] = None,
    lead: Annotated[
        list[str] | None,
        typer.Option(
            "--lead", metavar="ID=NAME", help="The short name and the full name of a member. Can be repeated."
        ),
    ] = None,
    example: Annotated[bool, typer.Option("--example", help="Start with the example data of csg instead.")] = False,
    dry_run: DryRunOption = False,
) -> None:
    """Create a new workspace: the group's data, and settings for CI and editors.

    csg asks for missing values. Files that exist already stay as they are.
    """
    from csg.cli.starter import example_files, starter_files
    from csg.problem import Problem, Refused
    from csg.workspace.files import exists, write_files
    from csg.workspace.names import MEMBERS

    root = folder.absolute().resolve()
    if (root / MEMBERS).exists():
        hint = "Choose another folder."
        raise Refused(Problem("CSG308", "this folder is a workspace already", f"{folder}", hint=hint))
    if folder.exists() and not folder.is_dir():
        raise Refused(Problem("CSG308", "this is a file, not a folder", f"{folder}", hint="Choose another folder."))
    given = (group, short, plan, periods, partner, language, objective, lead)
    data = example_files() if example else _data_files(*given)
    files = {**starter_files(), **data}
    kept = [file for file in files if exists(root, file)]
    if not dry_run:
        write_files(root, {file: content for file, content in files.items() if file not in kept})
    for file in files:
        print(visible(f"{'kept ' if file in kept else 'new  '} {file}", keep=""))
    steps = "csg status, csg report render" if root == Path.cwd() else f"cd {folder}, csg status, csg report render"
    note(f"The workspace is in {root if root == Path.cwd() else folder}. Next: {steps}.")


def _data_files(
    group: str | None,
    short: str | None,
    plan: str | None,
    periods: str | None,
    partner: str | None,
    language: str,
    objectives: list[str] | None,
    leads: list[str] | None,
) -> dict[str, bytes]:
    """Return the data files of a new group. At a terminal, ask for missing values."""
    from csg.cli.asking import ask, interactive, need
    from csg.editing.new_workspace import data_files, first_plan, period_ids, plan_name
    from csg.model.group import GroupProfile
    from csg.workspace.schema import validated

    asking = interactive() and None in (group, short, plan)
    need({"group": group, "short": short, "plan": plan})

    def fact(key: str) -> Callable[[str], str]:
        return lambda text: getattr(validated(GroupProfile, {key: text}), key) if text else ""

    def optional(name: str, label: str, given: str | None, default: str, read: Callable[[str], str]) -> str:
        if given is None and asking:
            return str(ask(name, None, label=label, kind="short", default=default, optional=True, read=read))
        return given or default

    def ask_several(name: str, label: str, read: Callable[[str], list[str]]) -> list[str]:
        answer = ask(name, None, label=label, kind="short", optional=True, split=_elements, read=read, line_break="; ")
        return list(answer)

    facts = {
        "group": ask("group", group, label="Full name of the group", kind="short", read=fact("group")),
        "short": ask("short", short, label="Short name, used in the names of files", kind="short", read=fact("short")),
        "language": language,
    }
    name = ask("plan", plan, label="Name of the first plan, for example 2023", kind="short", read=plan_name)
    chosen = optional("periods", "Reporting periods, separated by commas", periods, PERIODS, str)
    partner_label = "Partner that the plan is agreed with (Enter for none)"
    facts["partner"] = optional("partner", partner_label, partner, "", fact("partner"))
    if asking and objectives is None:
        label = "Objectives, separated by ; or commas, or one on each line (Enter for none)"
        objectives = ask_several("objective", label, _elements)
    if asking and leads is None:
        label = (
            "Members: short names, or SHORT=Full name, separated by ; or commas, or one on each line (Enter for none)"
        )
        leads = ask_several("lead", label, _leads)
    profile = validated(GroupProfile, {key: value for key, value in facts.items() if value})
    first = first_plan(name, period_ids(chosen), [title for title in objectives or () if title], language)
    files = data_files(profile, first, [_member(text) for text in leads or ()])
    return {path: text.encode("utf-8") for path, text in files.items()}


def _elements(text: str) -> list[str]:
    """Return the elements of an answer. Semicolons, line breaks or else commas separate them."""
    lines = text.replace(";", "\n")
    parts = lines.split("\n") if "\n" in lines else text.split(",")
    return [element for part in parts if (element := part.strip())]


def _leads(text: str) -> list[str]:
    """Return the members in an answer. Raise Refused for a name that cannot be a member's."""
    leads = _elements(text)
    for lead in leads:
        _member(lead)
    return leads


def _member(text: str) -> "Member":
    """Return a member from ``ID=NAME``; without a name, the id is the name."""
    from csg.model.members import Member
    from csg.problem import Problem, Refused, shown
    from csg.workspace.schema import validated

    name, equals, full_name = text.partition("=")
    if not equals and len(words := text.split()) > 1:
        hint = f"Write the short name, = and the full name: {words[0]}={' '.join(words[1:])}"
        raise Refused(Problem("CSG123", f"'{shown(text)}' is not a short name", hint=hint))
    return validated(Member, {"id": name.strip(), "name": full_name.strip() or name.strip()})
