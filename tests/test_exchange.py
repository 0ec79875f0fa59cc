"""Texts on their way out and in: nothing lost, nothing half done, every mistake named by its place."""

from __future__ import annotations

import io
import re
import threading
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from employees.models import User
from positions.codes import EditionAction
from positions.editing.errors import ReasonMissingError
from positions.exchange import keeping, writing
from positions.exchange.on_file import OnFile, StoredPosition, texts_of
from positions.exchange.problems import NothingNewError, TextsChangedError
from positions.exchange.reading import read_file
from positions.exchange.services import texts_import, texts_plan
from positions.models import (
    EditionChange,
    Position,
)
from positions.norms import export_norms, load_norms
from tests import law
from tests.factories import UserFactory
from tests.sent_texts import (
    DAY,
    OFFICIAL,
    book,
    cell_of,
    norm_file,
    rows,
    state,
    taken,
)


@pytest.fixture(autouse=True)
def _own_uploads(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


# ------------------------------------------------------------------------------------------------------- nothing lost


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["31", "360"])
def test_an_act_comes_out_as_the_norm_files_it_was_loaded_from(act: str) -> None:
    with zipfile.ZipFile(io.BytesIO(writing.archive(texts_of(act=act), on=DAY))) as archive:
        found = {name: archive.read(name).decode() for name in archive.namelist()}
    files = (law.FOLDER / act).glob("*.yaml")
    assert found == {f"{act}/{path.name}": path.read_text(encoding="utf-8") for path in files}


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["31", "360"])
@pytest.mark.parametrize("form", ["zip", "xlsx", "xlsx in codes"])
def test_an_act_goes_out_and_comes_back_without_a_change(act: str, form: str, editor: User) -> None:
    positions = texts_of(act=act)
    content = {
        "zip": lambda: writing.archive(positions, on=DAY),
        "xlsx": lambda: writing.workbook(positions),
        "xlsx in codes": lambda: writing.workbook(positions, codes=True),
    }[form]()
    name, before = f"texts.{form.split(' ')[0]}", state()
    plan = texts_plan(name=name, content=content)
    assert not plan.problems
    assert plan.changes_nothing
    assert plan.unchanged == len(export_norms(act=act))
    with pytest.raises(NothingNewError):
        texts_import(name=name, content=content, digest=plan.digest, user=editor, reason="Қайтару")
    assert state() == before


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["zip", "xlsx"])
def test_texts_that_were_spoiled_come_back_from_a_file_word_for_word(form: str, editor: User) -> None:
    positions = texts_of(act="31")
    content = writing.archive(positions, on=DAY) if form == "zip" else writing.workbook(positions)
    before = export_norms()
    for position in Position.objects.filter(code__startswith="31/"):
        position.title_kk = "Басқа атау"
        position.save()
        for edition in position.editions.all():
            edition.qualification_ru = ""
            edition.provenance_en = "official"
            edition.save()
            edition.entries.filter(kind="duty").first().delete()
            edition.entries.filter(kind="knowledge").update(text_en="Another text")
    assert export_norms() != before
    plan = taken(editor, f"texts.{form}", content)
    assert export_norms() == before
    assert plan.changed == 24
    changes = EditionChange.objects.filter(action=EditionAction.IMPORTED)
    assert {(change.user, change.reason) for change in changes} == {(editor, "Бұйрық № 1")}
    assert changes.count() == 24


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing_and_records_nothing(editor: User) -> None:
    content = norm_file("360/2.3", OFFICIAL)
    taken(editor, "2.3.yaml", content)
    before = state()
    assert texts_plan(name="2.3.yaml", content=content).changes_nothing
    with pytest.raises(NothingNewError):
        texts_import(name="2.3.yaml", content=content, digest=None, user=editor, reason="Тағы да")
    assert state() == before


PRINTABLE = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1).map(str.strip).filter(bool)
ENTRY = st.fixed_dictionaries({"kk": PRINTABLE, "ru": PRINTABLE | st.just(""), "en": PRINTABLE | st.just("")})


def invented(duties: list[Any], knowledge: list[Any], title: Any, lines: list[Any]) -> OnFile:
    """Give a position with these texts."""
    edition = next(each for each in law.norm_files().positions if each["position"] == "360/2.3")["editions"][0]
    qualification = {
        language: "\n".join(line[language] for line in lines).strip("\n") for language in ("kk", "ru", "en")
    }
    told = {**edition, "duties": duties, "knowledge": knowledge, "qualification": qualification, "notes": []}
    told |= {"valid_from": edition["valid_from"].isoformat(), "valid_to": None}
    stored = StoredPosition(code="360/2.3", title=title, editions={told["valid_from"]: told})
    acts = {each["code"]: each["number"] for each in law.norm_files().acts}
    return OnFile(positions={"360/2.3": stored}, acts=acts, chapters=frozenset())


@given(
    duties=st.lists(ENTRY, min_size=1, max_size=4),
    knowledge=st.lists(ENTRY, max_size=3),
    title=ENTRY,
    lines=st.lists(ENTRY, min_size=1, max_size=3),
    codes=st.booleans(),
)
def test_whatever_can_be_printed_survives_both_ways(
    duties: list[Any], knowledge: list[Any], title: Any, lines: list[Any], codes: bool
) -> None:
    on_file = invented(duties, knowledge, title, lines)
    stored = [*on_file.positions.values()]
    for name, content in (
        ("a.xlsx", writing.workbook(stored, codes=codes)),
        ("a.yaml", writing.position_yaml(stored[0]).encode()),
        ("a.zip", writing.archive(stored, on=DAY)),
    ):
        plan = read_file(name, content, on_file)
        assert not plan.problems, plan.problems
        assert plan.changes_nothing, name


@pytest.mark.parametrize(
    "text", ["=1+1", "+7 701", "-", "@кім", "=HYPERLINK(1)", "_x0041_", "1.10", "0012", "2026-01-01"]
)
def test_a_text_that_looks_like_something_else_stays_a_text(text: str) -> None:
    entry = {"kk": text, "ru": "", "en": text}
    on_file = invented([entry], [entry], entry, [entry])
    content = writing.workbook([*on_file.positions.values()], codes=True)
    assert read_file("a.xlsx", content, on_file).changes_nothing
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    cell = rows(sheet, "duties")[0][5]
    assert cell.data_type == "s"
    assert bool(cell.quotePrefix) == text.startswith(("=", "+", "-", "@"))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_workbook_in_any_language_is_read_in_every_other(language: str) -> None:
    with translation.override(language):
        content = writing.workbook(texts_of(code="360/1.4-1"))
    for reader in ("kk", "ru", "en"):
        with translation.override(reader):
            plan = texts_plan(name="a.xlsx", content=content)
            assert not plan.problems
            assert plan.changes_nothing


@pytest.mark.django_db
def test_the_workbook_is_made_for_reading() -> None:
    sheet = load_workbook(io.BytesIO(writing.workbook(texts_of(code="360/2.3")))).worksheets[0]
    assert sheet.freeze_panes == "F2"
    assert sheet.column_dimensions["G"].width == 60
    duty = next(row for row in sheet.iter_rows(min_row=2) if row[3].value == 1)
    assert duty[1].is_date
    assert duty[1].number_format == "dd.mm.yyyy"
    assert duty[6].alignment.wrap_text


# -------------------------------------------------------------------------------------------------- what it is good for


@pytest.mark.django_db
def test_an_official_text_replaces_a_working_translation_in_one_import(editor: User) -> None:
    def translated(sheet: Any) -> None:
        rows(sheet, "provenance")[0][6].value = "official"
        for part in ("title", "qualification", "duties", "knowledge"):
            for row in rows(sheet, part):
                row[6].value = f"Ресми: {row[6].value}"

    content = book("360/2.3", translated)
    plan = texts_plan(name="ru.xlsx", content=content)
    assert [edition.made_official for edition in plan.editions] == [["ru"]]
    assert plan.rules == 0
    before = {each["position"]: each for each in export_norms()}
    taken(editor, "ru.xlsx", content, "Әділет, 22.11.2026")
    after = {each["position"]: each for each in export_norms()}
    changed, old = after.pop("360/2.3"), before.pop("360/2.3")
    assert after == before
    assert changed["provenance"] == {**old["provenance"], "ru": "official"}
    assert all(entry["ru"].startswith("Ресми: ") for part in ("duties", "knowledge") for entry in changed[part])
    assert changed["title"]["ru"].startswith("Ресми: ")
    assert all(line.startswith("Ресми: ") for line in changed["qualification"]["ru"].split("\n"))
    assert [entry["kk"] for entry in changed["duties"]] == [entry["kk"] for entry in old["duties"]]
    assert changed["rungs"] == old["rungs"]
    assert changed["notes"] == old["notes"]
    change = EditionChange.objects.get(position__code="360/2.3")
    assert (change.action, change.user, change.reason) == ("imported", editor, "Әділет, 22.11.2026")


@pytest.mark.django_db
def test_a_sheet_with_one_language_leaves_the_others_alone(editor: User) -> None:
    def only_russian(sheet: Any) -> None:
        rows(sheet, "duties")[0][6].value = "Новый текст"
        sheet.delete_cols(8)
        sheet.delete_cols(6)

    before = export_norms()
    taken(editor, "ru.xlsx", book("360/2.3", only_russian))
    old, new = (next(each for each in norms if each["position"] == "360/2.3") for norms in (before, export_norms()))
    assert new["duties"][0] == {**old["duties"][0], "ru": "Новый текст"}
    assert new["duties"][1:] == old["duties"][1:]
    assert new["title"] == old["title"]


@pytest.mark.django_db
def test_rows_may_be_taken_out_added_and_moved_as_long_as_they_are_counted(editor: User) -> None:
    def rewritten(sheet: Any) -> None:
        duties = rows(sheet, "duties")
        count = len(duties)
        duties[0][3].value, duties[-1][3].value = count, 1
        first = duties[0]
        sheet.append([first[0].value, first[1].value, "duties", count + 1, None, "Жаңа міндет", "Новое", "New"])

    old = next(each for each in export_norms() if each["position"] == "360/2.3")["duties"]
    taken(editor, "a.xlsx", book("360/2.3", rewritten))
    new = next(each for each in export_norms() if each["position"] == "360/2.3")["duties"]
    assert new == [old[-1], *old[1:-1], old[0], {"kk": "Жаңа міндет", "ru": "Новое", "en": "New"}]


@pytest.mark.django_db
def test_a_norm_file_brings_a_new_edition_and_ends_the_one_before(editor: User) -> None:
    amended = norm_file("360/2.3").decode()
    _head, _break, edition = amended.partition("editions:\n")
    amended = amended.replace("valid_to: null", "valid_to: 2026-12-31", 1) + re.sub(
        r"valid_from: \S+", "valid_from: 2027-01-01", edition
    )
    plan = taken(editor, "a.yaml", amended.encode())
    assert (plan.changed, plan.new, plan.rules) == (1, 1, 2)
    editions = [
        (each["valid_from"], each["valid_to"]) for each in export_norms(act="360") if each["position"] == "360/2.3"
    ]
    assert editions == [("2023-07-01", "2026-12-31"), ("2027-01-01", None)]
    assert texts_plan(name="a.yaml", content=norm_file("360/2.3")).changes_nothing


@pytest.mark.django_db
def test_a_file_with_the_new_edition_alone_ends_the_one_before_too(editor: User) -> None:
    content = norm_file("360/2.3", ("valid_from: 2023-07-01", "valid_from: 2027-01-01"))
    plan = texts_plan(name="a.yaml", content=content)
    assert [edition.ends for edition in plan.editions] == ["2023-07-01"]
    taken(editor, "a.yaml", content)
    actions = EditionChange.objects.order_by("pk").values_list("action", "valid_from")
    assert list(actions) == [("closed", date(2023, 7, 1)), ("imported", date(2027, 1, 1))]


@pytest.mark.django_db
def test_a_new_position_comes_into_its_place_where_its_chapter_is_on_file(editor: User) -> None:
    content = norm_file("360/2.3", ("position: 360/2.3", "position: 360/2.3-1"))
    plan = taken(editor, "a.yaml", content)
    assert [each.is_new for each in plan.positions] == [True]
    codes = list(Position.objects.filter(code__startswith="360/2").order_by("order").values_list("code", flat=True))
    assert codes[2:5] == ["360/2.3", "360/2.3-1", "360/2.4"]
    assert norm_file("360/2.3-1") == content


@pytest.mark.django_db
def test_notes_keep_the_reading_that_they_rest_on(editor: User) -> None:
    with_notes = next(each for each in texts_of() for edition in each.editions.values() if edition["notes"])
    edition = next(iter(with_notes.editions.values()))

    def reworded(sheet: Any) -> None:
        rows(sheet, "note")[0][7].value = "Worded anew."

    taken(editor, "a.xlsx", book(with_notes.code, reworded))
    now = next(iter(texts_of(code=with_notes.code)[0].editions.values()))
    assert now["notes"][0]["text"]["en"] == "Worded anew."
    assert [note["reading"] for note in now["notes"]] == [note["reading"] for note in edition["notes"]]


# ------------------------------------------------------------------------------------------------------------- pages


def sent(client: Client, name: str, content: bytes) -> Any:
    """Send a file and go where it leads."""
    file = io.BytesIO(content)
    file.name = name
    return client.post(reverse("texts_exchange"), {"file": file}, follow=True)


def confirmed(client: Client, response: Any, reason: str = "Бұйрық № 1") -> Any:
    """Confirm what a page shows."""
    digest = response.context["plan"].digest
    return client.post(response.request["PATH_INFO"], {"digest": digest, "reason": reason}, follow=True)


@pytest.mark.django_db
def test_an_editor_looks_gives_a_reason_and_saves(client: Client, editor: User) -> None:
    client.force_login(editor)
    content = book("360/2.3", cell_of("duties", 6, "Заново"))
    before = state()
    page = sent(client, "a.xlsx", content)
    assert page.status_code == 200
    assert "<ins>Заново</ins>" in page.content.decode()
    assert state() == before
    again = client.post(page.request["PATH_INFO"], {"digest": page.context["plan"].digest, "reason": " "})
    assert again.status_code == 422
    assert state() == before
    done = confirmed(client, page)
    assert done.redirect_chain == [(reverse("position", args=["360", "2.3"]), 302)]
    assert EditionChange.objects.get().user == editor
    assert client.get(page.request["PATH_INFO"]).status_code == 302


@pytest.mark.django_db
def test_the_preview_says_that_an_official_text_comes(client: Client, editor: User) -> None:
    def official(sheet: Any) -> None:
        rows(sheet, "provenance")[0][6].value = "official"

    client.force_login(editor)
    page = sent(client, "a.xlsx", book("360/2.3", official))
    assert [edition.official for each in page.context["positions"] for edition in each.editions] == [["Русский"]]
    assert 'class="alert alert-success' in page.content.decode()


@pytest.mark.django_db
def test_a_file_with_mistakes_is_shown_with_them_and_not_kept(client: Client, editor: User, tmp_path: Path) -> None:
    client.force_login(editor)
    page = sent(client, "a.xlsx", book("360/2.3", cell_of("duties", 0, "360/9.9")))
    assert page.status_code == 422
    assert "360/9.9" in page.content.decode()
    assert not (tmp_path / "uploads").exists()


@pytest.mark.django_db
def test_of_two_who_import_at_once_the_second_is_told_that_the_texts_changed(client: Client, editor: User) -> None:
    other: User = UserFactory(username="other", is_superuser=True)
    clients = [Client(), Client()]
    for each, user in zip(clients, (editor, other), strict=True):
        each.force_login(user)
    pages = [
        sent(each, "a.xlsx", book("360/2.3", cell_of("duties", 6, text)))
        for each, text in zip(clients, ("Первый", "Второй"), strict=True)
    ]
    confirmed(clients[0], pages[0])
    before = state()
    second = confirmed(clients[1], pages[1])
    assert state() == before
    assert second.redirect_chain[-1][0] == pages[1].request["PATH_INFO"]
    assert len(list(second.context["messages"])) == 1
    confirmed(clients[1], second)
    assert next(each for each in export_norms() if each["position"] == "360/2.3")["duties"][1]["ru"] == "Второй"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_very_same_moment_one_is_told() -> None:
    # What threads see must be committed, so that this test begins with an empty database.
    load_norms(law.FOLDER)
    users = [UserFactory(username=name, is_superuser=True) for name in ("one", "two")]
    files = [book("360/2.3", cell_of("duties", 6, name)) for name in ("Первый", "Второй")]
    plans = [texts_plan(name="a.xlsx", content=content) for content in files]
    gate = threading.Barrier(2)
    answers: list[str] = []

    def run(user: User, content: bytes, digest: str) -> None:
        gate.wait()
        try:
            texts_import(name="a.xlsx", content=content, digest=digest, user=user, reason="Қатар")
            answers.append("saved")
        except TextsChangedError:
            answers.append("changed")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(user, content, plan.digest))
        for user, content, plan in zip(users, files, plans, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["changed", "saved"]
    assert EditionChange.objects.count() == 1


@pytest.mark.django_db
def test_who_may_not_change_texts_may_take_them_out_and_not_in(client: Client, hr: User) -> None:
    client.force_login(hr)
    assert client.get(reverse("texts_exchange")).status_code == 403
    assert sent(client, "a.yaml", norm_file()).status_code == 403
    assert client.get(reverse("texts_export_position", args=["360", "2.3", "yaml"])).content == norm_file()
    assert client.get(reverse("texts_export_act", args=["360", "xlsx"])).status_code == 200
    assert client.get(reverse("texts_export_act", args=["999", "zip"])).status_code == 404


@pytest.mark.django_db
def test_a_file_is_kept_for_who_sent_it_and_for_nobody_else(client: Client, editor: User, tmp_path: Path) -> None:
    client.force_login(editor)
    page = sent(client, "a.yaml", norm_file("360/2.3", OFFICIAL))
    other = Client()
    other.force_login(UserFactory(username="other", is_superuser=True))
    assert other.get(page.request["PATH_INFO"]).status_code == 302
    (path,) = (tmp_path / "uploads").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    path.write_bytes(path.read_bytes() + b"#")
    assert client.get(page.request["PATH_INFO"]).status_code == 302


@pytest.mark.django_db
def test_old_files_go_and_few_are_kept(editor: User, tmp_path: Path) -> None:
    kept = [keeping.file_keep(user=editor.pk, name="a.yaml", content=b"a") for _each in range(8)]
    assert len(list((tmp_path / "uploads").iterdir())) == 5
    assert keeping.file_kept(user=editor.pk, token=kept[-1].token) == kept[-1]
    assert keeping.file_kept(user=editor.pk, token="../../etc/passwd") is None
    keeping.file_drop(user=editor.pk, token=kept[-1].token)
    assert keeping.file_kept(user=editor.pk, token=kept[-1].token) is None


@pytest.mark.django_db
def test_a_file_can_be_deleted_instead_of_saved(client: Client, editor: User, tmp_path: Path) -> None:
    client.force_login(editor)
    page = sent(client, "a.yaml", norm_file("360/2.3", OFFICIAL))
    before = state()
    client.post(page.request["PATH_INFO"], {"discard": "1"})
    assert state() == before
    assert not list((tmp_path / "uploads").iterdir())


@pytest.mark.django_db
def test_a_look_takes_as_many_queries_for_an_act_as_for_a_position(
    client: Client, editor: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(editor)
    opened = load_workbook(io.BytesIO(writing.workbook(texts_of(act="360"), codes=True)))
    for row in rows(opened.worksheets[0], "duties"):
        row[6].value = f"Заново {row[6].value}"
    file = io.BytesIO()
    opened.save(file)
    page = sent(client, "a.xlsx", file.getvalue())
    assert page.context["plan"].changed == 27
    with django_assert_max_num_queries(15):
        assert client.get(page.request["PATH_INFO"]).status_code == 200


# ---------------------------------------------------------------------------------------------------------- commands


@pytest.mark.django_db
def test_the_commands_write_and_read_the_same_files(editor: User, tmp_path: Path) -> None:
    out = io.StringIO()
    for told, name in (
        (["--position", "360/2.3", "--format", "yaml"], "a.yaml"),
        (["--position", "360/2.3", "--format", "xlsx"], "a.xlsx"),
        (["--act", "31", "--format", "yaml"], "a.zip"),
        (["--act", "31", "--format", "xlsx", "--language", "ru"], "b.xlsx"),
    ):
        path = tmp_path / name
        call_command("export_texts", *told, "--output", str(path), stdout=out)
        call_command("import_texts", str(path), "--reason", "Тексеру", "--user", "editor", stdout=out)
    path = tmp_path / "c.yaml"
    path.write_bytes(norm_file("360/2.3", OFFICIAL))
    before = state()
    told = [str(path), "--reason", "Тексеру", "--user", "editor", "--language", "en"]
    call_command("import_texts", *told, "--dry-run", stdout=out)
    assert state() == before
    call_command("import_texts", *told, stdout=out)
    assert out.getvalue().splitlines()[-1].startswith("Positions: 1; ")
    assert EditionChange.objects.get().reason == "Тексеру"


@pytest.mark.django_db
def test_the_commands_refuse_in_words(editor: User, hr: User, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.yaml", tmp_path / "good.yaml"
    bad.write_bytes(norm_file("360/2.3", ("- years: 3", "- managerial: true")))
    good.write_bytes(norm_file("360/2.3", OFFICIAL))
    before = state()
    for told in (
        [str(bad), "--reason", "a", "--user", "editor"],
        [str(good), "--reason", " ", "--user", "editor"],
        [str(good), "--reason", "a", "--user", "hr"],
        [str(good), "--reason", "a", "--user", "nobody"],
        [str(tmp_path / "none.yaml"), "--reason", "a", "--user", "editor"],
    ):
        with pytest.raises(CommandError):
            call_command("import_texts", *told)
    with pytest.raises(CommandError, match=r"9\.9"):
        call_command("export_texts", "--position", "360/9.9", "--format", "yaml", "--output", str(tmp_path / "x"))
    with pytest.raises(CommandError):
        call_command("export_texts", "--act", "360", "--format", "yaml", "--output", str(tmp_path))
    assert state() == before


@pytest.mark.django_db
def test_nothing_is_taken_in_without_a_reason(editor: User) -> None:
    with pytest.raises(ReasonMissingError):
        texts_import(name="a.yaml", content=norm_file(), digest=None, user=editor, reason=" ")
