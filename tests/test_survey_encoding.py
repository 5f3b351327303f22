"""The encoding of a survey is known, or the file is refused: a wrong guess would publish names in other letters."""

from pathlib import Path

import pytest
from conftest import Run

from csg.problem import Refused
from csg.survey.encoding import encoding_of

TEXTS = {
    "French": ("Quel pays ?,Rôle\nSénégal,Très bien\nCôte d’Ivoire,Un réseau d’usagers à Bouaké\n", "cp1252"),
    "one accent": ("Timestamp,Which country?\n1/2/2021,Kenya\n1/2/2021,Côte d'Ivoire\n", "cp1252"),
    "punctuation": ("Timestamp,How?\n1/2/2021,It’s good – really\n1/2/2021,“Quoted” text\n", "cp1252"),
    "Spanish": ("¿Qué país?\nEspaña,Sí\nMéxico,No\n", "cp1252"),
    "Portuguese": ("Qual país?\nMoçambique,Não\nAngola,Sim\n", "cp1252"),
    "German": ("Welches Land?\nÖsterreich,Gut\nTürkei,Schlecht für uns\n", "cp1252"),
    "a Macintosh": ("Quel pays ?\nSénégal,Très bien\nAlgérie,Bien\n", "mac_roman"),
    "a DOS file": ("Welches Land?\nÖsterreich,Gut\nTürkei,Schlecht für uns\n", "cp850"),
    "Polish": ("Jak oceniasz raport?\nBardzo źle,Łódź\nŚrednio,Kraków\n", "cp1250"),
    "Czech": ("Jak hodnotíte zprávu?\nVelmi dobře,Česko\nŠpatně,Dvořák\n", "cp1250"),
    "Hungarian": ("Melyik ország?\nKenya,Jó\nNepál,Nagyon rossz, nem elég jövő\n", "cp1250"),
    "Turkish": ("Hangi ülke?\nKırgızistan,İyi\nNepal,Kötü değil\n", "cp1254"),
    "Lithuanian": ("Kuri šalis?\nKenija,Gerai\nNepalas,Blogai, ačiū, yra\n", "cp1257"),
    "Russian": ("Какую страну?\nКения,Хорошо\nНепал,Плохо\n", "cp1251"),
    "Ukrainian": ("Яку країну?\nУкраїна,Добре\nКенія,Погано\n", "cp1251"),
    "KOI8": ("Какую страну?\nКения,Хорошо\nНепал,Плохо\n", "koi8_r"),
    "Arabic": ("Timestamp,الاسم,ما رأيك في التقرير؟\n1/2/2021,مثال أول,جيد\n1/2/2021,مثال ثان,ضعيف\n", "cp1256"),
    "Persian": ("کدام کشور؟\nنپال,بد\n".replace("ی", "ي").replace("ک", "ك"), "cp1256"),
    "Greek": ("Ποια χώρα;\nΚένυα,Καλή\nΝεπάλ,Κακή\n", "cp1253"),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_an_encoding_that_only_one_language_fits_is_used(name: str) -> None:
    """The letters are those that were written."""
    text, encoding = TEXTS[name]
    content = (text * 9).encode(encoding)
    assert content.decode(encoding_of(Path("survey.csv"), content)) == text * 9


UNSURE = {
    "names of two languages": ("Timestamp,Name\n1/2/2021,Jiří Dvořák\n1/2/2021,Łukasz Żak\n", "cp1250"),
    "Chinese": ("您审查哪个国家？\n中国,好\n", "gb18030"),
    "Japanese": ("どの国ですか\nケニア,良い\n", "shift_jis"),
    "Korean": ("어느 나라입니까\n케냐,좋음\n", "euc_kr"),
    "Hebrew or Russian": ("איזו מדינה?\nקניה,טוב\n", "cp1255"),
    "one word that is Czech or Italian": ("Timestamp,Which?\n1/2/2021,Čech\n", "cp1250"),
    "Vietnamese": ("Nước nào\nTốt,Việt\n".replace("ố", "ô\u0301").replace("ệ", "ê\u0323"), "cp1258"),
}


@pytest.mark.parametrize("name", UNSURE)
def test_an_encoding_that_is_not_sure_is_refused_with_a_way_out(
    csg: Run, root: Path, tmp_path: Path, name: str
) -> None:
    """Nothing is written, and nothing of the file is repeated."""
    text, encoding = UNSURE[name]
    try:
        content = (text * 9).encode(encoding)
    except UnicodeEncodeError:
        content = (text * 9).encode(encoding, "ignore")
    with pytest.raises(Refused, match="its encoding is not sure"):
        encoding_of(Path("survey.csv"), content)
    path = tmp_path / "survey.csv"
    path.write_bytes(content)
    done = csg("review", "import", str(path), "--id", "r", "--yes")
    assert done.returncode == 1
    assert done.stderr == (
        "survey.csv: CSG701 this is not UTF-8, and its encoding is not sure. Save the file as CSV in UTF-8, or as XLSX,"
        " or name its encoding, for example --encoding windows-1252.\n"
    )
    assert not (root / "data" / "reviews" / "r.yaml").exists()


ROWS = [("1/2/2021", "Côte d’Ivoire", "Jiří Dvořák"), ("1/2/2021", "Kenya", "Łukasz Żak")]


@pytest.mark.parametrize("name", ["cp1250", "windows-1250", "Windows-1250", "1250"])
def test_a_named_encoding_is_used(csg: Run, tmp_path: Path, name: str) -> None:
    """The column of names is recognized in it."""
    path = tmp_path / "survey.csv"
    rows = [("Timestamp", "Země", "Jméno tazatele"), *ROWS * 9]
    path.write_bytes("".join(f"{','.join(row)}\n" for row in rows).encode("cp1250"))
    done = csg("review", "import", str(path), "--id", "r", "--yes", "--encoding", name)
    assert done.returncode == 0, done.stderr
    assert "csg read it as cp1250. Check the letters." in done.stderr
    assert "Jméno tazatele" in done.stderr.partition("Not read:")[2]
    assert csg("review", "show", "r").stdout.count("Dvo") == 0


@pytest.mark.parametrize("name", ["klingon", "base64", "hex", ""])
def test_an_unknown_encoding_is_an_error_of_the_command_line(csg: Run, tmp_path: Path, name: str) -> None:
    """With encodings that exist."""
    path = tmp_path / "survey.csv"
    path.write_bytes(b"x")
    done = csg("review", "import", str(path), "--id", "r", "--yes", "--encoding", name)
    assert done.returncode == 2
    assert f"unknown encoding '{name}'. Give an encoding such as windows-1252, windows-1256 or mac_roman." in " ".join(
        done.stderr.replace("│", " ").split()
    )


def test_a_wrong_encoding_is_refused_where_the_text_does_not_fit(csg: Run, tmp_path: Path) -> None:
    """In one sentence."""
    path = tmp_path / "survey.csv"
    path.write_bytes("Timestamp,Très bien?\n1/2/2021,Sí\n".encode("cp1252") * 9)
    done = csg("review", "import", str(path), "--id", "r", "--yes", "--encoding", "utf-8")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "this is not utf-8 text" in done.stderr


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', '"sep=;";;', "SEP=;"])
def test_a_line_that_names_the_separator_is_no_heading(csg: Run, tmp_path: Path, line: str) -> None:
    """Also in quotation marks, as a spreadsheet writes it when it saves the file again."""
    path = tmp_path / "survey.csv"
    rows = ["Timestamp;Good, or not?;And, why?", *["1/2/2021;Yes;No"] * 6, *["1/2/2021;No;Yes"] * 6]
    path.write_text("\r\n".join([line, *rows]), "utf-8")
    done = csg("review", "import", str(path), "--id", "r", "--yes")
    assert done.returncode == 0, done.stderr
    assert "Good, or not?" in csg("review", "show", "r").stdout


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognized(csg: Run, tmp_path: Path, encoding: str) -> None:
    """Also if the first heading has no Latin letter."""
    path = tmp_path / "survey.csv"
    rows = ["Отметка времени,Полный ли доклад?", *["1/2/2021,Да"] * 6, *["1/2/2021,Нет"] * 6]
    path.write_bytes("\r\n".join(rows).encode(encoding))
    done = csg("review", "import", str(path), "--id", "r", "--yes")
    assert done.returncode == 0, done.stderr
    assert "Полный ли доклад?" in csg("review", "show", "r").stdout
