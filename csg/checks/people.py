"""Rules for who takes part: types and groups of members, and who reports on what."""

from collections.abc import Iterator

from csg.checks.rules import rule
from csg.model.reporting import answers_for
from csg.problem import Problem, Suggestions
from csg.workspace import Snapshot


@rule("CSG211", "unknown membership type")
def types_are_known(snapshot: Snapshot) -> Iterator[Problem]:
    """A member's type is the id of one of membership_types."""
    if directory := snapshot.directory:
        known = [kind.id for kind in directory.membership_types]
        suggestions = Suggestions(known)
        for member in directory.members:
            if member.type is not None and member.type not in known:
                hint = suggestions.hint(member.type, "add it to membership_types")
                yield member.problem(f"unknown type '{member.type}' of member {member.id}", ("type",), hint)


@rule("CSG212", "unknown member of a group")
def groups_have_members(snapshot: Snapshot) -> Iterator[Problem]:
    """Everyone in a group is a member."""
    if directory := snapshot.people:
        known = {member.id for member in directory.members}
        suggestions = Suggestions(known)
        for group in directory.leads:
            for index, name in enumerate(() if group.members == "all" else group.members):
                if name not in known:
                    hint = suggestions.hint(name, "add it to members")
                    yield group.problem(f"unknown member '{name}' in group {group.id}", ("members", index), hint)


@rule("CSG241", "unknown secretariat")
def secretariat_is_known(snapshot: Snapshot) -> Iterator[Problem]:
    """The secretariat in group.yaml is a member or a group of members.yaml."""
    directory, name = snapshot.people, snapshot.group.secretariat
    if directory and name is not None and name not in directory:
        hint = directory.meant(name, "add it to leads in data/members.yaml")
        yield snapshot.group.problem(f"unknown secretariat '{name}'", ("secretariat",), hint)


@rule("CSG205", "unknown reporter")
def reporters_are_known(snapshot: Snapshot) -> Iterator[Problem]:
    """Require each author of a report to be a member, a group or a section of members.yaml, written alike."""
    if directory := snapshot.people:
        for plan in snapshot.plans:
            for activity in plan.activities():
                for report in activity.progress:
                    if report.by not in directory:
                        hint = directory.meant(report.by, "add it to data/members.yaml")
                        yield report.problem(f"unknown reporter '{report.by}' in activity {activity.id}", ("by",), hint)


@rule("CSG206", "reporter who does not lead", "warning")
def reporters_lead(snapshot: Snapshot) -> Iterator[Problem]:
    """Whoever reports leads the activity: is a lead, a member of a lead that is a group, or the Secretariat, which may
    report for another.
    """
    if directory := snapshot.people:
        for plan in snapshot.plans:
            for activity in plan.activities():
                for report in activity.progress:
                    leads = (*activity.cso_lead, *activity.unodc_lead)
                    if report.by in directory and not any(
                        answers_for(directory, report.by, lead, snapshot.group.secretariat) for lead in leads
                    ):
                        message = f"{report.by} reports on activity {activity.id} and does not lead it"
                        hint = f"its leads are {', '.join(leads) or 'nobody'}"
                        yield report.problem(message, ("by",), hint)
