"""The weekly digest by mail: to whom it goes, in which language, never twice; and the page on which it is chosen."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from smtplib import SMTPServerDisconnected
from typing import Any, ClassVar

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from attestation.digest import SHOWN, week_of
from attestation.digest_mail import Sent, _claim, digest_choose, digests_send
from attestation.models import DigestSent
from attestation.verdicts import verdicts_renew
from employees.codes import Role
from employees.models import Organisation, Unit, User
from tests.factories import GrantFactory, UserFactory
from tests.test_digest import ON, rising


class Failing(EmailBackend):
    """A mail server that breaks off in the middle of what is personal."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPServerDisconnected(messages[0].body)


class FailingForOne(EmailBackend):
    """A mail server that does not take the mail of one receiver."""

    def send_messages(self, messages: Any) -> int:
        if messages[0].to == ["hr@example.kz"]:
            raise ConnectionRefusedError
        return int(super().send_messages(messages))


class RunTwice(EmailBackend):
    """A mail server that is so slow that another run begins and ends while it sends."""

    others: ClassVar[list[Sent]] = []

    def send_messages(self, messages: Any) -> int:
        self.others.append(digests_send(on=ON))
        return int(super().send_messages(messages))


class Swallowing(EmailBackend):
    """A mail server that says it has sent nothing."""

    def send_messages(self, messages: Any) -> int:
        return 0


@pytest.fixture(autouse=True)
def _sunday_in_english() -> Iterator[None]:
    with time_machine.travel("2026-11-22 12:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def officer(hr: User) -> User:
    """The HR officer, with an address and a language."""
    hr.email, hr.language = "hr@example.kz", "en"
    hr.save()
    return hr


@pytest.fixture
def head(manager: User) -> User:
    """The head of one unit, with an address."""
    manager.email = "head@example.kz"
    manager.save()
    return manager


def _words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


# ------------------------------------------------------------------------------------------------------- who gets what


@pytest.mark.django_db
def test_everybody_reads_of_those_she_may_see_and_of_nobody_else(
    officer: User,
    head: User,
    stranger: User,
    organisation: Organisation,
    other_organisation: Organisation,
    unit: Unit,
) -> None:
    stranger.email = "stranger@example.kz"
    stranger.save()
    rising(organisation, "Біздікі", unit=unit)
    rising(organisation, "Көршінікі")
    rising(other_organisation, "Бөтендікі")
    assert digests_send(on=ON).sent == 3
    bodies = {sent.to[0]: str(sent.body) for sent in mail.outbox}
    names = ("Біздікі", "Көршінікі", "Бөтендікі")
    assert {to: [name in body for name in names] for to, body in bodies.items()} == {
        "hr@example.kz": [True, True, False],
        "head@example.kz": [True, False, False],
        "stranger@example.kz": [False, False, True],
    }


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, *(role for role in Role)], ids=lambda role: role or "none")
def test_hr_officers_and_heads_of_units_get_it(organisation: Organisation, role: Role | None) -> None:
    user = UserFactory(username="somebody", email="somebody@example.kz")
    if role is not None:
        GrantFactory(user=user, organisation=organisation, role=role)
    rising(organisation, "Ерте")
    assert digests_send(on=ON).sent == (role in (Role.HR, Role.MANAGER))


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["inactive", "no address", "not wanted"])
def test_who_cannot_or_will_not_read_it_gets_none(officer: User, organisation: Organisation, why: str) -> None:
    rising(organisation, "Ерте")
    if why == "not wanted":
        digest_choose(user=officer, wanted=False, language="en")
    else:
        User.objects.filter(pk=officer.pk).update(**{"is_active": False} if why == "inactive" else {"email": ""})
    assert digests_send(on=ON).sent == 0
    assert mail.outbox == []
    User.objects.filter(pk=officer.pk).update(is_active=True, email="hr@example.kz")
    digest_choose(user=officer, wanted=True, language="en")
    assert digests_send(on=ON).sent == 1


@pytest.mark.django_db
def test_two_rights_make_one_mail(officer: User, organisation: Organisation, other_organisation: Organisation) -> None:
    GrantFactory(user=officer, organisation=other_organisation, role=Role.HR)
    GrantFactory(user=officer, organisation=organisation, role=Role.MANAGER)
    rising(organisation, "Ерте")
    rising(other_organisation, "Екінші")
    assert digests_send(on=ON).sent == 1
    assert "Ерте" in mail.outbox[0].body
    assert "Екінші" in mail.outbox[0].body


# ---------------------------------------------------------------------------------------------------------- the mail


@pytest.mark.django_db
def test_the_mail_holds_names_and_facts_and_nothing_else(
    officer: User, organisation: Organisation, settings: Any
) -> None:
    settings.SITE_ADDRESS = "https://sanat.example.kz"
    person = rising(
        organisation, "Ерте", iin="900101400003", birth_date=date(1990, 1, 1), personnel_number="N-4711", email="e@e.kz"
    )
    assert digests_send(on=ON).sent == 1
    sent = mail.outbox[0]
    assert sent.subject == "Sanat: reminders of the week of 16.11.2026"
    assert sent.extra_headers == {"Auto-Submitted": "auto-generated"}
    body = str(sent.body)
    assert "The next rung is reachable by 21.02.2027 (1)" in body
    assert f"- {person.full_name}: highest qualification level, the first category; from 01.02.2027" in body
    assert "https://sanat.example.kz/employees/?reachable=2027-02-21&sort=reachable" in body
    assert "https://sanat.example.kz/reminders/" in body
    for private in (person.iin, "1990", person.personnel_number, person.email, organisation.bin):
        assert private not in f"{sent.subject}{body}"


@pytest.mark.django_db
def test_a_long_section_says_how_many_more_there_are(officer: User, organisation: Organisation) -> None:
    for number in range(SHOWN + 2):
        rising(organisation, f"Көп{number}")
    digests_send(on=ON)
    body = str(mail.outbox[0].body)
    assert body.count("- Көп") == SHOWN
    assert "and 2 more" in body


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("", "шешімді комиссия қабылдайды"),
        ("kk", "шешімді комиссия"),
        ("ru", "решает комиссия"),
        ("en", "commission decides"),
    ],
    ids=["none", "kk", "ru", "en"],
)
def test_the_mail_speaks_the_receivers_language(
    officer: User, organisation: Organisation, language: str, words: str
) -> None:
    rising(organisation, "Ерте")
    User.objects.filter(pk=officer.pk).update(language=language)
    digests_send(on=ON)
    assert words in mail.outbox[0].body


@pytest.mark.django_db
def test_an_empty_digest_is_not_sent(officer: User, organisation: Organisation) -> None:
    run = digests_send(on=ON)
    assert (run.sent, run.empty) == (0, 1)
    assert mail.outbox == []
    assert not DigestSent.objects.exists()
    rising(organisation, "Ерте")
    assert digests_send(on=ON).sent == 1, "what comes up later in the week is told then"


# ------------------------------------------------------------------------------------------------- once, and only once


@pytest.mark.django_db
def test_one_mail_for_each_week(officer: User, organisation: Organisation) -> None:
    rising(organisation, "Ерте")
    sent = [
        digests_send(on=on).sent
        for on in (
            date(2026, 11, 16),
            date(2026, 11, 17),
            ON,
            date(2026, 11, 23),
            date(2026, 11, 29),
            date(2026, 11, 30),
        )
    ]
    assert sent == [1, 0, 0, 1, 0, 1]
    assert len(mail.outbox) == 3
    weeks = DigestSent.objects.order_by("week").values_list("week", flat=True)
    assert list(weeks) == [date(2026, 11, 16), date(2026, 11, 23), date(2026, 11, 30)]
    assert not DigestSent.objects.filter(sent_at=None).exists()


@pytest.mark.django_db
def test_what_failed_is_tried_again_and_then_sent_once(
    officer: User, organisation: Organisation, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    rising(organisation, "Ерте")
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    for _attempt in range(2):
        run = digests_send(on=ON)
        assert (run.sent, run.failed) == (0, 1)
        row = DigestSent.objects.get()
        assert (row.failed, row.sent_at) == (True, None)
    assert f"Digest of user {officer.pk} failed: SMTPServerDisconnected" in caplog.text
    assert "Ерте" not in caplog.text
    settings.EMAIL_BACKEND = working
    assert [digests_send(on=ON).sent for _run in range(2)] == [1, 0]
    row = DigestSent.objects.get()
    assert not row.failed
    assert row.sent_at is not None
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_one_failure_stops_no_other_mail(
    officer: User, head: User, organisation: Organisation, unit: Unit, settings: Any
) -> None:
    rising(organisation, "Ерте", unit=unit)
    settings.EMAIL_BACKEND = f"{__name__}.FailingForOne"
    run = digests_send(on=ON)
    assert (run.sent, run.failed) == (1, 1)
    assert [sent.to for sent in mail.outbox] == [["head@example.kz"]]


@pytest.mark.django_db
def test_a_server_that_sends_nothing_has_failed(officer: User, organisation: Organisation, settings: Any) -> None:
    rising(organisation, "Ерте")
    settings.EMAIL_BACKEND = f"{__name__}.Swallowing"
    assert digests_send(on=ON).failed == 1
    assert DigestSent.objects.get().failed


@pytest.mark.django_db
def test_what_another_machine_has_in_hand_is_left_to_it(officer: User, organisation: Organisation) -> None:
    rising(organisation, "Ерте")
    DigestSent.objects.create(user=officer, week=week_of(ON))
    run = digests_send(on=ON)
    assert (run.sent, run.failed, run.begun) == (0, 0, 1)
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_run_in_the_middle_of_another_sends_nothing_twice(
    officer: User, organisation: Organisation, settings: Any
) -> None:
    rising(organisation, "Ерте")
    RunTwice.others.clear()
    settings.EMAIL_BACKEND = f"{__name__}.RunTwice"
    assert digests_send(on=ON).sent == 1
    assert RunTwice.others == [Sent(sent=0, failed=0, empty=0, begun=1)]
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_of_two_machines_one_takes_a_digest_in_hand(officer: User) -> None:
    week = week_of(ON)
    assert _claim(officer, week) is not None
    assert _claim(officer, week) is None
    DigestSent.objects.update(failed=True)
    assert _claim(officer, week) is not None
    assert _claim(officer, week) is None


@pytest.mark.django_db
def test_the_command_says_how_many_were_sent(
    officer: User, head: User, organisation: Organisation, settings: Any
) -> None:
    rising(organisation, "Ерте")
    output, errors = io.StringIO(), io.StringIO()
    call_command("send_digests", stdout=output, stderr=errors)
    assert output.getvalue() == "Digests sent: 1. Nothing to tell: 1.\n"
    call_command("send_digests", "--on", "2026-11-23", stdout=output, stderr=errors)
    assert DigestSent.objects.filter(week=date(2026, 11, 23)).exists()
    DigestSent.objects.create(user=head, week=date(2026, 11, 16))
    call_command("send_digests", stdout=output, stderr=errors)
    assert "1 digest was begun by another run" in errors.getvalue()
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    with pytest.raises(CommandError, match="1 digest could not be sent"):
        call_command("send_digests", "--on", "2026-12-01", stdout=output)


# ------------------------------------------------------------------------------------------------------------- the page


@pytest.fixture
def reader(client: Client) -> Callable[[User], Client]:
    """Give a way to read pages as a user, in English."""

    def read_as(user: User) -> Client:
        client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
        client.force_login(user)
        return client

    return read_as


@pytest.mark.django_db
def test_the_page_shows_what_would_be_sent(
    reader: Callable[[User], Client], officer: User, head: User, organisation: Organisation, unit: Unit
) -> None:
    person = rising(organisation, "Біздікі", unit=unit)
    rising(organisation, "Көршінікі")
    page = reader(officer).get("/reminders/")
    words = _words(page)
    assert "The next rung is reachable by 21.02.2027 2" in words
    assert f"{person.full_name} highest qualification level, the first category; from 01.02.2027" in words
    assert "hr@example.kz This week not sent yet" in words
    assert f'href="/employees/{person.pk}/"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    digests_send(on=ON)
    assert "This week sent" in _words(reader(officer).get("/reminders/"))
    words = _words(reader(head).get("/reminders/"))
    assert "Біздікі" in words
    assert "Көршінікі" not in words


@pytest.mark.django_db
def test_the_page_says_why_no_mail_comes(
    reader: Callable[[User], Client], hr: User, organisation: Organisation
) -> None:
    auditor = UserFactory(username="auditor")
    GrantFactory(user=auditor, organisation=organisation, role=Role.AUDITOR)
    assert "No e-mail address is on file" in _words(reader(hr).get("/reminders/"))
    assert "nothing to tell this week" in _words(reader(hr).get("/reminders/"))
    words = _words(reader(auditor).get("/reminders/"))
    assert "mailed to HR officers and heads of units" in words
    assert "Send me the weekly digest" not in words


@pytest.mark.django_db
def test_a_choice_is_kept(reader: Callable[[User], Client], officer: User, organisation: Organisation) -> None:
    rising(organisation, "Ерте")
    client = reader(officer)
    answer = client.post("/reminders/digest/", {"language": "ru"}, follow=True)
    assert "Your choice is kept." in _words(answer)
    assert "checked" not in re.findall(r'<input[^>]*name="wanted"[^>]*>', answer.content.decode())[0]
    assert digests_send(on=ON).sent == 0
    answer = client.post("/reminders/digest/", {"wanted": "on", "language": "ru"}, follow=True)
    assert "checked" in re.findall(r'<input[^>]*name="wanted"[^>]*>', answer.content.decode())[0]
    assert digests_send(on=ON).sent == 1
    assert "решает комиссия" in mail.outbox[0].body
    refused = client.post("/reminders/digest/", {"language": "xx"})
    assert 'aria-invalid="true"' in refused.content.decode()
    officer.refresh_from_db()
    assert officer.language == "ru"


@pytest.mark.django_db
@pytest.mark.parametrize("number", [3, 40])
def test_the_page_takes_the_same_queries_for_any_number(
    reader: Callable[[User], Client],
    officer: User,
    organisation: Organisation,
    number: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for _each in range(number):
        rising(organisation, "Көп")
    verdicts_renew(on=ON)
    client = reader(officer)
    with django_assert_num_queries(9):  # two for the session, one for the rights, one to see that no verdict is due
        client.get("/reminders/")


@pytest.mark.django_db
def test_who_sees_nobody_has_no_reminders(reader: Callable[[User], Client], organisation: Organisation) -> None:
    texts = UserFactory(username="texts")
    GrantFactory(user=texts, organisation=organisation, role=Role.TEXTS)
    client = reader(texts)
    assert client.get("/reminders/").status_code == 403
    assert "/reminders/" not in client.get("/").content.decode()
    GrantFactory(user=texts, organisation=organisation, role=Role.AUDITOR)
    assert "/reminders/" in client.get("/").content.decode()
