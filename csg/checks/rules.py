"""What a rule is, and the run of all of them."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from csg.problem import Problem, Severity
from csg.workspace import Snapshot

Find = Callable[[Snapshot], Iterator[Problem]]


class Rule(NamedTuple):
    """A rule: its code, its name, whether breaking it is an error or a warning, and the function that finds where."""

    code: str
    title: str
    severity: Severity
    find: Find


RULES: list[Rule] = []
"""Every rule, in the order they are defined in."""


def rule(code: str, title: str, severity: Severity = "error") -> Callable[[Find], Find]:
    """Make a function a rule. The problems it yields get the rule's code and severity."""

    def register(find: Find) -> Find:
        RULES.append(Rule(code, title, severity, find))
        return find

    return register


def check(snapshot: Snapshot) -> list[Problem]:
    """All that is wrong with a workspace, in file order: text, YAML and schema, and what the rules find in the rest."""
    problems = list(snapshot.problems)
    for each in RULES:
        problems += (found._replace(code=each.code, severity=each.severity) for found in each.find(snapshot))
    return sorted(problems, key=lambda problem: problem.order)
