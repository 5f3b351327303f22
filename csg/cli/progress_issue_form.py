"""``csg progress issue-form``: the form of the hosting site, with the plan's activities."""

from csg.cli.app import chosen_workspace, command
from csg.cli.progress import app


@command(app, "issue-form")
def print_issue_form() -> None:
    """Print the form of GitHub with the plan's activities, networks and periods.

    Save it as .github/ISSUE_TEMPLATE/report-progress.yml. `csg progress collect` reads what people send with it.
    """
    from csg.forms.issue_form import issue_form

    workspace = chosen_workspace()
    print(issue_form(workspace.plan, workspace.directory), end="")
