"""Rules across records. Each is a small function with a code; its docstring is what the manual prints."""

from csg.checks import dates, ids, people, plan, reviews, text  # noqa: F401  (each adds its rules to RULES)
from csg.checks.rules import RULES, check

__all__ = ["RULES", "check"]
