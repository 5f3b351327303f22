"""The rules: each is a function with a code; ``check`` runs all of them."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from csg.problem import Problem, Severity
from csg.workspace import Snapshot

Find = Callable[[Snapshot], Iterator[Problem]]


class Rule(NamedTuple):
    """A rule: its code, whether to break it is an error or a warning, and the function that finds the problems.

    The title of the rule is that of its code in ``csg.codes``.
    """

    code: str
    severity: Severity
    find: Find


RULES: list[Rule] = []
"""Every rule, in the order they are defined in."""


def rule(code: str, severity: Severity = "error") -> Callable[[Find], Find]:
    """Make a function a rule. The problems that it yields get the rule's code and severity."""

    def register(find: Find) -> Find:
        RULES.append(Rule(code, severity, find))
        return find

    return register


def check(snapshot: Snapshot) -> list[Problem]:
    """Return every problem of a workspace in file order: those of text, YAML and schema, and those that rules find."""
    problems = list(snapshot.problems)
    for known in RULES:
        problems += (problem._replace(code=known.code, severity=known.severity) for problem in known.find(snapshot))
    return sorted(problems, key=lambda problem: problem.order)
