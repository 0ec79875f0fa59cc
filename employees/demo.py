"""Invented people with plausible careers, the same for the same seed; for demonstrations and for measuring.

The people come as the rows of a workbook and go through the same plan and apply as any import, so a demonstration can
hold nothing that a real file could not.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from employees.demo_names import (
    EMPLOYERS,
    FATHERS,
    INSTITUTIONS,
    MEN,
    SAME_FOR_BOTH,
    SPECIALITIES,
    STAFF,
    SURNAMES,
    WOMEN,
)
from employees.identity import check_digit
from employees.workbook import SHEETS, Content, Row
from positions import rules

#: The day on which the invented careers have arrived; a constant, so that a seed always gives the same people.
ANCHOR = date(2026, 11, 1)

_YEAR = 365


@dataclass
class _Sheets:
    """Rows in the making."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, sheet: str, **cells: Any) -> None:
        self.rows[sheet].append({name: value for name, value in cells.items() if value not in (None, "")})

    def content(self) -> Content:
        return Content(
            sheets={
                sheet.name: [Row(number, cells) for number, cells in enumerate(self.rows[sheet.name], start=2)]
                for sheet in SHEETS
            },
            headers={sheet.name: {column.name for column in sheet.columns} for sheet in SHEETS},
        )


def invent(*, employees: int, seed: int, norms: rules.Norms, bin_number: str, name_kk: str, name_ru: str) -> Content:
    """Invent an organisation with so many employees, as a workbook."""
    chance = random.Random(seed)  # noqa: S311 - invented people need no cryptography
    sheets = _Sheets()
    sheets.add("organisation", bin=bin_number, name_kk=name_kk, name_ru=name_ru, sphere="social_protection")
    posts = _posts(chance, employees, norms)
    used: set[str] = set()
    for number, (code, unit) in enumerate(posts, start=1):
        _Career(chance, norms, sheets, f"{number:04d}", code, unit, used).write()
    return sheets.content()


def _posts(chance: random.Random, count: int, norms: rules.Norms) -> list[tuple[str, str]]:
    """Give every position at least once where there is room, and the rest by their weights."""
    staff = [entry for entry in STAFF if entry[0] in norms.positions]
    weighted = [(code, unit) for code, weight, unit in staff for _turn in range(weight)]
    once = [(code, unit) for code, _weight, unit in staff]
    rest = [chance.choice(weighted) for _turn in range(max(0, count - len(once)))]
    chance.shuffle(rest)
    return (once + rest)[:count]


class _Career:
    """One invented person, from school to the present post."""

    def __init__(
        self,
        chance: random.Random,
        norms: rules.Norms,
        sheets: _Sheets,
        number: str,
        code: str,
        unit: str,
        used_iins: set[str],
    ) -> None:
        self.chance, self.sheets, self.number, self.code, self.unit = chance, sheets, number, code, unit
        self.used = used_iins
        self.norms = norms
        edition = norms.text(code, ANCHOR)
        assert edition is not None  # noqa: S101 - every position of the demonstration has a text
        self.edition = edition
        self.woman = chance.random() < 0.72
        self.born = date(1964, 1, 1) + timedelta(days=chance.randrange(36 * _YEAR))

    def sometimes(self, share: float) -> bool:
        return self.chance.random() < share

    def write(self) -> None:
        """Put the person's rows into the sheets."""
        rung = self._entry()
        pathway = self.chance.choice(rung.pathways)
        graduated = self._graduation(pathway)
        appointed = self._day(max(graduated, date(2013, 1, 10)), date(2026, 6, 1))
        hired = appointed if self.sometimes(0.8) else None
        earlier = self._history(graduated, appointed)
        if hired is None:
            hired = self._within(earlier, appointed)
        level = rung.key.level
        self._employee(hired, appointed, level)
        self._education(pathway, graduated)
        if self.edition.has_categories and level is not None:
            self._awards(level, appointed)
        self._certificates(pathway, appointed)
        self._absences(appointed)

    # ------------------------------------------------------------------------------------------------------ pieces

    def _day(self, first: date, last: date) -> date:
        return first if last <= first else first + timedelta(days=self.chance.randrange((last - first).days))

    def _entry(self) -> rules.Rung:
        """Choose the entry rung the person came in by, the highest level more often."""
        entry = [rung for rung in self.edition.rungs if rung.key.category in (None, rules.Category.NONE)]
        return entry[0] if len(entry) == 1 or self.sometimes(0.62) else entry[-1]

    def _graduation(self, pathway: rules.Pathway) -> date:
        age = 22 if "higher" in pathway.education else 19
        year = min(self.born.year + age + self.chance.randrange(3), ANCHOR.year - 1)
        return date(year, 6, self.chance.choice((15, 20, 25, 30)))

    def _employee(self, hired: date, appointed: date, level: rules.Level | None) -> None:
        surname = self.chance.choice(SURNAMES)
        if self.woman and surname not in SAME_FOR_BOTH:
            surname += "а"
        father = self.chance.choice(FATHERS)
        patronymic = "" if self.sometimes(0.15) else father + ("қызы" if self.woman else "ұлы")
        dismissed = self._day(max(appointed, date(2025, 1, 1)), ANCHOR) if self.sometimes(0.03) else None
        self.sheets.add(
            "employees",
            personnel_number=self.number,
            iin=self._iin(),
            last_name=surname,
            first_name=self.chance.choice(WOMEN if self.woman else MEN),
            patronymic=patronymic,
            birth_date=self.born,
            unit=self.unit or None,
            position=self.code,
            level=level if self.edition.has_categories and not self.sometimes(0.12) else None,
            hired_on=hired,
            appointed_on=appointed if appointed != hired else None,
            dismissed_on=dismissed,
        )

    def _iin(self) -> str:
        century = {1900: 3, 2000: 5}[self.born.year // 100 * 100] + (1 if self.woman else 0)
        while True:
            stem = f"{self.born:%y%m%d}{century}{self.chance.randrange(10_000):04d}"
            digit = check_digit(stem)
            if digit is not None and f"{stem}{digit}" not in self.used:
                self.used.add(f"{stem}{digit}")
                return f"{stem}{digit}"

    def _education(self, pathway: rules.Pathway, graduated: date) -> None:
        if self.sometimes(0.05):
            return  # the document is still to be brought
        fields = self.chance.choice(pathway.fields or tuple(SPECIALITIES))
        if self.sometimes(0.06):
            fields = "other"
        foreign = self.sometimes(0.06)
        level = pathway.education[0]
        if self.sometimes(0.05):
            level = "postgraduate" if level == "higher" else "higher"
        code = self.chance.choice(pathway.specialities) if pathway.specialities else ""
        self.sheets.add(
            "education",
            personnel_number=self.number,
            level=level,
            fields="" if self.sometimes(0.04) else fields,
            speciality="" if code else SPECIALITIES.get(fields, ""),
            speciality_code="" if code == rules.UNNAMED else code,
            institution=self.chance.choice(INSTITUTIONS),
            country=self.chance.choice(("RU", "KG", "UZ")) if foreign else None,
            document_series=self.chance.choice(("ЖБ", "ТКБ", "ЖООК")),
            document_number=f"{self.chance.randrange(10_000_000):07d}",
            graduated_on=graduated,
            recognition_number=f"{self.chance.randrange(10_000)}-Т" if foreign and self.sometimes(0.5) else None,
        )
        if level == "technical_vocational" and self.sometimes(0.2):
            self.sheets.add(
                "education",
                personnel_number=self.number,
                level="higher",
                fields=fields,
                speciality=SPECIALITIES.get(fields, ""),
                institution=INSTITUTIONS[0],
                document_number=f"{self.chance.randrange(10_000_000):07d}",
                graduated_on=min(graduated.replace(year=graduated.year + 5), ANCHOR - timedelta(days=30)),
            )

    def _history(self, graduated: date, appointed: date) -> list[tuple[date, date]]:
        """Fill the years between graduating and the appointment with earlier posts."""
        spans: list[tuple[date, date]] = []
        start = graduated + timedelta(days=self.chance.randrange(30, 400))
        while start < appointed - timedelta(days=120) and len(spans) < 4:
            end = min(start + timedelta(days=self.chance.randrange(200, 2200)), appointed - timedelta(days=1))
            self._post(start, end)
            spans.append((start, end))
            start = end + timedelta(days=1 + (self.chance.randrange(200) if self.sometimes(0.4) else 0))
        return spans

    def _post(self, start: date, end: date) -> None:
        employer, sphere = self.chance.choice(EMPLOYERS if self.sometimes(0.5) else EMPLOYERS[:2])
        predecessor = next(
            (code for code in self.norms.family(self.code) if code != self.code and code.startswith("31/")), None
        )
        head = self.norms.is_managerial(self.code)
        code = None
        if sphere in ("social_protection", "employment") and self.sometimes(0.5):
            code = predecessor if predecessor and end < date(2017, 12, 17) else self.code
        if code and self.norms.is_managerial(code) and self.sometimes(0.4):
            code = None
        level = None
        if code and self.edition.has_categories and self.sometimes(0.7):
            level = self._entry().key.level
        self.sheets.add(
            "work_history",
            personnel_number=self.number,
            employer=employer,
            position=code,
            title=None
            if code
            else self.chance.choice(("маман", "әлеуметтік қызметкер", "педагог", "экономист", "мейіргер")),
            started_on=start,
            ended_on=end,
            sphere=sphere,
            managerial="yes" if head and self.sometimes(0.5) else None,
            relevant_profile="yes" if sphere == "social_protection" or self.sometimes(0.2) else None,
            in_specialty="yes" if self.sometimes(0.5) else None,
            level=level,
        )

    def _within(self, spans: list[tuple[date, date]], appointed: date) -> date:
        """Take the person on in an earlier post, if there is one that runs into the present one."""
        if spans and spans[-1][1] == appointed - timedelta(days=1):
            return spans[-1][0]
        return appointed

    def _awards(self, level: rules.Level, appointed: date) -> None:
        """Climb the ladder, a rung every few years, as far as the years have allowed."""
        day = appointed
        for category in (rules.Category.SECOND, rules.Category.FIRST, rules.Category.HIGHEST):
            day += timedelta(days=self.chance.randrange(400, 1500))
            if day >= ANCHOR or self.sometimes(0.25):
                return
            until = None
            if self.sometimes(0.3):
                until = day.replace(day=min(day.day, 28), year=day.year + 3) - timedelta(days=1)
            self.sheets.add(
                "categories",
                personnel_number=self.number,
                position=self.code,
                level=level,
                category=category,
                awarded_on=day,
                valid_until=until,
                order_number=f"{self.chance.randrange(1, 250)}-ж",
            )

    def _certificates(self, pathway: rules.Pathway, appointed: date) -> None:
        for kind in (*pathway.certificates, *pathway.preferred):
            if self.sometimes(0.8):
                issued = self._day(date(appointed.year - 1, 1, 1), ANCHOR)
                self.sheets.add(
                    "certificates",
                    personnel_number=self.number,
                    kind=kind,
                    number=f"{self.chance.randrange(100_000):05d}",
                    issued_on=issued,
                    valid_until=issued.replace(day=1, year=issued.year + 5) if self.sometimes(0.3) else None,
                    issuer=self.chance.choice(INSTITUTIONS),
                )

    def _absences(self, appointed: date) -> None:
        for kind, share, longest, counts in self._leaves():
            if not self.sometimes(share):
                continue
            start = self._day(appointed, ANCHOR)
            end = start + timedelta(days=self.chance.randrange(20, longest))
            self.sheets.add(
                "absences",
                personnel_number=self.number,
                kind=kind,
                started_on=start,
                ended_on=end if end < ANCHOR else None,
                counts=counts,
            )

    def _leaves(self) -> Iterator[tuple[str, float, int, str | None]]:
        if self.woman:
            yield "parental_leave", 0.12, 1000, None
        yield "unpaid_leave", 0.06, 200, "no"
        yield "study_leave", 0.04, 60, None
