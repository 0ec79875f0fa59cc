"""Where to go on a walk: every address that the table of access knows, in more of its states, and the whole admin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone, translation

from attestation import cycle_services as services
from attestation.calendar_feed import calendar_address_make
from attestation.models import CommissionMember, ExportRun
from attestation.quality_words import _REASONS
from employees.codes import ImportState, Role
from employees.import_report import report_of
from employees.importing import plan
from employees.invitations import invitation_add
from employees.models import ImportRun, Invitation, Organisation, User
from employees.workbook import read
from positions.codes import DraftKind
from positions.editing import services as editing
from tests import cycles, test_access
from tests.books import GOOD, Rows, book
from tests.factories import EmployeeFactory, GrantFactory, OrganisationFactory, UserFactory, full_record, position
from tests.paper_scenes import Told, told
from tests.test_import import _mistaken

Cast = Mapping[str, User | None]
Things = Mapping[str, Mapping[str, Any]]
#: Whoever walks where nobody else is told: she sees everything.
CHIEF = "admin"
#: The language in which most is looked at: what nobody asked to be translated is English in every language.
MOST = "kk"
#: Pages that say something else to each role.
_SEEN_BY_ALL = frozenset("home employees employee case cycle sitting reminders organisation_chart".split())
#: What stands in addresses of the admin beside the keys of rows.
_ARGUMENTS = {"app_label": "employees", "index": 0}


class Stop(NamedTuple):
    """An address on the way, and whose page it is; `language` is that of an answer which is no page."""

    who: str
    address: str
    language: str | None = None


# ----------------------------------------------------------------------------------------------------- the whole table


def of_table(things: Things, language: str) -> Iterator[Stop]:
    """Give every address of the table of access, as somebody who gets an answer; papers in the language of the walk."""
    for name, (what, expected) in test_access.GET.items():
        answers = dict(zip(test_access.ROLES, expected.split(), strict=True))
        who = next((role for role in (CHIEF, "hr", *test_access.ROLES) if answers[role] == "200"), CHIEF)
        if not name.endswith(" outside"):
            yield _in_language(who, name, dict(things[what]), language)
        if name in _SEEN_BY_ALL and language == MOST:
            others = [role for role, answer in answers.items() if answer == "200" and role not in (CHIEF, "sysadmin")]
            yield from (_in_language(role, name, dict(things[what]), language) for role in others)


def _in_language(who: str, name: str, kwargs: dict[str, Any], language: str) -> Stop:
    """Give an address; of a paper the sheet in the language of the walk, if there is one."""
    if "language" not in kwargs:
        return Stop(who, reverse(name, kwargs=kwargs))
    try:
        return Stop(who, reverse(name, kwargs=kwargs | {"language": language}), language)
    except NoReverseMatch:
        return Stop(who, reverse(name, kwargs=kwargs), kwargs["language"])


def not_named_alike(cast: Cast) -> None:
    """Give those who walk names that are no words of the product, which would be taken for theirs."""
    for number, user in enumerate(each for each in cast.values() if each is not None):
        User.objects.filter(pk=user.pk).update(username=f"Жанат{number}")
    Invitation.objects.filter(username="new").update(username="Шолпан")
    CommissionMember.objects.filter(name="Төраға").update(name="Бекжанов Е.")


# ------------------------------------------------------------------------------------------------------------ the admin


def of_admin() -> Iterator[Stop]:
    """Give every address of the admin: of each model and of one of its rows."""
    yield from (Stop(CHIEF, _admin_address(pattern, name)) for pattern, name in _admin_patterns() if name)


def texts_at_work(chief: User) -> None:
    """Let editors be at work on one text, and have corrected another."""
    for code in ("360/2.3", "360/2.5"):
        place = position(code)
        draft, _new = editing.draft_begin(
            position=place, kind=DraftKind.AMENDMENT, edition=place.editions.get(), user=chief, on=date(2031, 1, 1)
        )
        if code == "360/2.5":
            document = {**draft.data, "knowledge": draft.data["knowledge"][1:]}
            draft = editing.draft_save(draft=draft, version=draft.version, document=document, user=chief)
            editing.draft_publish(draft=draft, version=draft.version, user=chief, reason="№ 12 бұйрық")


def _admin_patterns() -> Iterator[tuple[str, str | None]]:
    top = next(each for each in get_resolver().url_patterns if getattr(each, "app_name", "") == "admin")
    assert isinstance(top, URLResolver)
    todo: list[tuple[str, URLPattern | URLResolver]] = [("", each) for each in top.url_patterns]
    for before, pattern in todo:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            todo += [(route, each) for each in pattern.url_patterns]
        else:
            yield route, pattern.name


def _admin_address(route: str, name: str) -> str:
    """Write the address for a row of its model; a parameter that nobody knows yet is a mistake of the walk."""
    resolver = get_resolver("config.urls")
    wanted = resolver.namespace_dict["admin"][1].reverse_dict.getlist(name)[0][0][0][1]
    kwargs = {each: _argument(route, each) for each in wanted if each != "content_type_id"}
    if "content_type_id" in wanted:
        kwargs["content_type_id"] = ContentType.objects.get_for_model(Organisation).pk
    return reverse(f"admin:{name}", kwargs=kwargs)


def _argument(route: str, name: str) -> Any:
    if name in _ARGUMENTS:
        return _ARGUMENTS[name]
    assert name in ("object_id", "id", "pk", "history_id"), f"the walk does not know what {name} of {route} is"
    row = _model_of(route)._default_manager.order_by("pk").first()
    return row.pk if row is not None else 1


def _model_of(route: str) -> type[Model]:
    """Find the model of `positions/draft/<pk>/` and of `positions/position/drafts/<pk>/`."""
    app, model, *more = route.split("/")
    if app == "r":
        return Organisation
    named = {f"{each.__name__.lower()}s": each for each in apps.get_app_config(app).get_models()}
    return named.get(more[0]) or apps.get_model(app, model)


def admin_names() -> set[str]:
    """Name every address of the admin."""
    return {f"admin:{name}" for _route, name in _admin_patterns() if name}


# ------------------------------------------------------------------------------------------------------- further states


def further(cast: Cast, language: str) -> Iterator[Stop]:
    """Give the addresses of the table once more, where they say something else."""
    chief = cast[CHIEF]
    assert chief is not None
    codes = (cycles.WITH_CATEGORY, cycles.GENERAL) if language == MOST else (cycles.WITH_CATEGORY,)
    for number, code in enumerate(codes):
        found = told(code, bin_number=f"30000000000{number}")
        GrantFactory(user=chief, organisation=found.here.organisation, role=Role.ADMIN)
        yield from _of_cycle(found)
    yield from _of_sitting(chief)
    yield from _of_imports(chief, language)
    yield from _of_people(chief, language)
    yield from _of_lists(chief)


def _stop(name: str, *args: Any, query: str = "", who: str = CHIEF) -> Stop:
    return Stop(who, reverse(name, args=args) + (f"?{query}" if query else ""))


def _of_cycle(found: Told) -> Iterator[Stop]:
    """Walk through a cycle whose minutes are signed: one decided, one to be repeated, one absent."""
    here, cycle = found.here, cycles.fresh(found.cycle)
    for name in ("", "_people", "_commission", "_sittings", "_order", "_results", "_papers"):
        yield _stop(f"cycle{name}", cycle.pk)
    yield _stop("sitting", found.sitting.pk)
    for case in found.cases:
        yield _stop("case", case.pk)
        yield _stop("employee", case.employee_id)
    yield _stop("employee_history", found.cases[0].employee_id)
    again, later = cycles.repeated_case(here, cycle, cycles.fresh(found.cases[1]), held_on=date(2026, 12, 20))
    yield _stop("case", again.pk)
    yield _stop("sitting", later.pk)
    yield _stop("organisation_chart", here.organisation.bin)
    yield _stop("attestation", query="state=closed")


def _of_sitting(chief: User) -> Iterator[Stop]:
    """Walk through a sitting that goes on: voting, deciding, closing."""
    here = cycles.scene(bin_number="300000000009", people=2)
    GrantFactory(user=chief, organisation=here.organisation, role=Role.ADMIN)
    cycle, sitting, case = cycles.at_sitting(here)
    member = cycles.members_of(cycle)[0]
    yield _stop("sitting", sitting.pk)
    yield _stop("case", case.pk)
    yield _stop("case_decide", case.pk)
    yield _stop("sheet", case.pk, member.pk)
    cycles.voted(here, case, cycles.members_of(cycle), **cycles.SECOND)
    yield _stop("case_decide", case.pk)
    yield _stop("case", cycles.cases_of(cycle)[1].pk)
    planned = cycles.proposed(cycles.scene(bin_number="300000000008"))
    GrantFactory(user=chief, organisation=planned.organisation, role=Role.ADMIN)
    for name in ("cycle", "cycle_order", "cycle_people", "cycle_sittings"):
        yield _stop(name, planned.pk)
    services.cycle_cancel(
        cycle=cycles.fresh(planned),
        version=cycles.fresh(planned).version,
        reason="Ұйым таратылды.",
        user=chief,
        on=cycles.OPENED,
    )
    yield _stop("cycle", planned.pk)


def _of_imports(chief: User, language: str) -> Iterator[Stop]:
    """Walk through imports: refused with every mistake, ready, applied, under way, failed."""
    changed: dict[str, Rows] = {**GOOD, "certificates": [["personnel_number", "kind", "issued_on"], _CERTIFICATE]}
    reports: list[tuple[str, dict[str, Any]]] = []
    with translation.override(language):
        for state, sheets in ((ImportState.REFUSED, _mistaken()), (ImportState.READY, changed)):
            reports.append((state, report_of(plan(read(book(sheets))))))
    ready = reports[1][1]
    reports += [(ImportState.APPLIED, ready), (ImportState.UNDONE, ready)]
    reports += [(state, {}) for state in (ImportState.WAITING, ImportState.READING, ImportState.FAILED)]
    for state, report in reports:
        run = ImportRun.objects.create(
            user=chief, file_name="staff.xlsx", content=b"", language=language, state=state, report=report
        )
        yield _stop("import_run", run.pk)
        if report:
            yield _stop("import_report", run.pk, "csv")
            yield _stop("import_report", run.pk, "xlsx")
    for state in ("waiting", "working", "failed"):
        export = ExportRun.objects.create(user=chief, query="", suffix="csv", language=language, state=state)
        yield _stop("export_run", export.pk)


_CERTIFICATE = ["0001", "swimming", "2024-01-01"]


def _of_people(chief: User, language: str) -> Iterator[Stop]:
    """Walk to people of every sort, to an invitation, to a calendar, and to where there is nothing yet."""
    organisation = OrganisationFactory(bin="300000000007")
    GrantFactory(user=chief, organisation=organisation, role=Role.ADMIN)
    whole = full_record(organisation=organisation, level="highest")
    gone = EmployeeFactory(organisation=organisation, employed_until=date(2026, 3, 1))
    bare = EmployeeFactory(organisation=organisation, level="average", hired_on=date(2026, 11, 2))
    head = EmployeeFactory(organisation=organisation, position=position("360/1.1"))
    swimmer = full_record(organisation=organisation, position=position("360/2.5"), level="average")
    for person in (whole, gone, bare, head, swimmer):
        yield _stop("employee", person.pk)
    for kind in ("education", "work_history", "categories", "certificates", "absences"):
        yield _stop("record_new", whole.pk, kind)
    yield _stop("person_edit", whole.pk, "post")
    yield _stop("employee_history", whole.pk)
    yield _stop("employee_verdict", whole.pk, query="on=2020-06-01")
    yield _stop("employee_what_if", swimmer.pk)
    token = "t" * 43
    invitation_add(actor=chief, token=token, username="Болат", role=Role.MANAGER, organisation=organisation)
    yield _stop("invitation", token, who="anonymous")
    yield _stop("people")
    nobody, empty = UserFactory(username="Ерлан"), UserFactory(username="Жібек")
    GrantFactory(user=empty, organisation=OrganisationFactory(bin="300000000006"), role=Role.HR)
    for user in (nobody, empty):
        for name in _WITHOUT_ANYBODY:
            yield _stop(name, who=user.username)
    yield _stop("organisation_chart", "300000000006", who=empty.username)
    yield _stop("figures_trend", who=empty.username)
    feed = calendar_address_make(user=chief, language=language, now=timezone.now())
    yield _stop("calendar_feed", feed)


_WITHOUT_ANYBODY = "home employees attestation imports quality reminders succession organisations regimes".split()


def _of_lists(chief: User) -> Iterator[Stop]:
    """Walk through lists, asked in every way."""
    yield _stop("employees", query="q=zzz")
    yield _stop("employees", query="columns=birth_date&sort=name&order=desc&q=ә")
    yield _stop("position", "31", "3.6")
    yield _stop("position", "360", "2.3", query="on=2019-05-01")
    yield _stop("position", "360", "1.1", query="left=kk&right=ru")
    yield _stop("home", query="on=2026-06-01")
    yield from (_stop("quality_group", code) for code in _REASONS)
    yield _stop("person", chief.pk)
