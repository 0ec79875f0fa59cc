"""From a draft into force: at once, on a day to come, as a correction; withdrawals, refusals, and the history."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from attestation.services import evaluate_employees
from employees.models import Employee, Organisation, User
from positions.models import Draft, Edition, EditionChange
from tests.browsing import as_user, words
from tests.desk import Desk, amending, correcting, current, editor, new_position
from tests.factories import AwardFactory, EducationFactory, EmployeeFactory, position

pytestmark = pytest.mark.django_db

TODAY = "2026-11-22T10:00:00+05:00"
YEARS = "rungs.1.pathways.0.experience.0.years"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def texts(organisation: Organisation) -> User:
    return editor(organisation)


def periods(code: str = "360/2.3") -> list[tuple[date, date | None]]:
    return list(
        Edition.objects.filter(position__code=code).order_by("valid_from").values_list("valid_from", "valid_until")
    )


def changes(code: str = "360/2.3") -> list[tuple[str, str]]:
    rows = EditionChange.objects.filter(position__code=code).order_by("pk")
    return list(rows.values_list("action", "reason"))


# ------------------------------------------------------------------------------------------------------ a new edition


def test_an_amendment_comes_into_force_on_its_day_and_ends_the_edition_before(texts: User) -> None:
    desk = amending(texts, on="2027-01-01")
    assert desk.data["brought_by"] == "316-2024"
    desk.do("save", {YEARS: "3", "duties.0.en": "Works in a new way;"})
    shown = words(desk.review())
    assert "Comes into force on 01.01.2027; until then nothing changes." in shown
    assert "The edition in force from 01.07.2023 ends on 31.12.2026." in shown
    assert "Publish: in force from 01.01.2027" in shown
    assert "<ins>3</ins>" in shown
    assert "<del>2</del>" in shown
    assert reverse("draft_effects", args=[desk.draft.pk]) in shown
    response = desk.review("  № 500 бұйрық  ")
    assert response.headers["Location"] == reverse("admin:desk_position", args=[position().pk])
    assert periods() == [(date(2023, 7, 1), date(2027, 1, 1)), (date(2027, 1, 1), None)]
    assert changes() == [("closed", "№ 500 бұйрық"), ("published", "№ 500 бұйрық")]
    assert desk.fresh().state == "published"
    assert current().brought_by.code == "316-2024"


def test_verdicts_differ_from_the_first_day_on(texts: User, organisation: Organisation) -> None:
    employee = EmployeeFactory(organisation=organisation, hired_on=date(2024, 2, 1), level="highest")
    EducationFactory(employee=employee)
    AwardFactory(employee=employee, awarded_on=date(2024, 12, 31))

    def status(on: date) -> str:
        verdict = next(iter(evaluate_employees(Employee.objects.filter(pk=employee.pk), on=on))).verdict
        assert verdict is not None
        assert verdict.next is not None
        return str(verdict.next.status)

    assert status(date(2027, 1, 2)) == "met"
    desk = amending(texts, on="2027-01-01")
    desk.do("save", {YEARS: "3"})
    desk.review("№ 500 бұйрық")
    assert status(date(2026, 12, 31)) == "met"
    assert status(date(2027, 1, 2)) == "not_met"


@pytest.mark.parametrize(
    ("on", "said", "button"),
    [
        ("2026-11-22", "Comes into force today, 22.11.2026.", "Publish at once: in force since 22.11.2026"),
        (
            "2026-11-01",
            "Is in force since 01.11.2026: verdicts from that day on change.",
            "Publish at once: in force since 01.11.2026",
        ),
    ],
)
def test_an_edition_may_be_in_force_at_once(texts: User, on: str, said: str, button: str) -> None:
    desk = amending(texts, on=on)
    desk.do("save", {"duties.0.en": "Works in a new way;"})
    shown = words(desk.review())
    assert said in shown
    assert button in shown
    assert desk.review("x").status_code == 302
    assert periods()[-1] == (date.fromisoformat(on), None)


def test_the_first_text_of_a_new_position_is_written_and_published(texts: User) -> None:
    fresh = new_position()
    client = as_user(texts)
    shown = words(client.get(reverse("admin:desk_position", args=[fresh.pk])))
    assert "This position has no text yet. Write the first one." in shown
    client.post(reverse("admin:desk_amend", args=[fresh.pk]), {"on": "2027-01-01", "act": "316-2024"})
    desk = Desk(user=texts, draft=Draft.objects.get(position=fresh))
    assert "The whole text, which is the first of this position" in words(desk.review())
    desk.do("rungs.standard.highest")
    desk.do("duties.add")
    desk.do("knowledge.add")
    educated = {f"rungs.{index}.pathways.0.education": ["higher"] for index in range(4)}
    typed = {"qualification.kk": "Талаптар", "duties.0.kk": "міндет;", "knowledge.0.kk": "заң;"}
    desk.do("save", {**educated, **typed})
    assert desk.review("Жаңа лауазым").status_code == 302
    assert periods(fresh.code) == [(date(2027, 1, 1), None)]


# ------------------------------------------------------------------------------------------------------- a correction


def test_a_correction_changes_the_edition_and_says_that_the_past_changes(texts: User) -> None:
    desk = correcting(texts)
    desk.do("save", {"duties.0.en": "Corrected;"})
    shown = words(desk.review())
    assert "Correction of the edition in force from 01.07.2023: the past changes, verdicts on past days too." in shown
    assert "Save the correction" in shown
    assert desk.review("Баспа қатесі").status_code == 302
    assert periods() == [(date(2023, 7, 1), None)]
    assert changes() == [("corrected", "Баспа қатесі")]
    assert current().entries.get(kind="duty", number=1).text_en == "Corrected;"


# ------------------------------------------------------------------------------------------------------------ refusals


def test_nothing_is_published_without_a_reason(texts: User) -> None:
    desk = amending(texts)
    desk.do("save", {YEARS: "3"})
    for reason in ("", "   "):
        response = desk.review(reason)
        assert response.status_code == 422
        assert "Say why. The reason stays in the history." in words(response)
    assert len(periods()) == 1


def test_a_draft_that_says_nothing_new_is_not_published(texts: User) -> None:
    response = correcting(texts).review("x")
    assert response.status_code == 409
    assert "The draft says what its edition says: there is nothing to publish." in words(response)


def test_an_edition_in_the_time_of_another_is_refused_by_its_days(texts: User) -> None:
    desk = amending(texts, on="2027-01-01")
    desk.do("save", {YEARS: "3"})
    desk.review("x")
    desk = amending(texts, on="2026-12-01")
    assert desk.data["valid_to"] == "2026-12-31"
    desk.do("save", {YEARS: "4", "valid_to": "2027-02-01"})
    shown = words(desk.review())
    assert "Another edition is in force from 01.01.2027 on." in shown
    response = desk.review("x")
    assert response.status_code == 409
    assert "Another edition is in force from 01.01.2027 on." in words(response)
    desk.do("save", {"valid_to": "2026-12-31"})
    assert desk.review("x").status_code == 302
    assert [start for start, _until in periods()] == [date(2023, 7, 1), date(2026, 12, 1), date(2027, 1, 1)]


def test_a_correction_does_not_push_another_edition_aside(texts: User) -> None:
    desk = amending(texts, on="2027-01-01")
    desk.do("save", {YEARS: "3"})
    desk.review("x")
    desk = correcting(texts)
    desk.do("save", {"valid_from": "2026-06-01"})
    response = desk.review("x")
    assert response.status_code == 409
    assert "Another edition is in force from 01.07.2023 to 31.12.2026." in words(response)


def test_a_new_edition_asks_for_its_day_and_its_order(texts: User) -> None:
    client, address = as_user(texts), reverse("admin:desk_amend", args=[position().pk])
    for told, said in (
        ({}, "From which day is the new wording in force?"),
        ({"on": "2027-01-01"}, "Which order brings the new wording?"),
        ({"on": "2027-01-01", "act": "7-1999"}, "Select a valid choice"),
        ({"on": "31.02.2027", "act": "316-2024"}, "This is not a day."),
        ({"on": "1900-01-01", "act": "316-2024"}, "Choose a day between"),
        ({"on": "2023-07-01", "act": "316-2024"}, "An edition begins on that day already. Correct that one instead."),
    ):
        response = client.post(address, told)
        assert response.status_code == 422
        assert said in words(response)
    assert not Draft.objects.exists()


def test_the_edition_under_a_correction_may_be_changed_meanwhile(texts: User) -> None:
    desk = correcting(texts)
    desk.do("save", {"duties.0.en": "Corrected;"})
    edition = current()
    entry = edition.entries.get(kind="knowledge", number=1)
    entry.text_en = "Changed by the files;"
    entry.save()
    assert "The edition in force was changed since this draft began." in desk.open().text
    response = desk.review("x")
    assert response.status_code == 409
    assert "Look at what changed, and take note of it below." in words(response)
    shown = words(desk.client.get(reverse("admin:desk_base", args=[desk.draft.pk])))
    assert "<ins>Changed" in shown
    desk.client.post(reverse("admin:desk_take_note", args=[desk.draft.pk]), {"version": desk.fresh().version})
    assert "was changed since this draft began" not in desk.open().text
    assert desk.review("x").status_code == 302
    assert desk.client.get(reverse("admin:desk_base", args=[desk.draft.pk])).status_code == 302


def test_a_draft_of_a_withdrawn_edition_can_only_be_discarded(texts: User) -> None:
    desk = amending(texts, on="2027-01-01")
    desk.do("save", {YEARS: "3"})
    desk.review("x")
    desk = correcting(texts)
    desk.do("save", {"duties.0.en": "Corrected;"})
    client = desk.client
    client.post(reverse("admin:desk_withdraw", args=[current().pk]), {"reason": "Қате"})
    assert "can only be discarded" in desk.open().text
    response = desk.review("x")
    assert response.status_code == 409
    assert "was withdrawn meanwhile. Discard this draft and begin a new one." in words(response)
    version = {"version": desk.fresh().version}
    shown = words(client.post(reverse("admin:desk_take_note", args=[desk.draft.pk]), version, follow=True))
    assert "Discard this draft and begin a new one." in shown
    client.post(reverse("admin:desk_discard", args=[desk.draft.pk]), version)
    assert desk.fresh().state == "discarded"


# --------------------------------------------------------------------------------------------------------- withdrawing


def test_an_edition_is_withdrawn_and_the_one_before_is_in_force_again(texts: User) -> None:
    desk = amending(texts, on="2027-01-01")
    desk.do("save", {YEARS: "3"})
    desk.review("x")
    address = reverse("admin:desk_withdraw", args=[current().pk])
    assert desk.client.post(address, {"reason": " "}).status_code == 422
    assert desk.client.post(address, {"reason": "Қате жарияланды"}).status_code == 302
    assert periods() == [(date(2023, 7, 1), None)]
    assert [action for action, _reason in changes()] == ["closed", "published", "withdrawn", "reopened"]


def test_an_edition_under_which_somebody_was_attested_stays(texts: User, organisation: Organisation) -> None:
    AwardFactory(employee=EmployeeFactory(organisation=organisation), awarded_on=date(2024, 2, 1))
    client = as_user(texts)
    response = client.post(reverse("admin:desk_withdraw", args=[current().pk]), {"reason": "x"})
    assert response.status_code == 409
    assert "1 person was attested under this edition. It stays" in words(response)
    assert len(periods()) == 1


# ------------------------------------------------------------------------------------------------------- what was done


def test_the_history_tells_who_when_why_and_which_words(texts: User, django_assert_max_num_queries: Any) -> None:
    address = reverse("admin:desk_changes", args=[position().pk])
    assert "Nothing was changed yet" in words(as_user(texts).get(address))
    desk = correcting(texts)
    desk.do("save", {"duties.3.en": "analyzes the quality and kinds of services provided;", YEARS: "5"})
    desk.review("Баспа қатесі <b>")
    desk = amending(texts, on="2027-01-01")
    desk.do("save", {YEARS: "3"})
    desk.review("№ 500 бұйрық")
    shown = words(desk.client.get(address))
    assert "22.11.2026" in shown
    assert "texts" in shown
    assert "Баспа қатесі &lt;b&gt;" in shown
    assert "<del>types</del><ins>kinds</ins>" in shown
    assert "A new edition: its whole text came with it." in shown
    with django_assert_max_num_queries(15):
        desk.client.get(address)
    assert "page=2" not in shown


def test_a_long_history_has_pages(texts: User) -> None:
    for number in range(11):
        EditionChange.objects.create(
            position=position(), valid_from=date(2023, 7, 1), action="corrected", user=texts, reason=f"Reason {number}"
        )
    client, address = as_user(texts), reverse("admin:desk_changes", args=[position().pk])
    first, second = words(client.get(address)), words(client.get(address, {"page": 2}))
    assert "Reason 10" in first
    assert "Reason 0" not in first
    assert "Reason 0" in second


def test_the_position_at_the_desk_names_every_edition_and_what_can_be_done(texts: User) -> None:
    client, address = as_user(texts), reverse("admin:desk_position", args=[position().pk])
    shown = words(client.get(address))
    for button in (
        "Correct this edition",
        "Amend from a date",
        "Withdraw",
        "History",
        "Compare",
        "Export as a workbook",
        "Export as a norm file",
        "Change titles or the successor",
    ):
        assert button in shown
    amending(texts)
    shown = words(client.get(address))
    assert "A draft is open (new edition from a date), last saved by texts" in shown
    assert "Continue the draft" in shown
    assert ">Correct this edition</button>" not in shown
