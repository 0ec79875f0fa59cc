from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PositionsConfig(AppConfig):
    """What the law asks."""

    name = "positions"
    verbose_name = _("Positions")
