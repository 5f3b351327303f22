"""Answers in five languages: forms and replies that come back, the words for a status, and the languages offered."""

from pathlib import Path

import pytest
from conftest import Run
from filled_forms import fill_docx, fill_text, fill_xlsx, letter_of, reply

from csg.forms.leads import NOTHING
from csg.forms.own_words import asks_for, is_own
from csg.forms.status_words import status_of
from csg.forms.values import links_of
from csg.language import Language

ANSWERS = {
    "ar": ("معرضة للخطر", "عُقدت ثلاث دورات تدريبية في كينيا: 2021/12/01 (74 شخصاً)."),
    "es": ("En peligro", "Tres talleres en Bolivia; véase https://example.org/a?b=1."),
    "fr": ("En retard", "Trois formations au Sénégal : 74 personnes."),
    "ru": ("В зоне риска", "Проведены три тренинга в Кыргызстане; ещё один — в 2022 г."),
}
"""Words for "at risk" that no form offers, and a summary, by language."""
OTHER = {"ar": "ru", "es": "ar", "fr": "es", "ru": "fr"}
"""Another language for the command that reads the answers."""


@pytest.mark.parametrize("kind", ["docx", "xlsx", "eml"])
@pytest.mark.parametrize("code", ANSWERS)
def test_a_filled_form_is_collected_whatever_its_language(csg: Run, root: Path, code: str, kind: str) -> None:
    """The language of the group does not matter, nor does the kind of file."""
    (root / "data" / "group.yaml").write_text(f"group: A\nshort: CS Group\nlanguage: {OTHER[code]}\n", "utf-8")
    to = "xlsx" if kind == "xlsx" else "docx"
    asked = csg("progress", "request", "--period", "mid", "--lang", code, "--lead", "HRI", "--to", to, "--output", "r")
    assert asked.returncode == 0, asked.stderr
    status, summary = ANSWERS[code]
    answers = {"2.3 status": status, "2.3 summary": summary}
    if kind == "eml":
        letter = letter_of(root / "r", "HRI", "txt").read_text("utf-8")
        content = reply(fill_text(letter, answers))
    else:
        fill = fill_xlsx if kind == "xlsx" else fill_docx
        content = fill(letter_of(root / "r", "HRI", kind).read_bytes(), answers)
    (root / f"back.{kind}").write_bytes(content)
    done = csg("progress", "collect", f"back.{kind}", "--date", "2021-12-10", "--yes")
    assert done.returncode == 0, done.stderr
    shown = csg("progress", "list", "2.3", "--format", "json").stdout
    assert '"status": "at-risk"' in shown
    plan = (root / "data" / "workplan-2021-22.yaml").read_text("utf-8")
    assert " ".join(summary.split()) in " ".join(plan.split())


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Según el plan", "on-track"),
        ("detenida", "off-track"),
        ("pendiente", "not-started"),
        ("Dans les délais", "on-track"),
        ("hors trajectoire", "off-track"),
        ("pas encore démarré", "not-started"),
        ("Идет по плану", "on-track"),
        ("сорвана", "off-track"),
        ("не приступали", "not-started"),
        ("قيد العمل", "on-track"),
        ("متوقفة", "off-track"),
        ("لم تبدأ بعد", "not-started"),
        ("ألغيت", "cancelled"),
        ("اكتملت", "completed"),
        ("no está en curso", None),
        ("не по срокам", None),
    ],
)
def test_words_that_people_write_for_a_status(words: str, status: str | None) -> None:
    """Words that are nearly those of a status are not clear."""
    assert status_of(words) == status


@pytest.mark.parametrize("code", ["en", *ANSWERS])
@pytest.mark.parametrize("number", [0, 1, 2, 3, 7, 11, 21, 26, 100, 102])
def test_the_request_of_a_letter_is_known_as_csgs_own(code: str, number: int) -> None:
    """Whatever the number of activities: Arabic has six plural forms."""
    assert is_own(asks_for(Language(code), number, "Some group", "Mid-year", "Workplan 2023"))


@pytest.mark.parametrize("code", ["en", *ANSWERS])
def test_the_words_for_no_lead_are_understood(code: str) -> None:
    """As a document in the language prints them: its table can be imported as a plan."""
    assert Language(code).pgettext("no lead", "n/a").casefold().strip(" .") in NOTHING


@pytest.mark.parametrize("words", ["None.", "Ninguno", "no hay", "Aucune", "Нет.", "لا يوجد"])
def test_words_for_no_link(words: str) -> None:
    """They are no evidence, and no fault."""
    assert links_of(words) == ([], "")


def test_a_group_limits_its_languages(csg: Run, root: Path) -> None:
    """A lead whose first language is not offered has a letter in its next one."""
    (root / "data" / "group.yaml").write_text("group: A\nshort: CS Group\nlanguages: [en, es]\n", "utf-8")
    members = root / "data" / "members.yaml"
    members.write_text(
        members.read_text("utf-8").replace("- id: HRI\n", "- id: HRI\n    languages: [ru, es]\n"), "utf-8"
    )
    for words in (("report", "render", "workplan"), ("progress", "request", "--period", "mid")):
        done = csg(*words, "--lang", "ru", "--output", "out")
        assert (done.returncode, done.stderr) == (
            1,
            "CSG609 no documents in the language 'ru'. Choose from en and es.\n",
        )
    assert csg("progress", "request", "--period", "mid", "--lead", "HRI", "--output", "r").returncode == 0
    assert letter_of(root / "r", "HRI", "txt").read_text("utf-8").startswith("Estimados colegas")


def test_a_language_is_known_regardless_of_case(csg: Run, root: Path) -> None:
    """ES is es."""
    assert csg("report", "render", "workplan", "--lang", "ES", "--output", "out").returncode == 0
    assert "Actividades" in (root / "out" / "2021-22" / "workplan.md").read_text("utf-8")


def test_a_template_of_the_workspace_stays_as_it_is_written(csg: Run, root: Path) -> None:
    """It has no translation."""
    (root / "templates").mkdir()
    (root / "templates" / "workplan.md.j2").write_text("# {{ plan.title }}\n\nOur own words\n", "utf-8")
    assert csg("report", "render", "workplan", "--lang", "es", "--output", "out").returncode == 0
    assert (
        (root / "out" / "2021-22" / "workplan.md").read_text("utf-8").endswith("# Workplan 2021/22\n\nOur own words\n")
    )


def test_headings_of_the_lead_columns(csg: Run, root: Path) -> None:
    """A group's own headings stay; those of csg are translated."""
    group = root / "data" / "group.yaml"
    for labels, heading in (
        ("labels: {cso_lead: Network}", "| Responsable (UNODC) | Network |"),
        ("", "| Responsable (UNODC) | Responsable (sociedad civil) |"),
    ):
        group.write_text(f"group: A\npartner: UNODC\n{labels}\n", "utf-8")
        assert csg("report", "render", "workplan", "--lang", "es", "--output", "out").returncode == 0
        assert heading in (root / "out" / "2021-22" / "workplan.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        (
            "es",
            [
                "- El estado de la actividad 2.3 no está claro: «casi». Escriba una de las palabras de la lista, por"
                " ejemplo: En curso según lo previsto, En riesgo, Desviada, Completada.",
                "- Entre los enlaces de la actividad 2.3 hay otro texto: «ver anexo». Escriba direcciones completas",
            ],
        ),
        ("fr", ["- Le statut de l’activité 2.3 n’est pas clair\u00a0: «\u00a0casi\u00a0». Écrivez un des mots"]),
        ("ru", ["- Статус мероприятия 2.3 неясен: «casi». Напишите одно из слов списка, например: По плану, "]),
        ("ar", ["- حالة النشاط 2.3 غير واضحة: «casi». اكتبوا إحدى كلمات القائمة، مثلاً: يسير حسب الخطة، "]),
        (
            "en",
            ["- The status of activity 2.3 is not clear: 'casi'. Write one of the words of the list, for"],
        ),
    ],
)
def test_a_reply_letter_is_in_the_language_of_the_lead(csg: Run, root: Path, code: str, sentences: list[str]) -> None:
    """It says what to fix, and with which words of the form; the terminal says it in English."""
    group = "group: A\nshort: CS Group\nlanguages: [en, es, fr, ru, ar]\n"
    (root / "data" / "group.yaml").write_text(group, "utf-8")
    assert csg("member", "set", "HRI", f"languages={code}").returncode == 0
    assert csg("progress", "request", "--period", "mid", "--lead", "HRI", "--output", "r").returncode == 0
    answers = {"2.3 status": "casi", "2.3 summary": "S", "2.3 evidence": "ver anexo"}
    (root / "a.docx").write_bytes(fill_docx(letter_of(root / "r", "HRI", "docx").read_bytes(), answers))
    done = csg("progress", "collect", "a.docx", "--yes", "--replies", "replies")
    assert "CSG803 the status of activity 2.3 is not clear: 'casi'. Write one of the words of the list" in done.stderr
    letter = (root / "replies" / "reply-a-docx.txt").read_text("utf-8")
    for sentence in sentences:
        assert sentence in letter
