"""What every command shares: the options that choose the workspace and the plan, and the workspace they choose."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from csg.workspace import Workspace

RootOption = Annotated[
    str | None,
    typer.Option(
        "--root",
        metavar="DIR",
        help="The workspace [default: CSG_ROOT, or the nearest folder, here or above, with data/members.yaml]",
    ),
]
PlanOption = Annotated[
    str | None,
    typer.Option("--plan", metavar="NAME", help="The plan, as in 2021-22 [default: CSG_PLAN, or the last by name]"),
]

_chosen: dict[str, str | None] = {"root": None, "plan": None}


def choose(root: str | None, plan: str | None) -> None:
    """Remember the workspace and the plan that were asked for; None leaves what was remembered before."""
    _chosen.update({name: value for name, value in (("root", root), ("plan", plan)) if value})


def is_plan_chosen() -> bool:
    """Return whether a plan was asked for, by --plan or CSG_PLAN."""
    return _chosen["plan"] is not None


def workspace() -> Workspace:
    """The workspace and plan that were asked for. Raises Refused where there is no workspace."""
    from csg.workspace import open_workspace

    return open_workspace(**_chosen)


def find_workspace() -> Workspace | None:
    """Return the workspace that was asked for; None if there is none."""
    from csg.problem import Refused

    try:
        return workspace()
    except Refused:
        return None


def noun(text: str) -> typer.Typer:
    """An app for a noun's commands."""
    return typer.Typer(help=text, no_args_is_help=True, rich_markup_mode=None, add_completion=False)


def command(app: typer.Typer, name: str, **given: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """``app.command``, with --root and --plan, which may stand behind the command as well as before it."""

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
        app.command(name, **given)(run)
        return function

    return decorate
