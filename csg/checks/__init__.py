"""Rules across records. Each is a small function with a code of ``csg.codes``."""

from csg.checks import dates, ids, indicators, people, plan, reviews, text  # noqa: F401  (each adds its rules to RULES)
from csg.checks.rules import RULES, check, errors_in

__all__ = ["RULES", "check", "errors_in"]
