"""`manage.py load_demo`: the demonstration organisation and its users."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from attestation.demo import demo_cycle_open
from attestation.models import Regime
from attestation.regime_services import regime_choose
from employees.codes import Role
from employees.demo import invent
from employees.importing import apply, plan
from employees.models import Organisation
from employees.services import demo_user_ensure
from positions.norm_selectors import read_norms

DEMO_BIN = "050240001231"
DEMO_SEED = 7
DEMO_EMPLOYEES = 60
DEMO_PASSWORD = "sanat-demo"  # noqa: S105 - the demonstration's password is public
#: Demo users: their role, and the unit it is limited to.
DEMO_USERS: dict[str, tuple[Role | None, str | None]] = {
    "admin": (Role.ADMIN, None),
    "hr": (Role.HR, None),
    "manager": (Role.MANAGER, "Оңалту бөлімі"),
    "texts": (Role.TEXTS, None),
    "secretary": (Role.SECRETARY, None),
    "auditor": (Role.AUDITOR, None),
    "head": (Role.MANAGER, None),
    #: Sees what the commission sees, and nobody else.
    "chair": (None, None),
}
#: The rule-set that the demonstration follows.
DEMO_REGIME = "with-category"


class Command(BaseCommand):
    """Load the demonstration."""

    help = "Load the demonstration: 60 invented people and eight users; refuses to with DEBUG off."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(_("The demonstration has public passwords; it is loaded with DEBUG on only."))
        norms = read_norms()
        if not norms.positions:
            raise CommandError(_("Load the norms first: manage.py load_norms."))
        if not Organisation.objects.filter(bin=DEMO_BIN).exists():
            apply(
                plan(
                    invent(
                        employees=DEMO_EMPLOYEES,
                        seed=DEMO_SEED,
                        norms=norms,
                        bin_number=DEMO_BIN,
                        name_kk="«Сарыарқа» әлеуметтік қызметтер орталығы КММ",
                        name_ru="КГУ «Центр социальных услуг Сарыарка»",
                    )
                )
            )
        organisation = Organisation.objects.get(bin=DEMO_BIN)
        users = {
            username: demo_user_ensure(
                username=username, password=DEMO_PASSWORD, role=role, organisation=organisation, unit_name=unit
            )
            for username, (role, unit) in DEMO_USERS.items()
        }
        self._follow(organisation)
        if not organisation.cycles.exists():
            parts = {name: users[name] for name in ("secretary", "head", "chair")}
            demo_cycle_open(organisation=organisation, today=timezone.localdate(), **parts)
        self.stdout.write(
            _("Demonstration: %(organisation)s, %(count)d employees.")
            % {"organisation": organisation.display_name, "count": organisation.employees.count()}
        )
        self.stdout.write(
            _("Log in as %(users)s; the password of all is %(password)s.")
            % {"users": ", ".join(DEMO_USERS), "password": DEMO_PASSWORD}
        )

    def _follow(self, organisation: Organisation) -> None:
        regime = Regime.objects.filter(code=DEMO_REGIME, organisation=None).order_by("-valid_from").first()
        if regime is None:
            raise CommandError(_("Load the rule-sets first: manage.py load_regimes."))
        if not organisation.regime_choices.exists():
            regime_choose(organisation=organisation, regime=regime, valid_from=regime.valid_from)
