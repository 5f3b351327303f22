"""The answers of a form beside the statuses in the plan."""

from collections.abc import Mapping

from csg.forms.collect import Collected, NewReport
from csg.model.members import without_contact
from csg.model.summary import standing_of
from csg.model.words import standing_text
from csg.model.workplan import Workplan
from csg.workspace import Workspace


def collected_text(workspace: Workspace, plans: Mapping[str, Workplan], collected: Collected) -> str:
    """Return the reports of a file, each below its activity and the activity's last status."""
    lines = [f"{collected.file}: {collected.lead}"]
    for new in collected.reports:
        lines += _report_lines(workspace, plans[new.plan], new)
    lines += [f"  {name}: the plan has this report already" for name in collected.known]
    return "\n".join(lines)


def _report_lines(workspace: Workspace, plan: Workplan, new: NewReport) -> list[str]:
    activity, report = plan.find(new.activity), new.report
    secretariat = workspace.group.secretariat
    period = plan.period(report.period)
    standing = standing_of(plan, workspace.directory, activity, period, None, secretariat)
    words = f", for '{new.status_words}'" if new.status_words else ""
    lines = [
        f"  {activity.id} {activity.title}",
        f"    known: {standing_text(standing)}",
        f"    new: {report.status}{words}",
    ]
    earlier = [old for old in activity.progress if (old.period, without_contact(old.by)) == (period.id, report.by)]
    if earlier:
        lines.append(f"    second report: {report.by} has reported in {period.name} on {earlier[-1].date}")
    texts = (("summary", report.summary), ("needs", report.needs), ("next steps", report.next_steps))
    lines += [f"    {label}: {' '.join(text.split())}" for label, text in texts if text]
    lines += [f"    evidence: {link}" for link in report.evidence]
    return lines + [f"    {indicator}: {value}" for indicator, value in report.values.items()]
