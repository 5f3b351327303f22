"""Countries in surveys: their names in many languages, short forms, aliases of the group, and answers that are none."""

import csv
import runpy
from pathlib import Path

import pytest
import yaml
from conftest import PROJECT, Run

from csg.survey.countries import asks_for_country
from csg.survey.country_names import country_code, nearest_country

NAMES = {
    "Kenya": "KEN", "KENYA": "KEN", "Kenia": "KEN", "Кения": "KEN", "Кенія": "KEN", "كينيا": "KEN", "肯尼亚": "KEN",
    "Quênia": "KEN", "केन्या": "KEN", "เคนยา": "KEN",
    "Congo (DRC)": "COD", "DRC": "COD", "RDC": "COD", "DR Congo": "COD", "Congo - Kinshasa": "COD",
    "Congo, Democratic Republic of the": "COD", "République démocratique du Congo": "COD", "Congo (Brazzaville)": "COG",
    "Congo": None, "Korea": None, "Lao PDR": "LAO", "UK": "GBR", "U.K.": "GBR", "USA": "USA", "U.S.": "USA",
    "Viet Nam": "VNM", "Vietnam": "VNM", "Myanmar (Burma)": "MMR", "Iran, Islamic Republic of": "IRN", "РФ": "RUS",
    "Kyrgyz Republic": "KGZ", "Киргизия": "KGZ", "Swaziland": "SWZ", "Eswatini": "SWZ", "The Gambia": "GMB",
    "Cote d'Ivoire": "CIV", "COTE D’IVOIRE": "CIV", "Costa de Marfil": "CIV", "Türkiye": "TUR", "Turkey": "TUR",
    "中国": "CHN", "印度": "IND", "泰国": "THA", "越南": "VNM", "尼泊尔": "NPL", "哈萨克斯坦": "KAZ", "泰國": "THA",
    "🇰🇪 Kenya": "KEN", "1. Kenya": "KEN", "KE - Kenya": "KEN", "Kenya / كينيا": "KEN", "ken": "KEN",
    "no": None, "NO": None, "in": None, "us": None, "Good": None, "部分": None, "Да": None, "Kenya, Uganda": None,
    "Kyrgistan": None, "": None, "x": None,
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_country_is_known_by_its_name_in_many_languages(name: str) -> None:
    """Names, short forms and names with brackets give a code; words and names of two countries give none."""
    assert country_code(name) == NAMES[name]


@pytest.mark.parametrize("text", ["ᎠᏂᏙᎳ", "ⴰⵏⴷⵓⵔⴰⵏ", "ꕉꖆ", "☺☺☺"])
def test_a_text_in_a_rare_script_is_no_country(text: str) -> None:
    """It has no letters that could be transliterated."""
    assert country_code(text) != "ZWE"


def test_the_file_of_names_is_what_the_packages_have() -> None:
    """Run docs/make_country_names.py for a new version of one of them."""
    script = runpy.run_path(str(PROJECT / "docs" / "make_country_names.py"))
    written = script["PAGE"].read_text("utf-8")
    if not written.startswith(script["VERSIONS"]):
        pytest.skip("another version of Babel or countrynames")
    assert written == script["country_lines"]()


def test_a_misspelled_country_is_suggested() -> None:
    """A suggestion is never counted."""
    assert nearest_country("Kyrgistan") == "KGZ"
    assert nearest_country("Somewhere else") is None


@pytest.mark.parametrize(
    "text", ["ما البلد الذي تراجعه؟", "您审查哪个国家？", "Какую страну?", "¿Qué país?", "country"]
)
def test_a_question_that_asks_for_a_country_is_known(text: str) -> None:
    """The word for a country is known in many languages."""
    assert asks_for_country(text)


def survey(path: Path, question: str, answers: list[str]) -> Path:
    """Return the file of a Google form with a question for the country and another."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["Timestamp", question, "Is the report complete?"])
        rows.writerows(
            [f"2026/03/{number % 28 + 1:02} 10:00:00", answer, "Yes" if number % 2 else "No"]
            for number, answer in enumerate(answers)
        )
    return path


def review(csg: Run, root: Path, path: Path, *words: str) -> tuple[dict[str, object], str]:
    """Return the review that a file becomes, and the messages."""
    done = csg("review", "import", str(path), "--id", "r", "--title", "T", "--of", "24", "--yes", *words)
    assert done.returncode == 0, done.stderr
    return yaml.safe_load((root / "data" / "reviews" / "r.yaml").read_text("utf-8")), done.stderr


def test_unknown_countries_are_listed_and_not_counted(csg: Run, root: Path, tmp_path: Path) -> None:
    """Known countries are counted; an unknown one is named with a suggestion, and other words are not."""
    answers = ["Kenya"] * 9 + ["Congo (DRC)"] * 6 + ["Lao PDR"] * 5 + ["UK", "Kyrgistan", "Other", "Nepal"]
    made, messages = review(csg, root, survey(tmp_path / "s.csv", "Which country are you reviewing?", answers))
    assert made["countries"] == {"reviewed": 5, "of": 24}
    assert "  Kyrgistan (Is it KGZ?)\n" in messages
    assert "  Other" not in messages


def test_aliases_of_the_group_are_countries(csg: Run, root: Path, tmp_path: Path) -> None:
    """A name in ``aliases`` of data/countries.yaml counts as its country."""
    (root / "data" / "countries.yaml").write_text("countries: []\naliases: {Kyrgistan: KGZ, Land of rice: LAO}\n")
    answers = ["Kenya"] * 9 + ["Kyrgistan"] * 6 + ["land of rice"] * 5 + ["Nepal"]
    made, messages = review(csg, root, survey(tmp_path / "s.csv", "Country", answers))
    assert made["countries"] == {"reviewed": 4, "of": 24}
    assert "does not know" not in messages
    assert csg("check").returncode == 0


def test_no_number_of_countries_is_written_where_none_is_known(csg: Run, root: Path, tmp_path: Path) -> None:
    """A question for the country with unknown answers gives no number, never a 0; the page and report say nothing."""
    answers = ["Gondor"] * 9 + ["Rohan"] * 6
    made, messages = review(csg, root, survey(tmp_path / "s.csv", "Which country do you review?", answers))
    assert "countries" not in made
    assert "  Gondor\n  Rohan\n" in messages
    assert csg("report", "render", "review").returncode == 0
    assert "15 civil society reviewers.\n" in (root / "reports" / "reviews" / "r.md").read_text("utf-8")
    assert "Countries" not in csg("review", "show", "r").stdout
    assert csg("review", "list").returncode == 0
    assert csg("check", "--strict").returncode == 0


def test_the_question_that_is_named_is_believed(csg: Run, root: Path, tmp_path: Path) -> None:
    """``--country-question`` counts the known countries even if most answers are none."""
    answers = ["Kenya"] * 6 + ["Gondor"] * 9 + ["Nepal"]
    path = survey(tmp_path / "s.csv", "Where do you work?", answers)
    made, messages = review(csg, root, path, "--country-question", "q1")
    assert made["countries"] == {"reviewed": 2, "of": 24}
    assert "Countries reviewed, by Q1: 2 of 24\n" in messages
    assert "  Gondor\n" in messages


def test_a_survey_without_a_country_has_no_number_of_countries(csg: Run, root: Path, tmp_path: Path) -> None:
    """The key is left out where no question asks for a country, and the messages say how to name one."""
    made, messages = review(csg, root, survey(tmp_path / "s.csv", "Is it useful?", ["Yes", "No", "Maybe"] * 6))
    assert "countries" not in made
    assert "--country-question" in messages
