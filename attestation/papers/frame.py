"""What the drawing of every paper shares: its words, its number and day, and how people and clauses are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from attestation.papers.words import Words
from employees.identity import masked
from positions.codes import CertificateKind, EducationLevel, Speciality

#: What a rule-set has that was known from excerpts of its act, and from an annex.
_EXCERPT, _ANNEX = "excerpt", "annex"
#: The sign with which forms mark what applies.
CROSS = "Х"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A paper on its way to a sheet in one language."""

    data: Mapping[str, Any]
    words: Words
    number: int | None = None
    on: date | None = None
    #: Whether identification numbers are printed in full: not for everybody who may read the paper.
    iin_in_full: bool = True

    def head(self, paper: str, *, title: str = "", subject: str = "") -> dict[str, Any]:
        """Give what every sheet begins with; a paper that is not registered has lines for its number and day."""
        words = self.words
        known = self.number is not None
        return {
            "organisation": words.text(self.data["organisation"]["name"]),
            "title": title or words(f"{paper}.title"),
            "subject": subject,
            "number": words("common.number", number=self.number) if known else words("common.number_blank"),
            "day": words.day(self.on) if self.on else words("common.day_blank"),
            "note": words("common.working_translation"),
        }

    def signature(self, role: str, name: str = "") -> dict[str, str]:
        """Give a line on which somebody signs in her role; without a name there is a line for it too."""
        words = self.words
        return {"label": words(f"sign.{role}"), "name": name, "hand": words("sign.hand"), "full": words("sign.full")}

    def post(self, person: Mapping[str, Any]) -> str:
        """Name a post, with its level where one is stated."""
        return joined(self.words.text(person["position"]), self.words.choice("common.levels", person["level"]))

    def iin(self, number: str) -> str:
        """Write an identification number, in full or as its last digits."""
        return number if self.iin_in_full else masked(number)

    def clause(self, clause: str, act: str = "") -> str:
        """Name a clause of the rule-set's act, or of a code that binds everybody."""
        if not clause:
            return ""
        if act:
            return self.words(f"common.acts.{act}", clause=clause)
        if clause == _EXCERPT:
            return self.words("common.excerpt")
        if clause.startswith(_ANNEX):
            return self.words("common.annex", number=clause.removeprefix(_ANNEX).strip())
        return self.words("common.clause", clause=clause)

    def order(self, number: str | int | None, on: str | None) -> str:
        """Name an order or minutes by number and day."""
        told = self.words("common.number", number=number) if number else ""
        return ", ".join(part for part in (told, self.words.day(on)) if part)

    def until(self, on: str | None, clause: str) -> str:
        """Write a last day with the clause that sets it."""
        if not on:
            return ""
        named = self.clause(clause)
        return f"{self.words.day(on)} ({named})" if named else self.words.day(on)

    def education(self, record: Mapping[str, Any]) -> str:
        """Write an education document in one line."""
        return joined(
            str(EducationLevel(record["level"]).label),
            self.words.day(record["graduated_on"]),
            record["institution"],
            self.speciality(record),
            record["qualification"],
            record["document"],
        )

    def speciality(self, record: Mapping[str, Any]) -> str:
        """Name the speciality of an education document."""
        code = record["speciality_code"]
        return record["speciality"] or (str(Speciality(code).label) if code else "")

    def certificate(self, record: Mapping[str, Any]) -> str:
        """Write a document of professional development or retraining in one line."""
        number = self.words("common.number", number=record["number"]) if record["number"] else ""
        kind = str(CertificateKind(record["kind"]).label)
        return joined(kind, record["issuer"], number, self.words.day(record["issued_on"]))

    def decision(self, code: str, *, dismissal: bool = False) -> str:
        """Name a decision of the commission; a recommendation for dismissal stands with it, or alone."""
        told = self.words.choice("common.decisions", code)
        return joined(told, self.words("sheet.dismissal") if dismissal else "")

    def category(self, decided: Mapping[str, Any]) -> str:
        """Name what was decided on the category; blank where nothing was."""
        if not decided["category_decision"]:
            return ""
        told = self.words.choice("common.category_decisions", decided["category_decision"])
        rung = self.words.rung(decided["level"], decided["category"])
        return f"{told}: {rung}" if rung else told

    def warning(self, warning: Mapping[str, Any]) -> str:
        """Write a missed deadline, or a remark of the rules, with its clause."""
        words, clause = self.words, self.clause(warning.get("clause", ""), warning.get("act", ""))
        if warning.get("deadline"):
            happened = words.short_day(warning.get("happened"))
            parts = [
                words.choice("common.steps", warning["code"]),
                f"{words('minutes.deadline')} {words.short_day(warning['deadline'])}",
                f"{words('minutes.happened')} {happened}" if happened else words("minutes.not_done"),
            ]
            told = ", ".join(parts)
        else:
            told = words.choice("common.remarks", warning["code"])
        return f"{told} ({clause})" if clause else told


def joined(*parts: object) -> str:
    """Put what there is into one line."""
    return "; ".join(str(part) for part in parts if part)


def short_name(person: Mapping[str, Any]) -> str:
    """Write a name as signatures do: one initial and the surname."""
    initial = f"{person['first_name'][:1]}. " if person["first_name"] else ""
    return f"{initial}{person['last_name']}"


def numbered(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """Number the rows of a table."""
    return [[str(number), *row] for number, row in enumerate(rows, start=1)]


def told(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Keep the labels that have a value."""
    return [[label, value] for label, value in pairs if value]
