"""The program: its nouns, loaded when they are used, and the one place where errors end."""

import os
import sys
from importlib import import_module
from types import ModuleType
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

import csg
from csg.cli.app import PlanOption, RootOption, choose
from csg.problem import Refused, reason, visible
from csg.view.streams import at_blanks, guard_streams, note, output_failure

NOUNS = {
    "status": "Where the plan stands today, and what needs doing.",
    "workplan": "The activities of the workplan: list, show, add, set, remove, new.",
    "member": "The members of the group: list, show, add, set, remove.",
    "progress": "Progress reports on activities: add, list, edit, remove, due.",
    "indicator": "Indicators of activities: list, add, set, remove.",
    "meeting": "Meetings about the plan and their decisions: list, add, set, remove.",
    "undo": "Take back the last change that csg made.",
    "review": "Reviews, made from surveys: list, show, import, quote.",
    "report": "The documents: list and render the workplan table and the progress reports.",
    "diff": "Tell what changed, in the plan's own terms.",
    "log": "Tell the history of an activity, a member or a review.",
    "check": "Tell all that is wrong with the data folder.",
    "explain": "Explain the code of a problem: its cause, an example, and the fix.",
    "git": "Set git up to merge, show and check the data as csg does.",
    "schema": "Print the JSON Schema of a data file, for editors.",
    "init": "Make a new workspace: data, templates, CI and editor settings.",
}
"""Each is a module of this package; its help stands here so that --help need not import it."""


class Nouns(TyperGroup):
    """The nouns of NOUNS, of which only the one that is used is imported: start-up is what people feel."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = {name: TyperGroup(name=name, help=text, no_args_is_help=True) for name, text in NOUNS.items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of the first argument, as the module that has it defines it."""
        name, _, rest = super().resolve_command(ctx, args)
        if name is None:
            return None, None, rest
        return name, typer.main.get_command(import_module(f"csg.cli.{name}").app), rest


app = typer.Typer(cls=Nouns, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


def _version(ctx: typer.Context, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:  # as for a completion, of which a shell runs the output
        print(f"csg {csg.__version__}")
        raise typer.Exit


@app.callback()
def csg_command(
    root: RootOption = None,
    plan: PlanOption = None,
    version: Annotated[  # noqa: ARG001  (its callback has done it)
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """The workplan of the UNODC Civil Society Group on Drug Use and HIV: who does what, by when, and how it goes."""
    choose(root or os.environ.get("CSG_ROOT"), plan or os.environ.get("CSG_PLAN"))


def run() -> NoReturn:
    """Run the program. Exits 0: done, 1: data or request at fault, 2: command line wrong, 3: a bug of ours.

    Where the command does not succeed, what a person typed at its questions is kept.
    """
    try:
        _run()
    except SystemExit as ending:
        if ending.code:
            from csg.cli.typed import keep_answers

            keep_answers()
        raise


def _run() -> NoReturn:
    if any("\udc80" <= letter <= "\udcff" for word in sys.argv for letter in word):
        print("Error: the command line is not UTF-8 text.", file=sys.stderr)
        sys.exit(2)
    _disable_plugins()
    guard_streams()
    status = _run_command()
    written = _has_written()
    if failure := output_failure():
        end = "The change is written, but not all of the output is shown." if written else "Print to another file."
        note(f"CSG408 standard output: {reason(failure)}. {end}")
        status = status or 1
    # A script that tries again after an error must not write an entry for the second time.
    sys.exit(0 if written and status in (1, 3) else status)


def _disable_plugins() -> None:
    """Keep plugins of Pydantic, which are other people's code, from the records.

    Pydantic's own module that loads them is replaced: to import it takes a tenth of ``csg workplan list``.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    loader: Any = ModuleType("pydantic.plugin._loader")
    loader.get_plugins = tuple
    sys.modules.setdefault(loader.__name__, loader)


def _run_command() -> int:
    """Run the command. Return its exit status, with every error reported."""
    try:
        return int(app(standalone_mode=False) or 0)
    except TyperException as error:
        return _report_usage(error)
    except typer.Abort:
        note("Aborted!")
    except Refused as refused:
        for problem in sorted(refused.problems, key=lambda problem: problem.order):
            is_false = _has_written() and "nothing was written" in problem.hint.casefold()
            note(visible(str(problem._replace(hint="") if is_false else problem), keep=""))
    except OSError as error:
        note(f"CSG408 {error.filename or 'a file'}: {reason(error)}: look at it, and try again")
    except Exception as error:
        if "CSG_DEBUG" in os.environ:
            raise
        return _bug(error)
    return 1


def _report_usage(error: Any) -> int:
    """Report an error of the command line, with what was typed as text on one line. Return the exit status."""
    context = getattr(error, "ctx", None)
    is_help = context is not None and error.message == context.get_help()
    if not is_help:
        error.message = visible(error.message, keep="")
        before = f"Error: {error.format_message().removesuffix(error.message)}"
        error.message = at_blanks(f"{before}{error.message}").removeprefix(before)
    error.show()
    return int(error.exit_code)


def _has_written() -> bool:
    """Return whether the command has changed a file. One that has not imported the module has not."""
    files = sys.modules.get("csg.workspace.files")
    return files is not None and files.has_written()


def _bug(error: Exception) -> int:
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_globals.get('__name__')}:{place.tb_lineno}" if place else "nowhere"
    print(
        f"csg {csg.__version__}: a bug of ours, {type(error).__name__} at {where}. Please tell whoever looks after csg:"
        " this line, and the command you typed. With CSG_DEBUG=1 before the command it tells more.",
        file=sys.stderr,
    )
    return 3
