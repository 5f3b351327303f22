"""Work on text from data is linear in its length: for every regular expression of csg, and for whole files.

Nothing here measures seconds. The cost of a text is compared with the cost of one four times as long: linear work costs
four times as much, quadratic work sixteen times.
"""

import ast
import gc
import importlib
import pkgutil
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

import pytest

import csg
from csg.checks import check
from csg.history.changes import compare
from csg.survey.scrub import scrubbed
from csg.workspace import Snapshot, Workspace

SHORT = 500
"""Characters of the shorter of the two texts that are compared. In the longer, quadratic work is millions of steps."""
MOST = 8
"""The most that the longer text may cost, as a multiple of the shorter: between linear (4) and quadratic (16)."""
QUICK = 0.001
"""Seconds of a search of the longer text that need no comparison: quadratic work takes longer on any machine."""
UNITS = (
    *("a", "A", "é", "я", "0", "1", " ", "\t", "\n", "\r\n", *"-.,:;/\\'\"#@()[]{}|<>&*_+%=~$`!?", "\u00a0", "\u2010"),
    *(
        "\u200c",
        "1 ",
        "1-",
        "1.",
        "1/",
        "1,",
        "(1",
        "1)",
        "1:",
        "::",
        "a ",
        "a.",
        "a@",
        "@a",
        "a_",
        "_a",
        "a/",
        "/a",
        "a: ",
    ),
    *(
        "aa:",
        "- ",
        " #",
        "# ",
        "\n ",
        "\n#",
        "\n  a",
        "\n1",
        "1\n ",
        "''",
        '""',
        "[a]",
        "(a)",
        "</a",
        "<a ",
        "al ",
        "A b",
    ),
    *("Ab ", "Dr. A ", "I am ", " at ", "a at ", " dot ", "a dot ", " (at) ", "%40", "https://", "https://a a@b.cc "),
    *(
        "www.",
        "://",
        "+1 ",
        "(0",
        "19-",
        "2021-",
        "2021/",
        "see 1.1 ",
        "in 1.1",
        "tel 1",
        "---\n",
        "...\n",
        "\n- id: 1",
    ),
    *("a: >\n  b\n", "title: ", "\n\n", "  - ", "| ", "> ", "Unnamed: 1", "_a_", "[a", "USD 1", "t.me/1", "::1"),
)
BEFORE = ("", "0", "title: ", "a@")
AFTER = ("", "x\n!")


def repeated(size: int, unit: str, before: str, after: str) -> str:
    """Return a text of about this size that has the same part again and again."""
    return before + unit * (size // len(unit)) + after


LONG_TEXTS = {parts: repeated(4 * SHORT, *parts) for parts in product(UNITS, BEFORE, AFTER)}
"""The longer text of each pair that is compared, made once for all regular expressions."""
LOCALS: dict[str, dict[str, Any]] = {
    "csg/model/workplan.py": {"objective": "2"},
    "csg/history/activity_lines.py": {
        "start": rb"^([ ]+)- id: [\"']?2\.4[\"']?[ ]*\r?\n",
        "depth": b"      ",
    },
    "csg/history/install.py": {"pattern": "a"},
    "csg/history/set_up_files.py": {"begin": "# csg", "end": "# end of csg"},
    "csg/survey/staff.py": {"text": "name"},
    "csg/survey/tally.py": {"choice": "a, b", "end": r"\s*(?:[;,]|$)"},
    "csg/cli/review_quote.py": {"piece": "a b"},
    "csg/cli/options.py": {"key": "id", "wanted": "a"},
    "csg/model/base.py": {"pattern": r"[^\s,](?:[^\r\n,]*[^\s,])?"},
}
"""Values for regular expressions that a function puts together: an example of each."""


PACKAGE = Path(csg.__file__).parent


class Search(NamedTuple):
    """A regular expression, and how it is used: anywhere in a text, or from its beginning."""

    name: str
    pattern: re.Pattern[Any]
    method: str

    def cost(self, text: str) -> float:
        """Return the least processor time of two searches."""
        return min(self.time_once(text) for _ in range(2))

    def run(self, text: str) -> None:
        """Search a text to its end."""
        subject: Any = text.encode() if isinstance(self.pattern.pattern, bytes) else text
        if self.method in ("match", "fullmatch"):
            getattr(self.pattern, self.method)(subject)
        else:
            for _match in self.pattern.finditer(subject):
                pass

    def time_once(self, text: str) -> float:
        """Return the processor time of one search."""
        start = time.process_time()
        self.run(text)
        return time.process_time() - start


def searches() -> Iterator[Search]:
    """Yield every regular expression of csg: those that have a name, and those that are written in a call."""
    texts = {path: path.read_text("utf-8") for path in PACKAGE.rglob("*.py")}
    methods = _methods("".join(texts.values()))
    for info in pkgutil.walk_packages(csg.__path__, "csg."):
        if info.name == "csg.__main__":
            continue
        module = importlib.import_module(info.name)
        source = Path(str(module.__file__))
        for name, value in vars(module).items():
            method = "match" if methods[name] and methods[name] <= {"match", "fullmatch"} else "search"
            for pattern in _patterns(value):
                yield Search(f"{info.name}.{name}", pattern, method)
        values = vars(module) | LOCALS.get(source.relative_to(PACKAGE.parent).as_posix(), {})
        for call in _calls(texts[source]):
            yield Search(f"{info.name}:{call.lineno}", *_written(call, values))


def _methods(source: str) -> defaultdict[str, set[str]]:
    """Return the methods with which a regular expression is used, by its name."""
    methods = defaultdict[str, set[str]](set)
    for name, method in re.findall(r"\b(\w+)\.(match|fullmatch|search|finditer|findall|sub|split)\b", source):
        methods[name].add(method)
    return methods


def _calls(source: str) -> Iterator[ast.Call]:
    """Yield the calls of ``re`` in functions: each once, also in a function within another."""
    if "re." not in source:
        return
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.Lambda)]
    inner = {node for function in functions for node in ast.walk(function) if node is not function}
    outer = (function for function in functions if function not in inner)
    yield from (node for function in outer for node in ast.walk(function) if _is_search(node))


def _patterns(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from (pattern for pair in value.items() for part in pair for pattern in _patterns(part))
    elif isinstance(value, tuple | list | set | frozenset):
        yield from (pattern for part in value for pattern in _patterns(part))


def _is_search(node: ast.AST) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in ("match", "fullmatch", "search", "finditer", "findall", "sub", "split", "compile")
    )


def _written(call: Any, values: dict[str, Any]) -> tuple[re.Pattern[Any], str]:
    """Return the regular expression that a call of ``re`` has, and how the call uses it."""
    flags = [word.value for word in call.keywords if word.arg == "flags"]
    if not flags and call.func.attr != "sub":
        flags = call.args[1 if call.func.attr == "compile" else 2 :][:1]
    parts = [eval(compile(ast.Expression(part), "", "eval"), values) for part in (call.args[0], *flags)]  # noqa: S307
    return re.compile(*parts), call.func.attr


SEARCHES = list(searches())


def growth(cost: Callable[[int], float], short: int = SHORT) -> float:
    """Return how many times as much four times the size costs: the least of some tries, as other work disturbs it."""
    tries: list[float] = []
    # A search for garbage among all objects of the test process would be measured with the few milliseconds of a try.
    gc.disable()
    try:
        while len(tries) < 6:
            tries.append(cost(4 * short) / max(cost(short), 1e-9))
            if tries[-1] < MOST:
                break
    finally:
        gc.enable()
    return min(tries)


@pytest.mark.parametrize(
    "search", {(one.pattern, one.method): one for one in SEARCHES}.values(), ids=lambda one: one.name
)
def test_each_regular_expression_is_linear(search: Search) -> None:
    """No text makes it search the same characters again and again."""
    seconds = {parts: search.time_once(text) for parts, text in LONG_TEXTS.items()}
    ordinary = sorted(seconds, key=seconds.__getitem__)[len(seconds) // 2]
    suspects = [parts for parts, spent in seconds.items() if spent > max(QUICK, 4 * seconds[ordinary])]
    for parts in (ordinary, *suspects):

        def cost(size: int, parts: tuple[str, str, str] = parts) -> float:
            return search.cost(repeated(size, *parts))

        assert growth(cost) < MOST, (search.name, *parts)


def test_every_regular_expression_is_found() -> None:
    """Those that have a name, those in a call, and those that a function puts together."""
    names = {search.name.partition(":")[0].rpartition(".")[2] for search in SEARCHES}
    assert names >= {"_LINK", "_MAIL", "_RUN", "_UNFIT", "OTHER"}
    assert len(SEARCHES) > 80


PEOPLE = "members:\n  - {id: INPUD, name: Network}\n"


def snapshot(plan: str, people: str = PEOPLE) -> Snapshot:
    """Return a workspace of two files, read."""
    files = {"data/members.yaml": people.encode(), "data/workplan-2021-22.yaml": plan.encode()}
    return Workspace(Path(), None, files, alone=True).snapshot()


def plan_of(activities: str, periods: str = "  - {id: mid, name: Mid}\n") -> str:
    """Return the text of a plan with one objective."""
    head = f"workplan: 2021-22\ntitle: Plan\nperiods:\n{periods}objectives:\n"
    return f'{head}  - id: "1"\n    title: Objective\n    activities:\n{activities}'


def activity(name: str = "1.1", leads: Iterable[str] = ("INPUD",), more: str = "", comments: str = '""') -> str:
    """Return the text of an activity."""
    lines = (
        f'- id: "{name}"',
        f"  title: Activity {name}",
        f"  cso_lead: [{', '.join(leads)}]",
        f"  comments: {comments}",
    )
    return "".join(f"      {line}\n" for line in lines) + more


def reports(count: int, summary: str = "summary {}", author: str = "INPUD", period: str = "mid") -> str:
    """Return the text of some progress reports; ``{}`` becomes the number of each."""
    values = f"period: {period}, by: {author}, date: 2021-12-10, status: completed, summary: {summary}"
    return "        progress:\n" + "".join(f"          - {{{values.replace('{}', str(n))}}}\n" for n in range(count))


def names(letter: str, count: int) -> list[str]:
    """Return some ids."""
    return [f"{letter}{number}" for number in range(count)]


def members(count: int) -> str:
    """Return the text of the members' file with some members more."""
    return PEOPLE + "".join(f"  - {{id: {name}, name: Network {name}}}\n" for name in names("M", count))


FILES: dict[str, Callable[[int], tuple[str, ...]]] = {
    "unknown leads": lambda n: (plan_of(activity(leads=names("INPUX", n))),),
    "unknown leads and many members": lambda n: (plan_of(activity(leads=names("X", n))), members(n)),
    "known leads": lambda n: (plan_of(activity(leads=names("M", n))), members(n)),
    "unknown keys": lambda n: (plan_of(activity(more="".join(f"        titel{i}: x\n" for i in range(n)))),),
    "missing keys": lambda n: (plan_of("".join(f'      - {{id: "1.{i}", title: T}}\n' for i in range(n))),),
    "no ids": lambda n: (plan_of('      - {title: T, comments: ""}\n' * n),),
    "ids of another objective": lambda n: (plan_of("".join(activity(f"2.{i}") for i in range(n))),),
    "related": lambda n: (plan_of(activity(more=f"        related: [{', '.join(names('X', n))}]\n")),),
    "carried": lambda n: (
        plan_of("".join(activity(f"1.{i}", more=f"        carried_from: 2021-22 1.{n - i}\n") for i in range(n))),
    ),
    "reports": lambda n: (plan_of(activity(more=reports(n))),),
    "the same report": lambda n: (plan_of(activity(more=reports(n, "same"))),),
    "authors who do not lead": lambda n: (
        plan_of(activity(leads=names("M", n), more=reports(n, author="M1{}"))),
        members(11 * n),
    ),
    "unknown periods": lambda n: (
        plan_of(activity(more=reports(n, period="q{}")), "".join(f"  - {{id: p{i}, name: P}}\n" for i in range(n))),
    ),
    "unknown types": lambda n: (
        plan_of(activity()),
        "membership_types:\n"
        + "".join(f"  - {{id: t{i}, name: T}}\n" for i in range(n))
        + "members:\n"
        + "".join(f"  - {{id: M{i}, name: N, type: u{i}}}\n" for i in range(n)),
    ),
    "unknown members of a group": lambda n: (
        plan_of(activity()),
        members(n) + f"leads:\n  - {{id: G, name: G, members: [{', '.join(names('X', n))}]}}\n",
    ),
    "groups": lambda n: (
        plan_of(activity(leads=names("G", n), more=reports(n, author="G{}"))),
        members(n) + "leads:\n" + "".join(f"  - {{id: G{i}, name: G, members: all}}\n" for i in range(n)),
    ),
    "lines that are no YAML": lambda n: (plan_of(activity() + "".join(f"        x{i}\n" for i in range(n))),),
    "mail addresses": lambda n: (plan_of(activity()) + "# " + "https://a a@b.cc " * n,),
    "a line each": lambda n: (plan_of(activity()) + "# a@b.cc and 98765 43210\n" * n,),
    "digits and a letter": lambda n: (plan_of(activity()) + "# 0" + "1" * 10 * n + "x",),
    "groups of digits": lambda n: (plan_of(activity()) + "# " + "(12 " * 10 * n,),
    "zeros in pairs": lambda n: (plan_of(activity()) + "# " + "00 " * 40 * n,),
    "digits and dashes": lambda n: (plan_of(activity()) + "# " + "12-" * 40 * n,),
    "digits and brackets": lambda n: (plan_of(activity()) + "# " + "0(1" * 40 * n,),
    "numbers over two lines": lambda n: (plan_of(activity()) + "# call 98765\n# 43210 now\n" * n,),
    "number signs": lambda n: (plan_of(activity(comments="a " + "#b # " * n)),),
    "blanks": lambda n: (plan_of(activity()) + "title: " + " " * 10 * n,),
    "invisible characters": lambda n: (plan_of(activity()) + "# " + "a\u200b" * n,),
}


@pytest.mark.parametrize("kind", FILES)
def test_check_is_linear(kind: str) -> None:
    """Many errors of a kind cost as many times more as there are more of them."""

    def cost(count: int) -> float:
        files = FILES[kind](count)
        start = time.process_time()
        check(snapshot(*files))
        return time.process_time() - start

    assert growth(cost, 250) < MOST


CHANGES: dict[str, Callable[[int], tuple[str, str]]] = {
    "reversed activities": lambda n: (
        plan_of("".join(activity(f"1.{i}") for i in range(n))),
        plan_of("".join(activity(f"1.{n - i}") for i in range(n))),
    ),
    "other activities": lambda n: (
        plan_of("".join(activity(f"1.{i}") for i in range(n))),
        plan_of("".join(activity(f"2.{i}") for i in range(n))),
    ),
    "other reports": lambda n: (plan_of(activity(more=reports(n))), plan_of(activity(more=reports(n, "other {}")))),
    "other authors": lambda n: (plan_of(activity(more=reports(n))), plan_of(activity(more=reports(n, author="A{}")))),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_the_comparison_of_two_plans_is_linear(kind: str) -> None:
    """However many activities have moved, and whichever reports have changed."""

    def cost(count: int) -> float:
        old, new = map(snapshot, CHANGES[kind](count))
        start = time.process_time()
        compare(old, new)
        return time.process_time() - start

    assert growth(cost, 400) < MOST


def test_reports_are_compared_one_by_one() -> None:
    """The same report twice is two reports; one that changed is not one that was removed."""
    old = snapshot(plan_of(activity(more=reports(3, "same"))))
    new = snapshot(plan_of(activity(more=reports(1, "same") + reports(1, "other").partition("\n")[2])))
    words = [change.words for change in compare(old, new)]
    report = "mid report by INPUD of 2021-12-10"
    assert words == [f"{report} changed: summary changed", f"{report} removed"]


@pytest.mark.parametrize(
    "unit", ["a@b.cc ", "98765 43210 ", "1.2.3.4 ", "my name is A ", "@abc ", "(1", "0", "00 ", "12-"]
)
def test_the_scrub_of_a_text_is_linear(unit: str) -> None:
    """However much there is in one answer."""

    def cost(count: int) -> float:
        text = unit * count
        start = time.process_time()
        scrubbed([text])
        return time.process_time() - start

    assert growth(cost, 2_000) < MOST
