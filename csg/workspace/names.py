"""The data files of a workspace by name."""

from fnmatch import fnmatchcase

MEMBERS = "data/members.yaml"
COUNTRIES = "data/countries.yaml"
GROUP = "data/group.yaml"
PLANS = "data/workplan-*.yaml"
REVIEWS = "data/reviews/*.yaml"


def is_data_file(file: str) -> bool:
    """Return whether a path, as csg writes it, is that of a data file.

    >>> is_data_file("data/reviews/hpc.yaml"), is_data_file("data/reviews/../../x.yaml")
    (True, False)
    """
    for pattern in (MEMBERS, COUNTRIES, GROUP, PLANS, REVIEWS):
        if file.count("/") == pattern.count("/") and fnmatchcase(file, pattern):
            return "\\" not in file and "\0" not in file
    return False


PRIVATE = "private"
"""The folder of what belongs to the group alone, such as free text. git ignores it."""
