"""The rules. Each rule is a function with a code, and ``check`` runs all of them."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from csg.problem import Problem, Severity
from csg.workspace import Snapshot

Find = Callable[[Snapshot], Iterator[Problem]]


class Rule(NamedTuple):
    """A rule: its code, the severity of its problems, and the function that finds them.

    ``csg.codes`` has the title of the code.
    """

    code: str
    severity: Severity
    find: Find


RULES: list[Rule] = []
"""Every rule, in the order of definition."""


def rule(code: str, severity: Severity = "error") -> Callable[[Find], Find]:
    """Make a function a rule. The problems that it yields get the rule's code and severity."""

    def register(find: Find) -> Find:
        RULES.append(Rule(code, severity, find))
        return find

    return register


def check(snapshot: Snapshot) -> list[Problem]:
    """Return every problem of text, YAML, schema and rules in a workspace, in file order."""
    problems = list(snapshot.problems)
    for registered in RULES:
        code, severity = registered.code, registered.severity
        problems += (problem._replace(code=code, severity=severity) for problem in registered.find(snapshot))
    return sorted(problems, key=lambda problem: problem.order)


def errors_in(snapshot: Snapshot) -> list[Problem]:
    """Return the problems of a workspace that are errors, in file order."""
    return [problem for problem in check(snapshot) if problem.severity == "error"]
