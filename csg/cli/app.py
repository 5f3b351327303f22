"""The options that choose the workspace and the plan, and the workspace that they choose."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from csg.cli.missing import AskingCommand

if TYPE_CHECKING:
    from csg.workspace import Workspace

RootOption = Annotated[
    str | None,
    typer.Option(
        "--root",
        metavar="DIR",
        help="The workspace folder [default: CSG_ROOT, or the nearest folder with data/members.yaml, here or above]",
    ),
]
PlanOption = Annotated[
    str | None,
    typer.Option("--plan", metavar="NAME", help="The plan: 2021-22 [default: CSG_PLAN, or the last plan by name]"),
]

_chosen: dict[str, str | None] = {"root": None, "plan": None}


def choose(root: str | None, plan: str | None) -> None:
    """Remember the workspace and the plan that a person chose. None keeps the earlier choice."""
    _chosen.update({name: value for name, value in (("root", root), ("plan", plan)) if value})


def is_plan_chosen() -> bool:
    """Return whether a person chose a plan, by --plan or CSG_PLAN."""
    return _chosen["plan"] is not None


def chosen_workspace() -> Workspace:
    """Return the workspace, with the plan that a person chose. Raise Refused if no workspace is found."""
    from csg.workspace import open_workspace

    return open_workspace(**_chosen)


def find_workspace() -> Workspace | None:
    """Return the workspace; None if it is not found."""
    from csg.problem import Refused

    try:
        return chosen_workspace()
    except Refused:
        return None


def noun(text: str) -> typer.Typer:
    """Return an app for the commands of a noun."""
    return typer.Typer(help=text, no_args_is_help=True, rich_markup_mode=None, add_completion=False)


def command(app: typer.Typer, name: str, **settings: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command as ``app.command`` does, and add --root and --plan to its options."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def run(root: str | None = None, plan: str | None = None, **values: Any) -> None:
            choose(root, plan)
            function(**values)

        signature = inspect.signature(function, eval_str=True)
        shared = [
            inspect.Parameter("root", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=RootOption),
            inspect.Parameter("plan", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=PlanOption),
        ]
        parameters = [*signature.parameters.values(), *shared]
        run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        del run.__wrapped__
        app.command(name, cls=AskingCommand, **settings)(run)
        return function

    return decorate
