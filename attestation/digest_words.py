"""The digest in words: the same in the mail and on the page that shows it beforehand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from attestation.digest import Digest, Reminder, Section, Topic
from attestation.list_words import doubts_words
from attestation.wording import day
from employees.periods import last_day
from positions.wording import rung_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A person, or a reason, with what is told; the person's number leads to her page."""

    words: str
    fact: str
    pk: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A section in words; its address leads to the list in which all of its people stand."""

    key: str
    title: str
    total: int
    lines: list[Line]
    more: int
    address: str


def told(digest: Digest) -> list[Told]:
    """Say a digest, section by section; of unknown verdicts it gives the reasons and no names."""
    until = last_day(digest.until)
    sections = [_told(section, until) for section in digest.sections]
    if not digest.unknown:
        return sections
    reasons = Counter(words for doubts in digest.unknown for words in doubts_words(doubts))
    lines = [
        Line(words=words, fact=str(count))
        for words, count in sorted(reasons.items(), key=lambda reason: (-reason[1], reason[0]))
    ]
    unknown = Told(
        key="unknown",
        title=_("The verdict is unknown"),
        total=len(digest.unknown),
        lines=lines,
        more=0,
        address=_address(doubts="any"),
    )
    return [*sections, unknown]


def _told(section: Section, until: date) -> Told:
    return Told(
        key=str(section.topic),
        title=_title(section.topic) % {"day": day(until)},
        total=section.total,
        lines=[Line(words=each.name, fact=fact(each), pk=each.pk) for each in section.reminders],
        more=section.more,
        address=_list_of(section.topic, until),
    )


def _title(topic: Topic) -> str:
    return {
        Topic.RISES_NOW: _("The requirements of the next rung are met"),
        Topic.RISES_SOON: _("The next rung is reachable by %(day)s"),
        Topic.LAPSES: _("The category ends by %(day)s"),
        Topic.LAPSED: _("The category has lapsed"),
        Topic.OVERDUE: _("The attestation is overdue"),
        Topic.DUE: _("The attestation is due, or falls due by %(day)s"),
    }[topic]


def fact(reminder: Reminder) -> str:
    """Say what is told of a person, beside the heading of the section."""
    rung = rung_words(reminder.rung) if reminder.rung else ""
    if reminder.day is None:
        return rung
    if reminder.topic in (Topic.LAPSES, Topic.LAPSED):
        words = _("last day: %(day)s") % {"day": day(last_day(reminder.day))}
    elif reminder.topic is Topic.OVERDUE:
        words = _("overdue since %(day)s") % {"day": day(reminder.day)}
    else:
        words = _("from %(day)s") % {"day": day(reminder.day)}
    return "; ".join(part for part in (rung, words) if part)


def _list_of(topic: Topic, until: date) -> str:
    """Give the list of employees that is nearest to a topic."""
    if topic is Topic.RISES_NOW:
        return _address(status="met")
    if topic is Topic.RISES_SOON:
        return _address(reachable=until.isoformat(), sort="reachable")
    if topic in (Topic.LAPSES, Topic.LAPSED):
        return _address(columns=["position", "current", "lapses"])
    return _address()


def _address(**asked: str | list[str]) -> str:
    query = urlencode(asked, doseq=True)
    return f"{reverse('employees')}?{query}" if query else reverse("employees")
