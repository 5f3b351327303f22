"""The order of the elements of a merged list."""

from typing import Any

from csg.model.workplan import natural


def merged_order(base: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
    """Return the names of all elements of both sides and the base in their merged order.

    It is the order of the side that changed it. If both sides changed it, it is our order: the caller compares both.
    """
    theirs_set = set(theirs)
    shared = [name for name in ours if name in theirs_set]
    shared_set = set(shared)
    kept = [name for name in base if name in shared_set]
    kept_set = set(kept)
    ours_kept = [name for name in ours if name in kept_set]
    theirs_kept = [name for name in theirs if name in kept_set]
    if ours_kept == theirs_kept:
        # Neither order is better. The side with the lower new names comes first, so that both ways give one result.
        first, second = sorted((ours, theirs), key=lambda side: _new_names(side, base))
    elif ours_kept == kept:
        first, second = theirs, ours
    else:
        first, second = ours, theirs
    return _with(_with(list(first), list(second)), base)


def _new_names(side: list[Any], base: list[Any]) -> Any:
    old = set(base)
    return [natural(str(name)) for name in side if name not in old], [natural(str(name)) for name in side]


def _with(names: list[Any], added: list[Any]) -> list[Any]:
    """Return the names of two lists. Each new name comes after the name that it follows in the second list."""
    first_set, added_set = set(names), set(added)
    following: dict[Any, list[Any]] = {}
    anchor: Any = None
    start: list[Any] = []
    for name in added:
        if name in first_set:
            anchor = name
        else:
            (start if anchor is None else following.setdefault(anchor, [])).append(name)
    merged: list[Any] = []
    waiting = start
    for name in names:
        if name in added_set:
            merged += waiting
            waiting = following.get(name, [])
        merged.append(name)
    return merged + waiting
