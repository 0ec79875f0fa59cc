from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttestationConfig(AppConfig):
    """Where the law and the people meet."""

    name = "attestation"
    verbose_name = _("Attestation")

    def ready(self) -> None:
        """Keep verdicts with every change of a record or of a norm."""
        from attestation.guards import awards_decided, editions_attested
        from attestation.verdicts import verdicts_keep, verdicts_of_positions_keep
        from employees import changes as record_changes
        from positions import changes as norm_changes

        record_changes.subscribe(verdicts_keep)
        record_changes.guard(awards_decided)
        norm_changes.subscribe(verdicts_of_positions_keep)
        norm_changes.guard(editions_attested)
