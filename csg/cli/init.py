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
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="The folder of the workspace. It may exist already.")
    ] = Path(),
    group: Annotated[str | None, typer.Option("--group", metavar="NAME", help="The full name of the group.")] = None,
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
            "--periods", metavar="IDS", help=f"The ids of the reporting periods, with commas [default: {PERIODS}]"
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
        typer.Option(
            "--objective", metavar="TITLE", help="The title of an objective. Give the option once for each objective."
        ),
    ] = None,
    lead: Annotated[
        list[str] | None,
        typer.Option(
            "--lead",
            metavar="ID=NAME",
            help="The short name and the full name of a member. Give the option once for each member.",
        ),
    ] = None,
    example: Annotated[
        bool,
        typer.Option("--example", help="Copy the example data that comes with csg, instead of making a new group."),
    ] = False,
    dry_run: DryRunOption = False,
) -> None:
    """Make a new workspace: the data of a group, and settings for git, CI and editors.

    At a terminal csg asks for what is not given. Without a terminal, --group, --short and --plan are required, unless
    --example is given. A file that exists already is left as it is.
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
    note(f"The workspace is in {folder}. Next: cd {folder}, csg status, csg report render.")


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
    """Return the data files of a new group. At a terminal, what is not given is asked for."""
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
    chosen = optional("periods", "Reporting periods, with commas", periods, PERIODS, str)
    partner_label = "Partner that the plan is agreed with (Enter for none)"
    facts["partner"] = optional("partner", partner_label, partner, "", fact("partner"))
    if asking and objectives is None:
        label = "Objectives, with ; or commas between them, or one a line (Enter for none)"
        objectives = ask_several("objective", label, _elements)
    if asking and leads is None:
        label = "Short names of the members, or SHORT=Full name, with ; or commas, or one a line (Enter for none)"
        leads = ask_several("lead", label, _leads)
    profile = validated(GroupProfile, {key: value for key, value in facts.items() if value})
    first = first_plan(name, period_ids(chosen), [title for title in objectives or () if title])
    files = data_files(profile, first, [_member(text) for text in leads or ()])
    return {path: text.encode("utf-8") for path, text in files.items()}


def _elements(text: str) -> list[str]:
    """Return the elements of an answer: with semicolons or line breaks between them, or else with commas."""
    lines = text.replace(";", "\n")
    parts = lines.split("\n") if "\n" in lines else text.split(",")
    return [element for part in parts if (element := part.strip())]


def _leads(text: str) -> list[str]:
    """Return the members of an answer. Raises Refused for one that cannot be a member."""
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
