"""Find questions that ask who somebody is: "Who trained you?", "Кто вас обучал?", or just "Trainer".

Their choices can be first names, or names in a script without capitals, which look like any other word. So a choice is
suspicious here if it has no word that such choices usually have.
"""

import re
from collections.abc import Callable, Collection

from csg.survey.person_names import is_usual
from csg.survey.staff import has_role, is_role, unaccented

_WHO = re.compile(
    r"^(and |by |from |with |to )?who(m|se|'s|’s)?\b(?! (provides?|funds?|pays?|runs?|offers?|finances?|are you)\b)"
    r"|\bby whom\b"
    r"|^(par |avec |chez |à |de )?qui\b(?! (fournit|finance|paie|offre|êtes|etes|es-tu)\b)"
    r"|^¿?(por |con |a |de )?qui[eé]n(es)?\b(?! es usted| eres)"
    r"|^(por |com |a |de )?quem\b|^(von |mit |bei )?we[rmn]\b|^(da |con |a |di )?chi\b|^(by )?wie heeft\b"
    r"|^(с |от |у |к )?(кто|кем|кого|кому)\b(?! (предоставляет|финансирует|вы|ты)\b)"
    r"|^(від |з |у )?(хто|ким|кого|кому)\b(?! ви\b)"
    r"|^من (درب|قام|ساعد|قابل|هو|هي|الذي)|谁|誰|\bai\b( |$|\?)|किसने|कौन|किससे"
    r"|\bkim(in|den|e)?\b|^siapa\b|\bnani\b|누구|누가|ใคร",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"¿?(which|quel(le)?s?|(con |por |a )?cual(es)?|que|(com |por )?qual|quais|welche[rsnm]?|как(ои|ая|ие|им"
    r"|ого)|котор\w+"
    r"|як(ии|а|і|им)|اي)\b"
)
_FIRST_WORDS = 2
"""Words of "Which nurse do you see?" in which the role is."""
_FEW_WORDS = 3
_PART = 3
"""One choice of so many is enough."""
_OTHERS = re.compile(
    "famil|муж|жена|семь|родств|родич|сім|друг|друз|подруг|врач|лікар|доктор|медсестр|полици|поліці|милици|никто|ніхто"
    "|сотрудник|соц|волонт|консульт|равн|психолог|орган|государ|держав|"
    "policía|police|polic|médic|medic|enferm|infirm|ami|amie|amigo|pareja|espos|maris|époux|personne|nadie|ninguém"
    "|compañer|pares|pair|gobiern|governo|gouvern|ong|osc|asso|psic|trabaj|travaill|juge|juez|abogad|avocat|advog"
    "|arzt|polizei|freund|niemand|doktor|polis|aile|arkadaş|kimse|keluarga|teman|polisi|dokter"
    "|doctor|nurse|pharm|farmac|аптек|фармац|nobody|no one|teacher|parent|mother|father|brother|sister|spouse"
    "|husband|wife"
    "|lawyer|judge|guard|soldier|army|owner|boss|employer|client|stranger|neighbo|colleague|médec|enseign"
    "|mère|père|frère"
    "|collèg|voisin|soignant|madre|padre|herman|vecin|jefe|profesor|учител|мать|отец|мама|папа|брат|сестр|сосед|коллег"
    "|начальник|адвокат|судь|один|одна|самостоятельно|guarda|vizinh|mãe|pai|irmã|chefe|medecin"
    "|警|家|朋友|同伴|医|醫|政府|组织|組織|没有|無|无|其他|志愿|社工|老师"
    "|शिक्षक|परिवार|पुलिस|डॉक्टर|मित्र|दोस्त|कोई|सरकार|gia đình|công an|bác sĩ|bạn|không|cán bộ|chính"
    "|الشرطة|شرطة|عائل|اسرة|أسرة|صديق|اصدقاء|أصدقاء|طبيب|ممرض|حكومة|منظمة|لا احد|لا أحد|أحد|غير ذلك|اخر|آخر"
)
"""Parts of words of choices that are no names, in several languages."""


def asks_who(text: str) -> bool:
    """Return whether a question asks who somebody is, or for a role: "Which nurse do you see?", "Trainer"."""
    bare = re.sub(r"^\w{0,2}\d+(\.\d+)*[.):]? ", "", text.strip())
    asks_for_role = has_role(bare, 1) or (_WHICH.match(unaccented(bare)) is not None and has_role(bare, _FIRST_WORDS))
    return any(map(_WHO.search, (bare, unaccented(bare)))) or is_role(bare) or asks_for_role


def can_be_first_names(labels: Collection[str], countries: Callable[[Collection[str]], Collection[str]]) -> bool:
    """Return whether some choices could be names, with one word or in a script without capitals."""
    names = [label for label in labels if _can_be_a_name(label)]
    return bool(names) and len(set(names).difference(countries(names))) * _PART >= len(labels)


def _can_be_a_name(label: str) -> bool:
    words = label.split()
    is_name = 0 < len(words) <= _FEW_WORDS and re.fullmatch(r"[^\d_]{2,40}", label) is not None
    return is_name and not is_usual(label) and not is_role(label) and _OTHERS.search(label.casefold()) is None
