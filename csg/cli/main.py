"""The program: it loads the module of a noun when the noun is used, and reports every error."""

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
from csg.problem import Refused, listed, reason, visible
from csg.view.streams import at_blanks, guard_streams, note, output_failure

NOUNS = {
    "status": "Show the state of the plan today, and what needs doing.",
    "workplan": "The activities of the workplan: list, show, add, set, remove, new, import.",
    "member": "The members of the group: list, show, add, set, remove.",
    "progress": "Progress reports on activities: add, list, edit, remove, due, request, collect.",
    "indicator": "Indicators of activities: list, add, set, remove.",
    "meeting": "Meetings about the plan and their decisions: list, add, set, remove.",
    "undo": "Undo the last change that csg made.",
    "review": "Reviews, made from surveys: list, show, import, quote.",
    "report": "The workplan table, progress reports and other documents: list, render.",
    "site": "A website of the plans: build, serve.",
    "diff": "Show what changed: activities, reports, members and reviews.",
    "save": "Check the data, commit it, and push it.",
    "log": "Show the history of an activity, a member or a review.",
    "check": "Report every problem in the data folder.",
    "explain": "Explain the code of a problem: its cause, an example, and the fix.",
    "git": "Set up git to merge, compare and check the data by records.",
    "schema": "Print the JSON Schema of a data file, for editors.",
    "init": "Create a new workspace: the group's data, CI and editor settings.",
}
"""The nouns, with their help. Each is a module of this package; --help does not import it."""


class Nouns(TyperGroup):
    """The commands for NOUNS. Only the module of the noun that is used is imported, for a fast start."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = {name: TyperGroup(name=name, help=text, no_args_is_help=True) for name, text in NOUNS.items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command for the first argument, from its module."""
        if args and args[0] not in self.commands and not ctx.resilient_parsing:
            _suggest_noun(ctx, args)
        name, _, arguments = super().resolve_command(ctx, args)
        if name is None:
            return None, None, arguments
        return name, typer.main.get_command(import_module(f"csg.cli.{name}").app), arguments


def _suggest_noun(ctx: Any, words: list[str]) -> None:
    """Fail with the whole command if the first word is a verb without its noun: `csg show 2.4`."""
    import re
    import shlex

    nouns = [noun for noun, text in NOUNS.items() if words[0] in text.partition(": ")[2].rstrip(".").split(", ")]
    if len(words) > 1 and re.fullmatch(r"\d+(\.\d+)*", words[1]):
        nouns = [noun for noun in nouns if noun in _OF_ACTIVITIES] or nouns
    if nouns:
        rest = shlex.join(words)
        ctx.fail(f"No such command '{words[0]}'. Did you mean {listed(f'csg {noun} {rest}' for noun in nouns)}?")


_OF_ACTIVITIES = ("workplan", "progress", "indicator")
"""The nouns whose commands begin with the id of an activity."""

app = typer.Typer(cls=Nouns, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


def _version(ctx: typer.Context, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:  # a shell runs the output of a completion
        print(f"csg {csg.__version__}")
        raise typer.Exit


@app.callback()
def csg_command(
    root: RootOption = None,
    plan: PlanOption = None,
    version: Annotated[  # noqa: ARG001  (its callback prints it)
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """The workplan of the UNODC Civil Society Group on Drug Use and HIV: who does what, by when, and how it goes."""
    choose(root or os.environ.get("CSG_ROOT"), plan or os.environ.get("CSG_PLAN"))


def run() -> NoReturn:
    """Run the program. Exit with 0: done, 1: error in the data or request, 2: wrong command line, 3: bug in csg.

    If the command fails, keep the answers that a person typed.
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
    # A script that tries again after an error must not write an entry twice.
    sys.exit(0 if written and status in (1, 3) else status)


def _disable_plugins() -> None:
    """Keep plugins of Pydantic, which are other people's code, from the records.

    Pydantic's own module that loads them is replaced: to import it takes a tenth of ``csg workplan list``.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    loader: Any = ModuleType("pydantic.plugin._loader")
    loader.get_plugins = tuple
    sys.modules.setdefault(loader.__name__, loader)


_INTERRUPTED = 130
"""The exit status that typer gives if a person presses Ctrl-C outside of a question."""


def _run_command() -> int:
    """Run the command. Return its exit status, with every error reported."""
    try:
        status = int(app(standalone_mode=False) or 0)
        if status != _INTERRUPTED:
            return status
        note("Aborted!")
    except TyperException as error:
        return _report_usage(error)
    except typer.Abort:
        note("Aborted!")
    except Refused as refused:
        for problem in sorted(refused.problems, key=lambda problem: problem.order):
            is_false = _has_written() and "nothing was written" in problem.hint.casefold()
            note(visible(str(problem._replace(hint="") if is_false else problem), keep=""))
    except OSError as error:
        note(f"CSG408 {error.filename or 'a file'}: {reason(error)}. Check the file, and try again.")
    except Exception as error:
        if "CSG_DEBUG" in os.environ:
            raise
        return _bug(error)
    return 1


def _report_usage(error: Any) -> int:
    """Report an error of the command line. Show the typed text on one line. Return the exit status."""
    context = getattr(error, "ctx", None)
    is_help = context is not None and error.message == context.get_help()
    if not is_help:
        error.message = visible(error.message, keep="")
        before = f"Error: {error.format_message().removesuffix(error.message)}"
        error.message = at_blanks(f"{before}{error.message}").removeprefix(before)
    error.show()
    return int(error.exit_code)


def _has_written() -> bool:
    """Return whether the command has changed a file. Without an import of the module, it has not."""
    files = sys.modules.get("csg.workspace.files")
    return files is not None and files.has_written()


def _bug(error: Exception) -> int:
    traceback = error.__traceback__
    while traceback and traceback.tb_next:
        traceback = traceback.tb_next
    position = f"{traceback.tb_frame.f_globals.get('__name__')}:{traceback.tb_lineno}" if traceback else "nowhere"
    print(
        f"csg {csg.__version__}: this is a bug in csg ({type(error).__name__} at {position}). Please report this line"
        " and the command that you typed to the maintainers. Set CSG_DEBUG=1 to see the details.",
        file=sys.stderr,
    )
    return 3
