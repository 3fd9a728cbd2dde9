from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_office, sign_in

from pegasus.archive import lists
from pegasus.kernel.models import AuditEntry
from pegasus.publishing.tests.builders import make_sop, make_task
from pegasus.reports import actions, document, queries
from pegasus.reports.domain.contents import Contents
from pegasus.reports.models import Report
from pegasus.reports.tests.builders import AFTER, Q4, make_report

pytestmark = pytest.mark.django_db


def test_a_report_is_begun_once() -> None:
    office = make_office()
    programme = make_sop(office).procedure.programme

    first = actions.draft(office=office, kind="quarter", period=Q4, programme=programme, at=NOW)
    again = actions.draft(office=office, kind="quarter", period=Q4, programme=programme, at=AFTER)

    assert (first.pk, first.state, again.created_at) == (again.pk, Report.State.DRAFT, NOW)
    assert AuditEntry.objects.filter(action="report.drafted").count() == 1


def test_an_open_period_cannot_become_final() -> None:
    office = make_office()
    programme = make_sop(office).procedure.programme
    report = actions.draft(office=office, kind="quarter", period=Q4, programme=programme, at=NOW)

    with pytest.raises(actions.PeriodStillOpen):
        actions.finalise(report=report, by="Sari", at=NOW)

    report.refresh_from_db()
    assert (report.state, report.final) == (Report.State.DRAFT, None)


def test_the_numbers_follow_from_the_rows() -> None:
    report = make_report(make_office(), turns=6)

    totals = queries.contents(report, AFTER).totals

    assert totals is not None
    assert (totals.planned, totals.cards, totals.group, totals.instagram) == (6, 6, 4, 4)
    assert (totals.complete, totals.missing) == (4, 2)


def test_final_freezes_the_words_keeps_the_file_and_closes_the_task() -> None:
    report = make_report(make_office())
    programme = report.programme
    assert programme is not None
    task = make_task(programme.procedure.versions.get(), 6, "period:2026Q4", AFTER.date(), period="2026Q4")

    record = actions.finalise(report=report, by="Sari", at=AFTER)

    task.refresh_from_db()
    assert (report.state, report.final, report.finalised_by) == (Report.State.FINAL, record, "Sari")
    assert set(report.narrative) >= {"background", "results", "closing"}
    assert (task.closed_at, task.evidence.get().record) == (AFTER, record)
    assert (record.kind, record.content_type) == ("quarter_report", "application/pdf")


def test_a_final_report_is_not_made_final_again_nor_rewritten() -> None:
    report = make_report(make_office())
    actions.finalise(report=report, by="Sari", at=AFTER)

    with pytest.raises(actions.AlreadyFinal):
        actions.finalise(report=report, by="Sari", at=AFTER)
    with pytest.raises(actions.AlreadyFinal):
        actions.write_section(report=report, key="closing", text="Lain", by="Sari", at=AFTER)


def test_words_written_while_it_is_typeset_are_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    report = make_report(make_office())
    typeset = document.typeset

    def slowly(contents: Contents, seal: document.Seal) -> bytes:
        data = typeset(contents, seal)
        actions.write_section(report=report, key="closing", text="Baru", by="Citra", at=AFTER + timedelta(seconds=1))
        return data

    monkeypatch.setattr(document, "typeset", slowly)  # somebody writes at the worst moment

    with pytest.raises(actions.ChangedMeanwhile):
        actions.finalise(report=report, by="Sari", at=AFTER)

    report.refresh_from_db()
    assert (report.state, report.narrative) == (Report.State.DRAFT, {"closing": "Baru"})


def test_what_another_office_noted_stays_there(client: Client) -> None:
    report, other = make_report(make_office()), make_report(make_office())
    assert other.programme is not None
    given = {"office": other.office, "programme": other.programme, "period": "2026Q4", "by": "Lain", "at": AFTER}
    obstacle = actions.note_obstacle(text="Rahasia kantor lain", solution="", **given)  # type: ignore[arg-type] # as above
    follow_up = actions.plan_follow_up(text="Utang kantor lain", owner="", due_on=None, **given)  # type: ignore[arg-type] # as above
    sign_in(client, report.office, "ca")
    picture = queries.contents(other, AFTER).cards[0].record

    answers = [
        client.post(reverse("reports:solve", args=[obstacle.pk]), {"text": "Diubah"}).status_code,
        client.post(reverse("reports:finish", args=[follow_up.pk]), {"note": "Diubah"}).status_code,
        client.get(reverse("reports:picture", args=[report.pk, picture])).status_code,
    ]

    obstacle.refresh_from_db()
    follow_up.refresh_from_db()
    assert answers == [404, 404, 404]
    assert (obstacle.text, follow_up.done_at) == ("Rahasia kantor lain", None)
    assert not queries.obstacles_of(report.office).exists()
    assert not queries.follow_ups_of(report.office).exists()
    assert list(queries.obstacles_of(other.office)) == [obstacle]
    assert list(queries.reports_of(report.office)) == [report]
    assert "kantor lain" not in client.get(reverse("reports:notes") + "?periode=2026Q4").content.decode()


def test_the_archive_names_the_quarter_that_a_report_is_about() -> None:
    report = make_report(make_office())
    card = report.office.records.filter(kind="screenshot").order_by("pk").first()

    record = actions.finalise(report=report, by="Sari", at=AFTER)
    request = actions.request_signature(report=report, road="own_certificate", signer=None, by="Sari", at=AFTER)

    assert card is not None
    kept = [next(lists.rows([one], zone="Asia/Jakarta"))[3] for one in (record, request.document, card)]
    assert kept == ["Oktober–Desember 2026", "Oktober–Desember 2026", "5 Oktober 2026"]
