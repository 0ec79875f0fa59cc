"""A user's calendar: a secret address, and what calendar programs read there.

Whoever knows the address reads the calendar without logging in, so the secret stands in the address alone, the
database knows its hash, and the rights of the user are asked anew at every reading.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import CLASS, TRANSP, Calendar, Event

from attestation.digest import Reminder, Topic, dated
from attestation.digest_selectors import prospects, reached
from attestation.models import CalendarFeed
from attestation.verdicts import verdicts_renew
from employees.experience import add_months
from employees.invitations import digest
from employees.models import User
from employees.periods import last_day
from positions.wording import rung_words

CONTENT_TYPE = "text/calendar; charset=utf-8"
#: A calendar is read every few minutes by some programs; when it was read is noted once an hour.
_NOTED_EVERY = timedelta(hours=1)
_ASKED_EVERY = timedelta(hours=12)


# -------------------------------------------------------------------------------------------------------- the address


@transaction.atomic
def calendar_address_make(*, user: User, language: str, now: datetime) -> str:
    """Give a user's calendar a new secret, which can be shown this once only; the one before opens nothing any more."""
    token = secrets.token_urlsafe(32)
    kept = {"token_hash": digest(token), "language": language, "created_at": now, "read_at": None}
    CalendarFeed.objects.update_or_create(user=user, defaults=kept)
    return token


@transaction.atomic
def calendar_address_revoke(*, user: User) -> bool:
    """Let a user's calendar address end; tells whether there was one."""
    deleted, _kinds = CalendarFeed.objects.filter(user=user).delete()
    return bool(deleted)


def calendar_address_of(user: User) -> CalendarFeed | None:
    """Give what is known of a user's calendar address: when it was made and last read (1 query)."""
    return CalendarFeed.objects.filter(user=user).first()


def feed_of(token: str) -> CalendarFeed | None:
    """Give the calendar of a secret, while its user may log in (1 query)."""
    return CalendarFeed.objects.select_related("user").filter(token_hash=digest(token), user__is_active=True).first()


def feed_note_reading(*, feed: CalendarFeed, now: datetime) -> None:
    """Note that a calendar was read, at most once an hour."""
    if feed.read_at is None or feed.read_at <= now - _NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)


# -------------------------------------------------------------------------------------------------------- the calendar


def feed_read(feed: CalendarFeed, *, now: datetime) -> bytes:
    """Write a user's calendar as of now, in the language chosen with its address.

    14 queries at most for any number of people, and what renewing the verdicts of the day takes.
    """
    on = timezone.localtime(now).date()
    verdicts_renew(on=on)
    start, end = add_months(on, -settings.CALENDAR_MONTHS_BACK), add_months(on, settings.CALENDAR_MONTHS_AHEAD)
    people = prospects(feed.user, on=on, until=end)
    days = reached(feed.user, people, on=on, since=start)
    with translation.override(feed.language):
        calendar = _calendar(feed)
        for reminder in dated(people, start=start, end=end, reached=days):
            calendar.add_component(_event(reminder, stamp=now))
        content: bytes = calendar.to_ical()
    feed_note_reading(feed=feed, now=now)
    return content


def _calendar(feed: CalendarFeed) -> Calendar:
    return Calendar.new(
        prodid=f"-//Sanat//Sanat//{feed.language.upper()}",
        uid=f"calendar-{feed.pk}@{_host()}",
        name=_("Sanat: reminders"),
        method="PUBLISH",
        refresh_interval=_ASKED_EVERY,
    )


def _event(reminder: Reminder, *, stamp: datetime) -> Event:
    """Write an entry for a whole day; its number stays the same as long as the fact is about the same thing."""
    rung = "-".join(str(part) for part in (reminder.rung.level, reminder.rung.category)) if reminder.rung else ""
    number = "-".join(part for part in (str(reminder.topic), str(reminder.pk), rung) if part)
    return Event.new(
        uid=f"{number}@{_host()}",
        summary=_summary(reminder),
        start=_day(reminder),
        stamp=stamp,
        url=f"{settings.SITE_ADDRESS}{reverse('employee', args=[reminder.pk])}",
        classification=CLASS.PRIVATE,
        transparency=TRANSP.TRANSPARENT,
    )


def _summary(reminder: Reminder) -> str:
    """Say the fact, then whom it is about, so that no name has to be declined."""
    if reminder.topic is Topic.RISES_SOON and reminder.rung is not None:
        words = _("Next rung reachable (%(rung)s)") % {"rung": rung_words(reminder.rung)}
    elif reminder.topic is Topic.LAPSES:
        words = _("Last day of the category")
    else:
        words = _("Attestation due")
    return f"{words}: {reminder.name}"


def _day(reminder: Reminder) -> date | None:
    """Give the day of an entry: of a category, the last one on which it holds."""
    return last_day(reminder.day) if reminder.topic is Topic.LAPSES else reminder.day


def _host() -> str:
    return urlsplit(settings.SITE_ADDRESS).hostname or "sanat"
