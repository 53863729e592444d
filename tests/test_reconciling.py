"""The reconciliation: whatever was lost, doubled or late, the figures come out once and right."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection, transaction

from bulletins.models import Bulletin
from bulletins.services.life import check_bulletin
from publicity import tasks
from scoring.periods.month import Month
from scoring.periods.period import Period
from scoring.services.versions import create_default_scheme
from stats.facts.loading import load_facts
from stats.models import Tally, TallyRow
from stats.services.months import count_month
from submissions.models import StaleMonth
from submissions.services.months import mark_stale
from tests.conftest import LONG_AGO, filed, shanghai
from tests.servers import eventually
from tests.stats.world import AFTER, QUARTER, adopted, drafted, out, put_out


@pytest.fixture
def _scheme(city) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)


def snapshot():
    rows = TallyRow.objects.values_list("tally__month", "unit__name", "filed", "city", "points", "rank")
    return sorted(rows), Bulletin.objects.count()


@pytest.mark.usefixtures("_scheme")
def test_ringing_twice_is_the_same_as_once(cast, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-11")
    with time_machine.travel(AFTER, tick=False):
        tasks.reconcile()
        once, hashes = snapshot(), list(Bulletin.objects.values_list("sha256", "cutoff"))
        tasks.reconcile()
        assert snapshot() == once
        assert list(Bulletin.objects.values_list("sha256", "cutoff")) == hashes
    assert not StaleMonth.objects.exists()


@pytest.mark.usefixtures("_scheme")
def test_a_task_called_with_keywords_of_a_later_version_still_works(cast) -> None:
    filed(cast.author, shanghai("2026-02-10"))
    with time_machine.travel(AFTER, tick=False):
        tasks.reconcile(office=1, wholly_new="keyword")
    assert TallyRow.objects.filter(filed=1).exists()


@pytest.mark.usefixtures("_scheme")
def test_months_that_nobody_closed_are_closed_when_the_beat_is_back(cast, city) -> None:
    """Beat was down from December to April: every month between has its sheet, with its zeros."""
    filed(cast.author, shanghai("2025-11-10"))
    with time_machine.travel(AFTER, tick=False):
        tasks.reconcile()
    closed = Tally.objects.of_office(city.office).closed().order_by("month")
    assert [str(Month.of(tally.month)) for tally in closed] == [
        "2025-11", "2025-12", "2026-01", "2026-02", "2026-03",
    ]  # fmt: skip
    assert not Tally.objects.filter(month=Month.parse("2026-04").start, closed_at__isnull=False).exists()


@pytest.mark.usefixtures("_scheme")
def test_the_bulletin_of_a_quarter_is_drafted_after_it_has_ended_and_not_before(cast, city) -> None:
    filed(cast.author, shanghai("2026-02-10"))
    with time_machine.travel(shanghai("2026-03-31", "23:59"), tick=False):
        tasks.reconcile()
        assert not Bulletin.objects.over(QUARTER).exists()
    with time_machine.travel(shanghai("2026-04-01", "00:01"), tick=False):
        tasks.reconcile()
        assert Bulletin.objects.over(QUARTER).count() == 1


@pytest.mark.usefixtures("_scheme")
def test_a_draft_follows_the_facts_and_an_issued_bulletin_does_not(cast, city, outlets) -> None:
    with time_machine.travel(AFTER, tick=False):
        adopted(cast, outlets["city"], "2026-02-11")
        tasks.reconcile()
        before = Bulletin.objects.get().sha256
        adopted(cast, outlets["central"], "2026-03-11", title="又一件")
        tasks.reconcile()
        assert Bulletin.objects.get().sha256 != before
        frozen = put_out(cast)
        adopted(cast, outlets["province"], "2026-03-12", title="迟到的一件")
        tasks.reconcile()
    after = Bulletin.objects.get()
    assert (after.sha256, after.document) == (frozen.sha256, frozen.document)
    assert len(after.content.adoptions) == 2


@pytest.mark.usefixtures("_scheme")
def test_the_trouble_of_one_month_does_not_keep_the_others(cast, city, monkeypatch) -> None:
    filed(cast.author, shanghai("2026-01-10"))
    filed(cast.author, shanghai("2026-02-10"), title="二月")

    def fails_in_january(*, office, month, now):
        if month == Month.parse("2026-01"):
            raise RuntimeError("disk full")
        return count_month(office=office, month=month, now=now)

    monkeypatch.setattr("stats.debts.count_month", fails_in_january)
    with time_machine.travel(shanghai("2026-02-20"), tick=False):
        tasks.reconcile()
    assert [str(Month.of(debt.month)) for debt in StaleMonth.objects.all()] == ["2026-01"]
    assert TallyRow.objects.get(unit=city.county).filed == 1


def in_threads(*calls: Callable[[], object]) -> None:
    """Run the calls at once, each on a connection of its own; the first failure is raised."""
    start, failures = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        try:
            start.wait(timeout=10)
            call()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    if failures:
        raise failures[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_scheme")
def test_two_beats_at_once_draft_one_bulletin_a_period(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-11")
    with time_machine.travel(AFTER, tick=False):
        in_threads(tasks.reconcile, tasks.reconcile, tasks.reconcile)
    assert Bulletin.objects.over(QUARTER).count() == 1
    assert Tally.objects.filter(office=city.office, month=Month.parse("2026-02").start).count() == 1
    assert TallyRow.objects.get(unit=city.county, tally__month=Month.parse("2026-02").start).city == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_scheme")
def test_two_people_who_issue_two_bulletins_at_once_get_two_numbers(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-11")
    periods = [Period.parse("2026-01"), Period.parse("2026-02")]
    ready = []
    for period in periods:
        bulletin = drafted(city.office, period)
        ready.append(check_bulletin(bulletin=bulletin, by=cast.admin, sha256=bulletin.sha256, now=AFTER))

    def issue(bulletin):
        return lambda: out(bulletin, cast.principal_leader)

    in_threads(*map(issue, ready))
    assert set(Bulletin.objects.values_list("number", flat=True)) == {1, 2}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_scheme")
def test_a_fact_that_arrives_while_its_month_is_counted_is_counted_once_more(cast, city, monkeypatch) -> None:
    """The debt of a generation that the count did not see outlives the count."""
    filed(cast.author, shanghai("2026-02-10"))
    real = load_facts

    def load_while_somebody_files(office, span, **options):
        found = real(office, span, **options)
        in_threads(lambda: filed(cast.author, shanghai("2026-02-11"), title="正在统计时报送"))
        return found

    monkeypatch.setattr("stats.services.months.load_facts", load_while_somebody_files)
    with transaction.atomic():
        count_month(office=city.office, month=Month.parse("2026-02"), now=AFTER)
    monkeypatch.undo()
    row = TallyRow.objects.get(unit=city.county)
    assert row.filed == 1
    assert StaleMonth.objects.filter(month=Month.parse("2026-02").start).exists()
    count_month(office=city.office, month=Month.parse("2026-02"), now=AFTER)
    assert TallyRow.objects.get(unit=city.county).filed == 2
    assert not StaleMonth.objects.filter(month=Month.parse("2026-02").start).exists()


@pytest.mark.django_db(transaction=True)
def test_the_real_worker_counts_what_was_registered(celery_worker_process, cast, city, outlets) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-02-11")
    eventually(lambda: not StaleMonth.objects.exists())
    assert TallyRow.objects.get(unit=city.county, tally__month=Month.parse("2026-02").start).points == 10


def test_a_fact_and_its_debt_are_stored_together(cast, city) -> None:
    class Failure(Exception):
        pass

    def fail_after_marking() -> None:
        with transaction.atomic():
            mark_stale(office=city.office, days=[Month.parse("2026-02").start], now=AFTER)
            raise Failure

    with pytest.raises(Failure):
        fail_after_marking()
    assert not StaleMonth.objects.exists()
