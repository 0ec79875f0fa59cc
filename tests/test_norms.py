"""The norms: complete against the orders, loaded without loss, and refused when they are wrong."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from positions.models import Edition, Position
from positions.norm_selectors import read_ladders, read_norms
from positions.norms import export_norms, load_norms
from tests import law

ORDERS = law.FOLDER.parent / "orders"
NEW_IN_360 = {"360/1.4", "360/1.4-1", "360/1.6", "360/2.6", "360/2.8", "360/3.1", "360/3.3"}
WITHOUT_SUCCESSOR = {"31/2.2", "31/2.10", "31/3.8", "31/3.9"}
REVISED_2024 = {f"360/{number}" for number in ["1.3", "1.4", "1.4-1", "1.5", "1.6", "2.6", "2.7", "2.8", "3.1"]}


@pytest.fixture
def exported(db: None) -> dict[str, dict[str, Any]]:
    """Give the exported norms by position."""
    output = io.StringIO()
    call_command("export_norms", stdout=output)
    found = json.loads(output.getvalue())
    assert len(found) == 51
    return {item["position"]: item for item in found}


def _flat(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


# -------------------- nothing of the orders lost


def _order_360(language: str) -> list[tuple[str, str, str]]:
    """Walk through an order's file: (position, part, line) for every line that is not a heading."""
    lines = [_flat(line) for line in (ORDERS / f"360-2017.{language}.txt").read_text(encoding="utf-8").splitlines()]
    paragraph = re.compile(r"(?:(\d+)-(?:тарау|бөлім)\. )|(\d+(?:-\d+)?)\s*[-.] ?[Пп]араграф\. (.*)")
    if language == "en":
        paragraph = re.compile(r"(?:Chapter (\d+)\. .*?)?Paragraph (\d+(?:-\d+)?)\. (.*)")
    part_heading = re.compile(
        r"\d+(?:-\d+)?\. (?:(Лауазымдық міндеттері|Official duties|Job responsibilities)"
        r"|(Мыналарды білуге тиіс|Shall be obliged to know|The employee must know)"
        r"|(Біліктілігіне қойылатын талаптар|Requirements? for (?:the )?qualifications?|Qualification requirements)"
        r"):?(.*)"
    )
    chapter, position, part, found = "", "", "", []
    for line in lines:
        if heading := paragraph.fullmatch(line) or (paragraph.match(line) if language == "kk" else None):
            chapter = heading[1] or chapter
            if heading[2]:
                position, part = f"360/{chapter}.{heading[2]}", "title"
                found.append((position, part, heading[3]))
            continue
        if heading := part_heading.match(line):
            part = "duties" if heading[1] else "knowledge" if heading[2] else "qualification"
            if part == "qualification":
                found.append((position, part, line))
            continue
        if position and line:
            part_here = "notes" if line.startswith(("Ескерту.", "Footnote.")) else part
            found.append((position, part_here, line))
    return found


def _texts(item: dict[str, Any], part: str, language: str) -> list[str]:
    if part == "notes":
        return [note["text"][language] for note in item["notes"]]
    if part in ("title", "qualification"):
        return item[part][language].split("\n")  # type: ignore[no-any-return]
    return [entry[language] for entry in item[part] if entry[language]]


@pytest.mark.parametrize("language", ["kk", "en"])
def test_every_line_of_order_360_is_in_its_place(exported: dict[str, Any], language: str) -> None:
    lines = _order_360(language)
    assert len({position for position, _part, _line in lines}) == 27
    assert len(lines) > 990
    for position in {position for position, _part, _line in lines}:
        for part in ("duties", "knowledge", "qualification"):
            printed = [line for where, what, line in lines if (where, what) == (position, part)]
            assert printed == [_flat(text) for text in _texts(exported[position], part, language)], (position, part)
    for position, part, line in lines:
        if part in ("title", "notes"):
            texts = _texts(exported[position], part, language)
            assert any(line.rstrip(":") == _flat(text) for text in texts), (position, part, line)


def _order_31() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    chapter = position = part = ""
    for line in (ORDERS / "31-2012.kk.txt").read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"(\d)-бөлім\. ", line):
            chapter, position = heading[1], ""
        elif chapter and (heading := re.match(r"(\d+)\. (.*)", line)):
            position, part = f"31/{chapter}.{heading[1]}", "title"
            found[position, part] = [heading[2]]
        elif position:
            text = line.strip()
            if line.startswith(" " * 6):
                part = (
                    "notes"
                    if text.startswith("Ескерту")
                    else "duties"
                    if text.startswith("Лауазымдық")
                    else "knowledge"
                    if text.startswith("Білуге тиіс")
                    else "qualification"
                    if text.startswith("Біліктілі")
                    else part
                )
            found.setdefault((position, part), []).append(line)
    return found


def test_every_letter_of_order_31_is_in_its_place(exported: dict[str, Any]) -> None:
    """The PDF displaced law titles, so the letters of each part are compared, not its lines."""
    parts = _order_31()
    assert len({position for position, _part in parts}) == 24
    for (position, part), lines in parts.items():
        texts = _texts(exported[position], part, "kk")
        if part == "notes":
            texts = [text for text in texts if text.startswith("Ескерту")]
        assert Counter("".join("".join(lines).split())) == Counter("".join("".join(texts).split())), (position, part)


def test_the_years_of_the_rules_are_those_printed(exported: dict[str, Any]) -> None:
    for item in exported.values():
        printed = sorted(int(years) for years in re.findall(r"(\d+) жыл", item["qualification"]["kk"]))
        ruled = []
        for rung in item["rungs"]:
            # Pathways that one sentence prints together share its years.
            alternatives = {tuple(norm["years"] for norm in pathway["experience"]) for pathway in rung["pathways"]} - {
                ()
            }
            ruled += [years for alternative in alternatives for years in alternative]
        assert printed == sorted(ruled), item["position"]


# -------------------- the interface


def test_the_exported_shape_is_the_agreed_one(exported: dict[str, Any]) -> None:
    item = exported["360/2.3"]
    assert list(item) == [
        "position", "clause", "title", "valid_from", "valid_to", "dates_estimated", "successor", "duties", "knowledge",
        "qualification", "provenance", "notes", "rungs",
    ]  # fmt: skip
    assert (item["clause"], item["valid_from"], item["valid_to"], item["dates_estimated"]) == (
        "45",
        "2023-07-01",
        None,
        False,
    )
    assert item["rungs"][1] == {
        "level": "highest",
        "category": "first",
        "pathways": [
            {
                "education": ["higher", "postgraduate"],
                "fields": ["social", "pedagogical", "medical"],
                "specialities": [],
                "certificates": [],
                "preferred": [],
                "experience": [
                    {
                        "years": 2,
                        "rung": {"level": "highest", "category": "second"},
                        "spheres": [],
                        "or_relevant_profile": False,
                        "relevant_profile": False,
                        "managerial": False,
                        "non_governmental": False,
                        "in_specialty": False,
                    }
                ],
            }
        ],
    }


def test_titles_requirements_and_notes_speak_three_languages(exported: dict[str, Any]) -> None:
    for item in exported.values():
        for text in (item["title"], item["qualification"], *(note["text"] for note in item["notes"])):
            assert all(text[language] for language in ("kk", "ru", "en")), item["position"]
        assert len({text.count("\n") for text in item["qualification"].values()} - {0, 1}) <= 1, item["position"]


def test_the_dates_in_force(exported: dict[str, Any]) -> None:
    for code, item in exported.items():
        if code.startswith("31/"):
            start = "2015-01-06" if code in ("31/2.4", "31/3.10") else "2012-07-09"
            assert (item["valid_from"], item["valid_to"], item["dates_estimated"]) == (start, "2017-12-16", True)
        elif code in REVISED_2024:
            assert (item["valid_from"], item["valid_to"], item["dates_estimated"]) == ("2024-08-26", None, True)
        else:
            assert (item["valid_from"], item["valid_to"], item["dates_estimated"]) == ("2023-07-01", None, False)


def test_the_succession_of_positions(exported: dict[str, Any]) -> None:
    successors = {code: item["successor"] for code, item in exported.items() if item["successor"]}
    assert {code for code in exported if code.startswith("31/")} - successors.keys() == WITHOUT_SUCCESSOR
    assert {code for code in exported if code.startswith("360/")} - set(successors.values()) == NEW_IN_360
    assert successors["31/3.6"] == "360/2.3"


@pytest.mark.parametrize(
    ("on", "act", "count"),
    [("2026-11-22", None, 27), ("2017-12-16", "31", 24), ("2020-01-01", None, 0), ("2024-08-25", "360", 18)],
)
def test_the_norms_in_force_on_a_day(db: None, on: str, act: str | None, count: int) -> None:
    assert len(export_norms(on=date.fromisoformat(on), act=act)) == count


def test_the_database_holds_what_the_files_say(db: None) -> None:
    stored, written = read_norms(), law.norms()
    assert stored.positions.keys() == written.positions.keys()
    for code, norm in written.positions.items():
        mine = stored.positions[code]
        assert (mine.managerial, mine.successor) == (norm.managerial, norm.successor)
        assert [(e.valid_from, e.valid_until, e.clause, e.rungs, e.named_levels) for e in mine.editions] == [
            (e.valid_from, e.valid_until, e.clause, e.rungs, e.named_levels) for e in norm.editions
        ]


def test_reading_the_norms_takes_four_queries(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        read_norms()
    with django_assert_num_queries(2):
        assert ("average", "second") in read_ladders()["360/2.3"]


# -------------------- loading


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the norm files to where they may be spoilt."""
    return Path(shutil.copytree(law.FOLDER, tmp_path / "norms"))


def _load(folder: Path) -> str:
    output = io.StringIO()
    call_command("load_norms", str(folder), stdout=output)
    return output.getvalue()


def test_loading_again_changes_nothing(db: None, folder: Path) -> None:
    assert load_norms(folder) == []


def test_a_change_is_named(db: None, folder: Path) -> None:
    path = folder / "360" / "2.3.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("- years: 3\n", "- years: 4\n", 1), encoding="utf-8")
    changes = load_norms(folder)
    assert len(changes) == 1
    assert "360/2.3" in str(changes[0])
    assert read_norms().positions["360/2.3"].editions[0].rungs[0].pathways[0].experience[0].years == 4


SPOILT = [
    ('clause: "45"', 'clause: ""', "The clause is missing."),
    ("valid_from: 2023-07-01", "valid_from: soon", "A date is expected here"),
    ("[higher, postgraduate]", "[higher, doctor]", "Unknown code: doctor."),
    ("level: highest\n", "level: top\n", "Unknown code: top."),
    ("category: first\n    clause", "category: highest\n    clause", "This rung stands twice"),
    ("- years: 3", "- years: three", "A whole number of years is needed here."),
    ('brought_by: "220-2023"', 'brought_by: "999"', "Unknown act: 999."),
    ("dates_estimated: false", "dates_estimated: perhaps", "true or false is expected here."),
    ("  rungs:", "  ladder: x\n  rungs:", "Unknown key: ladder."),
    ("position: 360/2.3", "position: 999/2.3", "Unknown code: 999/2.3."),
    ("valid_to: null", "valid_to: 2023-06-01", "The last day lies before the first."),
    (", en: unofficial_translation}", "}", "en is missing."),
    ("title:\n", "title: [\n", "The file is not YAML"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "message"), SPOILT)
def test_a_mistake_is_refused_with_file_and_line(
    db: None, folder: Path, settings: Any, right: str, wrong: str, message: str
) -> None:
    settings.LANGUAGE_CODE = "en"
    path = folder / "360" / "2.3.yaml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    before = export_norms()
    with pytest.raises(CommandError) as refusal:
        _load(folder)
    told = str(refusal.value)
    assert message in told
    assert re.search(r"norms/360/2\.3\.yaml:\d+: ", told)
    assert export_norms() == before


def test_the_line_named_is_the_line_meant(db: None, folder: Path, settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    path = folder / "31" / "3.8.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    index = next(index for index, line in enumerate(lines) if "spheres:" in line)
    lines[index] = lines[index].replace("employment", "farming")
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(CommandError, match=rf"31/3\.8\.yaml:{index + 1}: Unknown code: farming\."):
        _load(folder)


def test_overlapping_editions_are_refused_by_the_files(db: None, folder: Path, settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    path = folder / "360" / "3.3.yaml"
    text = path.read_text(encoding="utf-8")
    edition = text[text.index("- valid_from") :]
    path.write_text(text + edition.replace("2023-07-01", "2025-01-01"), encoding="utf-8")
    with pytest.raises(CommandError, match="This edition overlaps the one in force from 2023-07-01"):
        _load(folder)


def test_an_unknown_successor_is_refused(db: None, folder: Path, settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    path = folder / "31" / "3.6.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("successor: 360/2.3", "successor: 360/9.9"), encoding="utf-8"
    )
    with pytest.raises(CommandError, match=r"Unknown position: 360/9\.9"):
        _load(folder)


def test_a_folder_without_norms_is_refused(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        _load(tmp_path)


# -------------------- what the database refuses


def _another(edition: Edition, start: date, end: date | None) -> Edition:
    edition.pk = None
    edition.valid_from, edition.valid_until = start, end
    return edition


@pytest.mark.parametrize(
    ("start", "end"),
    [(date(2025, 1, 1), None), (date(2023, 1, 1), date(2023, 7, 2)), (date(2022, 1, 1), None)],
)
def test_the_database_refuses_overlapping_editions(db: None, start: date, end: date | None) -> None:
    edition = Edition.objects.get(position__code="360/2.3")
    with pytest.raises(IntegrityError), transaction.atomic():
        _another(edition, start, end).save()


def test_the_database_refuses_an_edition_moved_onto_another(db: None) -> None:
    edition = _another(Edition.objects.get(position__code="360/2.3"), date(2019, 1, 1), date(2020, 1, 1))
    edition.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(valid_until=date(2024, 1, 1))


def test_editions_may_touch(db: None) -> None:
    edition = _another(Edition.objects.get(position__code="360/2.3"), date(2019, 1, 1), date(2023, 7, 1))
    edition.full_clean(exclude=["qualification"])
    edition.save()
    assert Position.objects.get(code="360/2.3").editions.count() == 2


def test_a_rung_stands_once_in_an_edition(db: None) -> None:
    rung = Edition.objects.get(position__code="360/2.3").rungs.first()
    assert rung is not None
    rung.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        rung.save()
