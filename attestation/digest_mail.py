"""The weekly digest by mail: one for each user and week, whatever happens to the machine that sends it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from attestation.digest import Digest, week_of
from attestation.digest_selectors import digest_of, receivers
from attestation.digest_words import told
from attestation.models import DigestChoice, DigestSent
from attestation.verdicts import verdicts_renew
from attestation.wording import day
from employees.models import User

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How a run went; `begun` are those that another run has taken in hand and not finished, or never will."""

    sent: int
    failed: int
    empty: int
    begun: int


@transaction.atomic
def digest_choose(*, user: User, wanted: bool, language: str) -> None:
    """Keep whether a user wants the digest, and the language in which Sanat writes to her."""
    DigestChoice.objects.update_or_create(user=user, defaults={"wanted": wanted})
    user.language = language
    user.save(update_fields=["language"])


def digests_send(*, on: date) -> Sent:
    """Send the digests of the week that are still to be sent; one that fails is left to the next run."""
    verdicts_renew(on=on)
    week = week_of(on)
    sent = failed = empty = 0
    for user in receivers(week):
        digest = digest_of(user, on=on)
        if digest.is_empty:
            empty += 1
            continue
        claimed = _claim(user, week)
        if claimed is None:
            continue
        if _send(user, digest, claimed):
            sent += 1
        else:
            failed += 1
    begun = DigestSent.objects.filter(week=week, sent_at=None, failed=False).count()
    return Sent(sent=sent, failed=failed, empty=empty, begun=begun)


@transaction.atomic
def _claim(user: User, week: date) -> DigestSent | None:
    """Take a digest in hand before it is sent; None where another run has done so.

    What is taken in hand and never finished stays so: a mail that may have gone out is not sent again.
    """
    row, created = DigestSent.objects.get_or_create(user=user, week=week)
    if created or DigestSent.objects.filter(pk=row.pk, failed=True).update(failed=False):
        return row
    return None


def _send(user: User, digest: Digest, claimed: DigestSent) -> bool:
    """Send a digest and note how that went; of an error only its kind is logged, for its text may be personal."""
    rows = DigestSent.objects.filter(pk=claimed.pk)
    try:
        went_out = bool(_mail(user, digest).send())
    except Exception as error:
        logger.error("Digest of user %s failed: %s", user.pk, type(error).__name__)
        went_out = False
    if went_out:
        rows.update(sent_at=Now())
    else:
        rows.update(failed=True)
    return went_out


def _mail(user: User, digest: Digest) -> EmailMessage:
    """Write the mail in the language of its receiver, Kazakh where she has chosen none."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        subject = _("Sanat: reminders of the week of %(day)s") % {"day": day(week_of(digest.on))}
        context = {
            "sections": told(digest),
            "on": digest.on,
            "site": settings.SITE_ADDRESS,
            "reminders": reverse("reminders"),
        }
        body = render_to_string("reminders/digest.txt", context)
    # Machines that answer mails by themselves leave those alone that a machine has written.
    return EmailMessage(subject, body, None, [user.email], headers={"Auto-Submitted": "auto-generated"})
