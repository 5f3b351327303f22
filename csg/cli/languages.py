"""The language that is chosen on the command line."""

from csg.language import Language, known_languages
from csg.model.group import GroupProfile
from csg.problem import Problem, Refused, listed, shown


def chosen_language(profile: GroupProfile, code: str | None) -> Language | None:
    """Return the language with a code; None if no code is given. Raise Refused for a language that is not offered."""
    if code is None:
        return None
    offered = [name for name in known_languages() if not profile.languages or name in profile.languages]
    wanted = next((name for name in offered if name.casefold() == code.casefold()), None)
    if wanted is None:
        hint = f"Choose from {listed(offered, 'and')}."
        raise Refused(Problem("CSG609", f"no documents in the language '{shown(code)}'", hint=hint))
    return Language(wanted)
