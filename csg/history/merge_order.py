"""The order of the elements of a merged list."""

from typing import Any

from csg.model.workplan import natural


def merged_order(base: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
    """Return the names of all elements of both sides and the base in their merged order.

    It is the order of the side that changed it. If both did, it is ours: the caller compares both ways round.
    """
    theirs_set = set(theirs)
    shared = [name for name in ours if name in theirs_set]
    shared_set = set(shared)
    known = [name for name in base if name in shared_set]
    known_set = set(known)
    ours_kept = [name for name in ours if name in known_set]
    theirs_kept = [name for name in theirs if name in known_set]
    if ours_kept == theirs_kept:
        # Neither order is better: the one with the lower new names is first, whichever side is ours.
        first, second = sorted((ours, theirs), key=lambda side: _new_names(side, base))
    elif ours_kept == known:
        first, second = theirs, ours
    else:
        first, second = ours, theirs
    return _with(_with(list(first), list(second)), base)


def _new_names(side: list[Any], base: list[Any]) -> Any:
    old = set(base)
    return [natural(str(name)) for name in side if name not in old], [natural(str(name)) for name in side]


def _with(names: list[Any], others: list[Any]) -> list[Any]:
    """Return the names with those of a second list, each new one after the element that it follows there."""
    own, other_set = set(names), set(others)
    following: dict[Any, list[Any]] = {}
    anchor: Any = None
    start: list[Any] = []
    for name in others:
        if name in own:
            anchor = name
        else:
            (start if anchor is None else following.setdefault(anchor, [])).append(name)
    merged: list[Any] = []
    waiting = start
    for name in names:
        if name in other_set:
            merged += waiting
            waiting = following.get(name, [])
        merged.append(name)
    return merged + waiting
