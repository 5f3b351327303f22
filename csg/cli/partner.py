"""The check that a group with leads of a partner has a partner."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from csg.problem import Problem, Refused

if TYPE_CHECKING:
    from csg.workspace import Workspace


def require_partner(
    workspace: "Workspace", settings: Mapping[str, tuple[str, str]], names: Sequence[str] | None = None
) -> None:
    """Raise Refused if the partner's leads are given, by an option or as ``unodc_lead=NAME``, without a partner."""
    how, value = settings.get("unodc_lead", ("=", ""))
    given = any(name.strip(" ,") for name in (*(names or ()), "" if how == "-=" else value))
    if given and not workspace.has_partner:
        hint = "Name the leads in cso_lead, or add the key partner to data/group.yaml."
        raise Refused(Problem("CSG306", "the group has no partner, so unodc_lead must be empty", hint=hint))
