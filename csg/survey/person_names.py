"""Find closed questions whose choices look like the names of people: "Who trained you?" with a list of trainers.

A label looks like a name if it is two to five words with capitals, is no country, and has no word that choices usually
have. Places and organizations can look the same. In doubt, a person has to say that the question may be published.
"""

import re
from collections.abc import Callable, Collection

_LONGEST_NAME = 5
"""Words in a name."""
_PART = 3
"""One choice of so many is enough. Others can be "Nobody" or "Somebody else"."""
_PARTICLE_WORDS = "al el bin ibn bint abu da de del della der den di dos das du la le van von ter ten y e"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_SEVERAL = re.compile(r"[/&;+]| and ")
_WORD = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]+)*[.,]?")
_USUAL_WORDS = """
    a an and or of in on at to for with without by from the not no yes none other others any all both each every
    either neither never always often sometimes rarely seldom very quite rather somewhat slightly extremely
    completely fully partly mostly too much many more most less least few little enough strongly agree disagree
    neutral undecided unsure sure know don't dont prefer say answer applicable satisfied dissatisfied
    unsatisfied happy unhappy good bad poor fair excellent average better best worse worst great well badly
    useful useless helpful important unimportant relevant likely unlikely possible impossible true false high
    low medium middle strong weak easy difficult hard clear unclear male female man men woman women trans
    transgender cisgender non-binary gender boy girl gay lesbian sex worker workers people person persons who
    use uses user users drug drugs inject injecting substance alcohol tobacco smoking opioid opioids heroin
    cocaine cannabis stimulant stimulants methamphetamine needle needles syringe syringes naloxone methadone
    buprenorphine agonist therapy treatment prevention testing test care support hiv aids hepatitis tb
    tuberculosis sti harm reduction overdose health healthcare hospital clinic centre center pharmacy medical
    mental public private service services programme programmes program programs project projects outreach peer
    peers community communities human rights right law laws legal policy policies police prison prisons criminal
    justice advocacy research researcher funding fund funds donor donors budget planning training trainings
    workshop meeting conference report reports data quality accuracy network networks organisation organisations
    organization organizations ngo ngos cso csos cbo civil society government governmental ministry minister
    national international regional local global world united nations union association foundation institute
    institution university school college academic academia church religious faith media press company business
    sector commission committee council board agency office officer director manager coordinator staff member
    members volunteer volunteers lead leader team worker working work group groups bachelor bachelor's master
    master's doctoral degree diploma primary secondary tertiary higher education employed unemployed
    self-employed student retired full part time full-time part-time single married divorced widowed separated
    living alone family friend friends partner relative relatives home house street north south east west
    northern southern eastern western central africa african asia asian europe european america american latin
    caribbean pacific arab city town village state province district region county urban rural first second
    third last next one two three four five six seven eight nine ten option choice category level type year
    years month months week weeks day days hour hours daily weekly monthly yearly monday tuesday wednesday
    thursday friday saturday sunday january february march april may june july august september october november
    december social facebook google twitter whatsapp telegram instagram zoom email e-mail phone telephone mobile
    website online web internet radio television newspaper letter face person english french spanish russian
    arabic chinese portuguese before after during since until now today currently previously already still yet
    soon only also just under over above below between within outside inside than
    muy bueno buena malo mala regular excelente acuerdo desacuerdo nada poco mucho siempre nunca veces si sí otro otra
    très tres bien bon bonne mauvais mauvaise jamais toujours parfois accord pas plutôt assez autre autres muito bom boa
    ruim sempre concordo discordo outro outra não nao sehr gut schlecht immer nie teils andere очень хорошо плохо
    хороший плохой никогда всегда иногда согласен согласна не да нет другое дуже добре погано ніколи
"""
_USUAL = frozenset(_USUAL_WORDS.split())
"""Words of choices that a name does not have."""


def look_like_names(labels: Collection[str], countries: Callable[[Collection[str]], Collection[str]]) -> bool:
    """Return whether choices look like names of people. ``countries`` returns those labels that name a country."""
    names = [label for label in labels if is_like_a_name(label)]
    if not names or len(names) * _PART < len(labels):
        return False
    return len(set(names).difference(countries(names))) * _PART >= len(labels)


def is_like_a_name(label: str) -> bool:
    """Return whether a label could be the name of a person, or names of several; text in brackets does not count."""
    return any(map(_is_name, _SEVERAL.split(_BRACKETS.sub(" ", label))))


def is_usual(label: str) -> bool:
    """Return whether a label has a word that choices usually have, and names do not."""
    plain = [word.strip(".,").removesuffix("s") for word in re.split(r"[\s/-]+", label.casefold())]
    return not _USUAL.isdisjoint(plain) or not _USUAL.isdisjoint(f"{word}s" for word in plain)


def _is_name(text: str) -> bool:
    words = text.split()
    if not 1 < len(words) <= _LONGEST_NAME or not all(map(_WORD.fullmatch, words)):
        return False
    plain = [word.casefold().strip(".,") for word in words]
    capital = [word for word in words if word[0].isupper() or word[0].istitle()]
    small = [word for word in words if word not in capital]
    usual = _USUAL.intersection(part for word in plain for part in (word, *word.split("-")))
    return len(capital) > 1 and not usual and _PARTICLES.issuperset(small)
