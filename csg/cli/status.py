"""``csg status``: where the plan stands today."""

from typing import TYPE_CHECKING, Any

from csg.cli.app import command, noun, workspace
from csg.cli.options import FormatOption, PeriodOption
from csg.model.names import TROUBLED
from csg.problem import counted, visible
from csg.view.display import Column, note, page, show, show_data

if TYPE_CHECKING:
    from datetime import date

    from csg.model.workplan import Activity
    from csg.workspace import Workspace

app = noun("Where the plan stands today, and what needs doing.")

BAR = 20


@command(app, "status")
def status(period: PeriodOption = None, format: FormatOption = "table") -> None:
    """Show where the plan stands today: what is reported, owed and by whom, off track, and due next."""
    from datetime import date

    from csg.checks import check

    place = workspace()
    standing = _standing(place, period, date.today())
    if format == "table":
        print(visible(_page(standing)))
    elif format in ("json", "yaml"):
        show_data(standing, format)
    else:
        show(standing["objectives"], COLUMNS, format)
    errors = sum(problem.severity == "error" for problem in check(place.snapshot()))
    if errors:
        note(f"The data has {counted(errors, 'error')}: csg check tells where, and how to mend it.")


COLUMNS = (
    Column("Objective", lambda row: f"{row['id']} {row['title']}", wraps=True),
    Column("Reported", lambda row: str(row["reported"])),
    Column("Asked", lambda row: str(row["asked"])),
)


def _standing(place: "Workspace", name: str | None, today: "date") -> dict[str, Any]:
    from csg.documents.context import period_context
    from csg.model.reporting import current_period
    from csg.problem import Problem, Refused

    plan, directory = place.plan, place.directory
    period = plan.period(name) if name else current_period(plan, directory, today)
    if period is None:
        raise Refused(Problem("CSG307", f"{plan.title} has no periods", hint="add them to the plan's file"))
    context = period_context(plan, directory, period)
    dated = [_brief(each) for each in plan.activities() if each.due and not each.is_closed]
    dated.sort(key=lambda each: each["due"])
    return {
        "plan": plan.workplan,
        "title": plan.title,
        "period": context["period"],
        "today": today.isoformat(),
        "reports": {
            "asked": context["asked"],
            "in": context["reported"],
            "owed": len({one for each in context["owed"] for one in each["activities"]}),
        },
        "statuses": {each["status"]: each["number"] for each in context["counts"]},
        "owed": context["owed"],
        "troubled": [_brief(each) for each in plan.activities() if each.status() in TROUBLED],
        "overdue": [each for each in dated if each["due"] < today.isoformat()],
        "due_next": [each for each in dated if each["due"] >= today.isoformat()][:5],
        "objectives": [
            {
                "id": each["id"],
                "title": each["title"],
                "reported": each["reported"],
                "asked": each["asked"],
                "statuses": {count["status"]: count["number"] for count in each["counts"]},
            }
            for each in context["objectives"]
        ],
        "source": plan.source,
    }


def _brief(activity: "Activity") -> dict[str, Any]:
    due = activity.due.isoformat() if activity.due else None
    status, leads = activity.status(), list(activity.leads)
    return {"id": activity.id, "title": activity.title, "due": due, "status": status, "leads": leads}


def _page(standing: dict[str, Any]) -> str:
    period, reports = standing["period"], standing["reports"]
    due = f", reports due {period['due']}" if period["due"] else ""
    fields = [
        ("Reports", f"{reports['in']} of {reports['asked']} activities reported, {reports['owed']} not yet"),
        ("Statuses", ", ".join(f"{number} {name}" for name, number in standing["statuses"].items())),
    ]
    sections = [
        ("Needs attention", [_line(each["status"], each) for each in standing["troubled"]]),
        ("Overdue", [_line(each["due"], each) for each in standing["overdue"]]),
        ("Due next", [_line(each["due"], each) for each in standing["due_next"]]),
        ("Without a report", _owed(standing["owed"])),
    ]
    bars = [_bar(each) for each in standing["objectives"]]
    body = [line for head, lines in sections if lines for line in ("", head, *(f"  {line}" for line in lines))]
    return page(f"{standing['title']}: {period['name']}{due}", fields, ["", *bars, *body])


def _line(first: str, activity: dict[str, Any]) -> str:
    return f"{first}  {activity['id']} {activity['title']} ({', '.join(activity['leads'])})"


def _bar(objective: dict[str, Any]) -> str:
    full = round(BAR * objective["reported"] / objective["asked"]) if objective["asked"] else BAR
    number = f"{objective['reported']}/{objective['asked']}"
    return f"{'█' * full}{'░' * (BAR - full)} {number:>5}  {objective['id']} {objective['title']}"


def _owed(owed: list[dict[str, Any]]) -> list[str]:
    longest = max((len(each["lead"]) for each in owed), default=0)
    return [f"{each['lead'].ljust(longest)}  {', '.join(each['activities'])}" for each in owed]
