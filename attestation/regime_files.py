"""Rule-sets in files (fixtures/regimes) and in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from attestation import changes
from attestation.models import Regime
from attestation.regimes import RegimeDocumentError, read_rules

#: What a document holds beside its rules.
DOCUMENT = ("title", "act", "notes", "dates_estimated", "rules")


class RegimesRefusedError(ValueError):
    """A file of a rule-set that cannot be loaded; names the file, the rule and the reason."""


@dataclass(frozen=True, slots=True)
class Told:
    """A rule-set as a file tells it."""

    code: str
    valid_from: date
    valid_until: date | None
    document: dict[str, Any]


def read_regime_file(path: Path) -> Told:
    """Read and check one file. Raises RegimesRefusedError."""
    try:
        body = yaml.safe_load(path.read_text(encoding="utf-8"))
        document = {name: body[name] for name in DOCUMENT if name in body}
        read_rules(document["rules"])
        return Told(str(body["code"]), body["valid_from"], body.get("valid_until"), document)
    except RegimeDocumentError as error:
        raise RegimesRefusedError(f"{path.name}: {error}") from None
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise RegimesRefusedError(_("%(file)s is no rule-set: %(why)s") % {"file": path.name, "why": error}) from None


@transaction.atomic
def load_regimes(folder: Path) -> list[str]:
    """Load the rule-sets of a folder; gives the codes of those that changed. All or nothing; idempotent.

    A rule-set that somebody has edited here since is left as it is: editors own it from then on.
    """
    changed = []
    for path in sorted(folder.glob("*.yaml")):
        told = read_regime_file(path)
        regime = Regime.objects.filter(code=told.code, organisation=None, valid_from=told.valid_from).first()
        if regime is None:
            regime = Regime(code=told.code, valid_from=told.valid_from)
        elif regime.version > 1 or regime.document == told.document:
            continue
        regime.document, regime.valid_until = told.document, told.valid_until
        regime.full_clean()
        regime.save()
        changed.append(told.code)
    if changed:
        changes.announce()
    return changed
