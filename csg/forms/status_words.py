"""The words that people write for a status, in five languages, as csg compares them: exactly, never nearly.

A nearly equal word can mean the opposite: "not on track" is not "on track".
"""

from functools import cache
from unicodedata import category, normalize

from csg.language import Language, known_languages
from csg.model.names import STATUSES

_WORDS = {
    "completed": (
        "completed complete done finished achieved delivered closed ✓ ✔ ☑ ✅ 100% "
        "completado completada completo completa terminado terminada hecho hecha finalizado finalizada cumplido "
        "cumplida concluido concluida acabado acabada realizado realizada finalisé finalisée complété complétée "
        "accomplie terminé terminée achevé achevée réalisé réalisée fait faite accompli "
        "завершены выполнены сделана реализовано закончена завершено завершён завершена выполнено выполнена "
        "выполнен готово закончено сделано "
        "اكتملت تمت تم_الإنجاز أنجز أنجزت منتهي منتهية انتهت مكتمل مكتملة اكتمل تم منجز منجزة انتهى"
    ),
    "on-track": (
        "on_track ontrack going_well in_progress on_schedule on_time ongoing under_way underway progressing "
        "as_planned ● "
        "en_curso en_marcha según_el_plan bien_encaminado bien_encaminada va_bien en_plazo dentro_del_plazo "
        "sur_la_bonne_voie dans_les_délais conforme_au_plan selon_le_plan según_lo_previsto según_lo_planificado "
        "al_día en_proceso en_progreso en_cours en_bonne_voie comme_prévu dans_les_temps "
        "в_соответствии_с_планом ведётся ведется продолжается в_процессе в_срок по_плану всё_по_плану "
        "идёт_по_плану выполняется в_работе "
        "تسير_حسب_الخطة وفق_الخطة وفقا_للخطة على_المسار قيد_العمل مستمر مستمرة جارية قيد_التنفيذ جارٍ جاري "
        "يسير_حسب_الخطة على_المسار_الصحيح حسب_الخطة"
    ),
    "at-risk": (
        "at_risk risk delayed some_delay delay slow ▲ "
        "en_riesgo con_retraso en_retraso retrasado retrasada demorado con_retrasos retraso demorada en_peligro "
        "retard à_risques menacée retardée en_léger_retard à_risque en_retard menacé retardé "
        "в_зоне_риска риск есть_риски с_опозданием отстаёт под_угрозой есть_риск с_задержкой задержка "
        "задерживается "
        "معرضة_للخطر مهدد مهددة معرض_للخطر في_خطر متأخر متأخرة"
    ),
    "off-track": (
        "off_track offtrack not_on_track blocked stopped stalled failing ■ "
        "fuera_de_curso no_va_bien desviado desviada detenida bloqueada parada paralizado paralizada "
        "fuera_de_rumbo hors_trajectoire bloquée arrêtée detenido bloqueado parado hors_piste en_difficulté "
        "bloqué arrêté pas_en_bonne_voie "
        "сорвана сорван срыв провалено не_выполняется сорвано не_по_плану отклонение_от_плана остановлено "
        "заблокировано "
        "خارج_المسار_الصحيح خارج_الخطة متوقفة معطل معطلة خارج_المسار متوقف متعثر متعثرة"
    ),
    "not-started": (
        "not_started not_yet_started not_begun to_do todo planned ○ "
        "no_iniciado no_iniciada no_comenzado no_comenzada sin_comenzar sin_iniciar aún_no_iniciada "
        "todavía_no_iniciada pendiente non_commencée pas_commencée non_démarré non_démarrée pas_démarré "
        "pas_démarrée pas_encore_démarré à_venir sin_empezar no_empezado por_iniciar pas_commencé non_commencé "
        "pas_encore_commencé à_faire "
        "не_начат не_началось ещё_не_начата не_приступали планируется не_начато не_начата не_начиналось "
        "ещё_не_начато запланировано "
        "لم_تبدأ_بعد لم_يبدأ لم_تبدأ لم_يبدأ_بعد"
    ),
    "cancelled": (
        "cancelled canceled dropped abandoned withdrawn × ✗ "
        "cancelado cancelada anulado anulada annulé annulée abandonné abandonnée supprimé supprimée suprimido "
        "suprimida "
        "отменено отменена отменён прекращено отменены "
        "ألغي ألغيت تم_الإلغاء ملغى ملغي ملغاة أُلغي"
    ),
}
"""Words by status; a low line is a blank."""


def _key(text: str) -> str:
    """Return a word as words are compared: without case, accents, marks, tatweel, dashes and a final point."""
    letters = normalize("NFKD", text.casefold()).replace("\u0640", "")
    kept = "".join(" " if category(letter) in ("Pd", "Pc", "Zs", "Cc") else letter for letter in letters
                   if category(letter) not in ("Mn", "Cf"))  # fmt: skip
    return " ".join(kept.split()).strip(" .!;:,*\"'“”«»„‘’")


STATUS_BY_WORD: dict[str, str] = {
    _key(word.replace("_", " ")): status for status, words in _WORDS.items() for word in words.split()
}
"""The status that each word means."""
STATUS_KEYS = [(status, _key(word.replace("_", " "))) for status, words in _WORDS.items() for word in words.split()]
"""Every pair of a status and a word, for a test that no word has two statuses."""


def status_of(text: str) -> str | None:
    """Return the status that people mean by their own words; None if it is not clear.

    >>> status_of("En curso."), status_of("not on track"), status_of("nearly on track")
    ('on-track', 'off-track', None)
    """
    key = _key(text)
    known = _every_word()
    if key in known:
        return known[key]
    symbols = {letter for letter in key if category(letter) in _SYMBOLS}
    words = known.get(key.strip("".join(symbols) + " "))
    return words if symbols and all(known.get(symbol) == words for symbol in symbols) else None


def is_label(text: str) -> bool:
    """Return whether a text is a status as a form offers it in any language, or its id, and not people's own words."""
    return _key(text) in _labels() or text.strip().casefold() in STATUSES


_SYMBOLS = ("So", "Sm")
"""The categories of symbols. They can be around a word if they mean the same status: `✓ Completed`."""


@cache
def _every_word() -> dict[str, str]:
    """Return the status of each word that people write, or that a form offers in any language."""
    return STATUS_BY_WORD | _labels()


@cache
def _labels() -> dict[str, str]:
    languages = [Language(code) for code in known_languages()]
    return {_key(language.status(status)): status for language in languages for status in STATUSES}
