from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttestationConfig(AppConfig):
    """Where the law and the people meet."""

    name = "attestation"
    verbose_name = _("Attestation")
