"""Render templates in a separate process, which receives text and data, returns text, and can access nothing else.

The last person who changed a workspace's template wrote code for csg. Jinja's sandbox keeps it from Python. Templates
are passed as text, so that they cannot read files, and the process can be stopped at any time.
"""

import json
import re
import subprocess
import sys
from contextlib import suppress
from typing import Any, NamedTuple

from csg.problem import Problem, Refused

SECONDS = 30
"""The most seconds for all reports together: a hundred times as long as usual."""
MEMORY = 2 * 1024**3


TOO_MUCH = 77
"""The exit code of a child that ran out of memory."""
_CHILD = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from csg.documents.sandbox import serve; serve()"


class Job(NamedTuple):
    """A document to render: its path, its template, and the variables of this template alone."""

    path: str
    template: str
    context: dict[str, Any]


def render(
    templates: dict[str, str], jobs: list[Job], files: dict[str, str], shared: dict[str, Any] | None = None
) -> dict[str, str]:
    """Return the text of each job's document, by its path.

    ``templates`` are texts by name, and ``files`` the file of each template, for error messages. ``shared`` has the
    variables of every template. Raise Refused if a template has an error, or needs too much time or memory.
    """
    request = json.dumps({"templates": templates, "jobs": jobs, "shared": shared or {}})
    # The child is isolated from the environment and the current folder. It imports from its parent's path.
    command = [sys.executable, "-I", "-c", _CHILD, json.dumps(sys.path)]
    try:
        done = subprocess.run(command, input=request.encode(), capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        name = _last(error.stderr or b"")
        message, hint = f"not done after {SECONDS} seconds", "look for a loop that does not end"
        raise Refused(Problem("CSG602", message, files.get(name, name), hint=hint)) from None
    if done.returncode in (TOO_MUCH, -9, -11):  # the system ends it with -9 or -11
        name = _last(done.stderr)
        hint = "Make the template smaller."
        raise Refused(Problem("CSG602", "took too much memory", files.get(name, name), hint=hint))
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    answer = json.loads(done.stdout)
    if "error" in answer:
        name, line, message = answer["error"]
        raise Refused(Problem("CSG601", message, files.get(name, name), line, hint="Correct the template."))
    texts: dict[str, str] = answer["texts"]
    return texts


def _last(said: bytes) -> str:
    """Return the template that the child was rendering: the last that it named."""
    names = [line for line in said.decode("utf-8", "replace").split("\n") if line]
    return names[-1] if names else ""


def serve() -> None:
    """Read a request from standard input, and answer it. This runs in the child process."""
    request = json.load(sys.stdin)
    _limit()
    name = ""
    environment = _environment(request["templates"])
    texts: dict[str, str] = {}
    try:
        for path, name, context in request["jobs"]:
            print(name, file=sys.stderr, flush=True)
            texts[path] = environment.get_template(name).render(request["shared"], **context)
    except MemoryError:
        sys.exit(TOO_MUCH)
    except Exception as error:
        json.dump({"error": _error_words(error, name)}, sys.stdout)
    else:
        json.dump({"texts": texts}, sys.stdout)


def _limit() -> None:
    """Limit the memory if the system can. Windows and macOS cannot, so that only the time is limited."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _environment(templates: dict[str, str]) -> Any:
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    from csg.documents.markdown import escaped

    def finalize(value: Any) -> Any:
        """Whatever a template prints is escaped for Markdown, but for what it has marked as such itself."""
        return value if isinstance(value, Markup) else Markup(escaped("" if value is None else str(value)))  # noqa: S704

    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["names"] = lambda names: ", ".join(names) or "n/a"
    environment.filters["link"] = _link
    environment.filters["e"] = environment.filters["escape"] = lambda value: Markup(escaped(str(value)))  # noqa: S704
    del environment.filters["random"], environment.globals["lipsum"]  # so that the same data makes the same bytes
    return environment


def _link(url: str, text: str | None = None) -> Any:
    """Return a web address or a path to another report as a link, and other text as text."""
    from markupsafe import Markup

    from csg.documents.markdown import address, escaped

    if not re.match(r"https?://|[\w./-]+$", url):
        return url
    return Markup(f"[{escaped(text or url)}]({address(url)})")  # noqa: S704


def _error_words(error: Exception, name: str) -> tuple[str, int, str]:
    """Return the template and line of an error, and its message."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError

    line, trace = 0, error.__traceback__
    while trace:
        if (
            trace.tb_frame.f_globals.get("__jinja_template__") is not None
            or trace.tb_frame.f_code.co_filename == "<template>"
        ):
            line = trace.tb_lineno
        trace = trace.tb_next
    message = str(error.message if hasattr(error, "message") else error) or type(error).__name__
    if isinstance(error, TemplateSyntaxError):
        name, line = error.name or name, error.lineno
    elif isinstance(error, TemplateNotFound):
        message = f"there is no template '{error.name}'"
    elif isinstance(error, RecursionError):
        message = "it calls itself without end"
    return name, line, re.sub(r"\s+", " ", message)
