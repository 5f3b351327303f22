"""Clean text from a person or another file, so that `csg check` does not warn about it."""

import re
from typing import Any

from csg.checks.text import BLANK

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS_BETWEEN = re.compile(rf"(?<=\S){BLANK}{{2,}}")
_BLANKS_AT_END = re.compile(rf"(?<!{BLANK}){BLANK}+$")


def tidy(value: Any) -> Any:
    """Return text without blanks at line ends, double blanks or unusual line ends. Return other values unchanged.

    >>> tidy("One  two \\r\\n  - three ")
    'One two\\n  - three'
    """
    if not isinstance(value, str):
        return value
    lines = _LINE_END.sub("\n", value).split("\n")
    return "\n".join(_BLANKS_BETWEEN.sub(" ", _BLANKS_AT_END.sub("", line)) for line in lines).strip()
