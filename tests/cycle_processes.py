"""Several processes at once, and processes that die half-way, before one scratch database; run as a script of its own.

It prints what happened as JSON for the tests that start it (test_cycle_numbers, test_cycle_kills). Every process is a
fork with a connection of its own; the fork itself changes nothing.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

from django.db import connection, transaction  # noqa: E402 - the settings come first

from attestation import cycle_services as services  # noqa: E402
from attestation import models  # noqa: E402
from attestation.cycle_services import AlreadyDecidedError, StaleCycleError  # noqa: E402
from employees.models import CategoryAward, Employee, Organisation, User  # noqa: E402
from tests import cycles  # noqa: E402
from tests.factories import OrganisationFactory, UserFactory  # noqa: E402

_FORK = multiprocessing.get_context("fork")
_DEAD = 77
#: Everything that closing and approving may write.
_TABLES: Sequence[Any] = (
    models.Cycle,
    models.Sitting,
    models.Case,
    models.AttestationRecord,
    models.Paper,
    models.PaperCounter,
    CategoryAward,
    models.StoredVerdict,
    models.Cycle.history.model,
    models.Sitting.history.model,
    models.Case.history.model,
    models.AttestationRecord.history.model,
    CategoryAward.history.model,
)


# ------------------------------------------------------------------------------------------------------------ processes


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of these at the same moment, each in a process of its own; give what each gave, or its error's name."""
    connection.close()
    barrier = _FORK.Barrier(len(works))
    queue = _FORK.SimpleQueue()
    processes = [_FORK.Process(target=_work, args=(barrier, queue, number, work)) for number, work in enumerate(works)]
    for process in processes:
        process.start()
    found = dict(queue.get() for _process in processes)
    for process in processes:
        process.join()
    return [found[number] for number in range(len(works))]


def _work(barrier: Any, queue: Any, number: int, work: Callable[[], Any]) -> None:
    connection.ensure_connection()
    barrier.wait()
    try:
        queue.put((number, work()))
    except Exception as error:
        queue.put((number, type(error).__name__))
    finally:
        connection.close()


def dies(number: int | None, work: Callable[[], object]) -> int:
    """Do work in a process that dies right after its n-th query, or right before its commit where no n is told.

    Give how many queries it had made when it died; none if it lived on to its end.
    """
    connection.close()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        asked = 0

        def die() -> None:
            os.write(writer, str(asked).encode())
            os._exit(_DEAD)

        def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal asked
            answer = execute(sql, params, many, context)
            asked += 1
            if asked == number:
                die()
            return answer

        connection.ensure_connection()
        if number is None:
            connection.commit = die
        with connection.execute_wrapper(count):
            work()
        os._exit(0)
    os.close(writer)
    died = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == _DEAD
    told = os.read(reader, 20).decode()
    os.close(reader)
    return int(told) if died else 0


def everything() -> str:
    """Give all that is stored, to be compared."""
    return json.dumps([list(model.objects.order_by("pk").values()) for model in _TABLES], default=str)


def dying(work: Callable[[], object], *, points: int) -> dict[str, Any]:
    """Kill work before its commit and at so many points before that, each time looking for traces; then do it."""
    before = everything()
    total = dies(None, work)
    traces = ["commit"] if everything() != before else []
    chosen = sorted({1 + (total - 1) * step // (points - 1) for step in range(points)})
    died = []
    for number in chosen:
        died.append(dies(number, work))
        traces += [str(number)] if everything() != before else []
    work()
    return {"chosen": chosen, "died": died, "traces": traces, "changed": everything() != before}


# --------------------------------------------------------------------------------------------------------------- scenes


def _bin() -> str:
    return f"{300_000_000_000 + Organisation.objects.count()}"


def _at_sitting(code: str, *, people: int) -> tuple[cycles.Scene, models.Cycle, models.Sitting]:
    """Bring so many people before a sitting that goes on, with all votes given."""
    here = cycles.scene(code, people=people, bin_number=_bin())
    members = 6 if code == cycles.WITH_CATEGORY else 2
    cycle, sitting = cycles.approved(here, members=members)
    for case in cycles.cases_of(cycle):
        cycles.prepared(here, case)
    sitting = cycles.begun(here, sitting)
    for case in cycles.cases_of(cycle):
        cycles.voted(here, case, cycles.members_of(cycle), **cycles.SECOND)
    return here, cycle, sitting


def _held(code: str, *, people: int) -> tuple[cycles.Scene, models.Cycle, models.Sitting]:
    """Bring so many people to their decisions, the sitting over."""
    here, cycle, sitting = _at_sitting(code, people=people)
    for case in cycles.cases_of(cycle):
        cycles.decided(here, case)
    sitting = services.sitting_close(
        sitting=sitting, version=cycles.fresh(sitting).version, user=here.hr, on=cycles.HELD
    )
    return here, cycle, sitting


# ------------------------------------------------------------------------------------------------------------ scenarios


def deciding() -> dict[str, Any]:
    """Two secretaries decide the same case at the same moment, case after case."""
    here, cycle, _sitting = _at_sitting(cycles.WITH_CATEGORY, people=4)

    def decide(case: models.Case) -> str:
        try:
            cycles.decided(here, case)
        except AlreadyDecidedError as error:
            return f"already on {error.on.isoformat()}"
        return "decided"

    answers = [sorted(at_once([lambda case=case: decide(case)] * 2)) for case in cycles.cases_of(cycle)]
    states = [case.state for case in cycles.cases_of(cycle)]
    rows = models.Case.history.filter(cycle=cycle.pk, history_change_reason="decide").count()
    return {"answers": answers, "states": states, "rows": rows}


def approving() -> dict[str, Any]:
    """Two heads approve the same decision at the same moment."""
    here, cycle, sitting = _held(cycles.WITH_CATEGORY, people=1)
    services.minutes_sign(sitting=sitting, version=sitting.version, user=here.hr, on=cycles.SIGNED)
    [case] = cycles.cases_of(cycle)

    def approve() -> str:
        try:
            services.case_approve(case=case, version=case.version, user=here.head, on=cycles.APPROVED)
        except StaleCycleError:
            return "stale"
        return "approved"

    answers = sorted(at_once([approve] * 3))
    return {"answers": answers, "awards": CategoryAward.objects.filter(employee=case.employee).count()}


def sheets() -> dict[str, Any]:
    """A member hands in her first sheet in two windows at the same moment."""
    here, cycle, _sitting = _at_sitting(cycles.WITH_CATEGORY, people=1)
    [case] = cycles.cases_of(cycle)
    models.EvaluationSheet.objects.filter(case=case).delete()
    member = cycles.members_of(cycle)[0]

    def submit() -> str:
        try:
            cycles.vote(here, case, member, **cycles.SECOND)
        except StaleCycleError:
            return "stale"
        return "submitted"

    return {
        "answers": sorted(at_once([submit] * 3)),
        "sheets": models.EvaluationSheet.objects.filter(case=case).count(),
    }


def numbers() -> dict[str, Any]:
    """Eight processes register papers at the same moment; some of them give up half-way."""
    organisation = OrganisationFactory(bin=_bin())
    user = UserFactory()
    mark = organisation.pk

    def register(process: int) -> list[int]:
        found = []
        for each in range(6):
            try:
                with transaction.atomic():
                    paper = _paper(organisation, user, f"{mark}:{process}:{each}")
                    if each % 3 == 1:
                        raise _GivenUpError
                found.append(paper.number)
            except _GivenUpError:
                continue
        return found

    given = at_once([lambda process=process: register(process) for process in range(8)])
    same = at_once([lambda: _paper(organisation, user, f"{mark}:same").number] * 8)
    counter = models.PaperCounter.objects.get(organisation=organisation)
    return {
        "given": given,
        "same": same,
        "last": counter.last,
        "rows": models.Paper.objects.filter(organisation=organisation).count(),
    }


class _GivenUpError(Exception):
    pass


def _paper(organisation: Organisation, user: User, subject: str) -> models.Paper:
    return services.paper_register(
        organisation=organisation, kind="notice", subject=subject, on=date(2026, 4, 1), user=user
    )


def dying_at_the_minutes() -> dict[str, Any]:
    """Sign minutes that put decisions on record, and die at it."""
    here, cycle, sitting = _held(cycles.GENERAL, people=2)

    def sign() -> None:
        services.minutes_sign(sitting=sitting, version=sitting.version, user=here.hr, on=cycles.SIGNED)

    return dying(sign, points=20) | _outcome(cycle)


def dying_at_the_approval() -> dict[str, Any]:
    """Approve decisions, and die at it."""
    here, cycle, sitting = _held(cycles.WITH_CATEGORY, people=2)
    services.minutes_sign(sitting=sitting, version=sitting.version, user=here.hr, on=cycles.SIGNED)
    seen = {case.pk: case.version for case in cycles.cases_of(cycle)}

    def approve() -> None:
        services.cases_approve(cycle=cycle, cases=seen, user=here.head, on=cycles.APPROVED)

    return dying(approve, points=20) | _outcome(cycle)


def dying_at_the_end() -> dict[str, Any]:
    """Close a cycle, and die at it."""
    here, cycle, sitting = _held(cycles.GENERAL, people=2)
    services.minutes_sign(sitting=sitting, version=sitting.version, user=here.hr, on=cycles.SIGNED)
    for case in cycles.cases_of(cycle):
        services.result_acquaint(case=case, version=case.version, user=here.hr, on=cycles.TOLD)
    seen = cycles.fresh(cycle)

    def close() -> None:
        services.cycle_close(
            cycle=seen, version=seen.version, results_order_on=cycles.CLOSED, user=here.hr, on=cycles.CLOSED
        )

    return dying(close, points=20) | _outcome(cycle)


def _outcome(cycle: models.Cycle) -> dict[str, Any]:
    people = Employee.objects.filter(cases__cycle=cycle)
    papers = models.Paper.objects.filter(cycle=cycle).order_by("kind", "number").values_list("kind", "number")
    counters = models.PaperCounter.objects.filter(organisation=cycle.organisation).order_by("kind")
    return {
        "state": cycles.fresh(cycle).state,
        "awards": CategoryAward.objects.filter(employee__in=people).count(),
        "records": models.AttestationRecord.objects.filter(employee__in=people).count(),
        "papers": list(papers),
        "counters": list(counters.values_list("kind", "last")),
    }


_SCENARIOS = (
    *(deciding, approving, sheets, numbers),
    *(dying_at_the_minutes, dying_at_the_approval, dying_at_the_end),
)

if __name__ == "__main__":
    wanted = {scenario.__name__: scenario for scenario in _SCENARIOS}
    sys.stdout.write(json.dumps({name: wanted[name]() for name in sys.argv[1:]}))
