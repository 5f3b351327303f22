"""A command whose missing arguments a person at a terminal is asked for."""

from typing import Any

from typer.core import TyperArgument, TyperCommand
from typer.exceptions import TyperException


class AskingCommand(TyperCommand):
    """A command that asks for an id, a date or a name that the command line does not have.

    A command with another kind of argument, for example files or FIELD=VALUE, is not finished by an answer: it
    reports a missing argument, as every command does without a terminal.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the command line. For each missing argument, ask, and parse the command line with the answer."""
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except TyperException as error:
            argument = getattr(error, "param", None)
            if type(error).__name__ != "MissingParameter" or not self._can_ask(argument):
                raise
            answer = _ask(ctx, argument)
        return self.parse_args(ctx, [*given, answer])

    def _can_ask(self, argument: object) -> bool:
        from csg.cli.asking import interactive

        required = [param for param in self.params if param.required]
        return argument in required and all(map(_is_word, required)) and interactive()


def _is_word(param: Any) -> bool:
    return isinstance(param, TyperArgument) and param.nargs == 1 and param.type.name in ("str", "text")


def _ask(ctx: Any, argument: Any) -> str:
    """Ask for an argument. An answer that is nearly one of the values that the shell completes is asked for again."""
    from csg.cli.asking import ask
    from csg.cli.typed import name_argument
    from csg.problem import Problem, Refused, nearest, shown

    known: dict[str, str] = {item.value.casefold(): item.value for item in argument.shell_complete(ctx, "")}

    def read(text: str) -> str:
        near = "" if text.casefold() in known else nearest(text, known.values())
        if near or text.startswith("-"):
            raise Refused(Problem("CSG303", f"'{shown(text)}' is not known", hint=near))
        return known.get(text.casefold(), text)

    label = (argument.help or argument.name).rstrip(".").replace(": ", ", for example ", 1)
    answer: str = ask(argument.name, None, label=label, kind="choice", words=tuple(known.values()), read=read)
    name_argument(f"--{argument.name}", answer)
    return answer
