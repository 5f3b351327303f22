"""Print the oldest versions of the dependencies that pyproject.toml allows, as constraints for pip."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
for dependency in sum(project["optional-dependencies"].values(), project["dependencies"]):
    if lowest := re.match(r"([\w.-]+)\s*>=\s*([\w.]+)", dependency):
        print(f"{lowest[1]}=={lowest[2]}")
