import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import clock
from pegasus.people import queries as people
from pegasus.people.models import Office
from pegasus.roster import actions, planning, reasons
from pegasus.roster.domain.problem import Infeasible
from pegasus.roster.domain.solution import Solution
from pegasus.roster.domain.solve import solve

REFUSED = 2
LONGEST, LAST_YEAR = timedelta(days=2 * 366), 2100


class Command(BaseCommand):
    """Make a roster for a span of days."""

    help = "Make a roster; without --publish nothing is saved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the office, the days and the number of people."""
        parser.add_argument("--office", required=True, metavar="CODE")
        parser.add_argument("--from", dest="first", required=True, type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--to", dest="last", required=True, type=date.fromisoformat, metavar="DATE")
        parser.add_argument(
            "--per-week", type=int, metavar="N", help="people per week; the office's setting if left out"
        )
        parser.add_argument("--publish", action="store_true", help="save the roster and open its tasks")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, **given: Any) -> None:  # noqa: ANN401 - the options are typed by their parser
        """Solve, publish when asked, tell."""
        with translation.override("id"):
            self._run(given)

    def _run(self, given: dict[str, Any]) -> None:
        office = people.office_by_code(given["office"])
        if office is None:
            raise CommandError(
                _("Tidak ada kantor dengan kode %(code)s.") % {"code": given["office"]}, returncode=REFUSED
            )
        first, last = given["first"], given["last"]
        per_week = office.people_per_week if given["per_week"] is None else given["per_week"]
        if last < first:
            raise CommandError(_("Tanggal akhir mendahului tanggal awal."), returncode=REFUSED)
        if last - first > LONGEST or last.year > LAST_YEAR:
            text = _("Jadwal disusun paling lama untuk dua tahun sekaligus, dan tidak sesudah tahun 2100.")
            raise CommandError(text, returncode=REFUSED)
        if per_week < 1:
            raise CommandError(_("Jumlah petugas per minggu paling sedikit satu."), returncode=REFUSED)
        at = clock.now()
        try:
            plan = planning.plan_for(office=office, first=first, last=last, per_week=per_week, at=at)
            solution = solve(plan.problem, seats=plan.seats)
            if given["publish"]:
                draft = actions.draft_range(
                    office=office,
                    period=_period(first, last),
                    first=first,
                    last=last,
                    per_week=per_week,
                    by="roster",
                    at=at,
                )
                actions.publish_roster(roster=draft, by="roster", at=at)
        except Infeasible as problem:
            raise CommandError(reasons.infeasible(problem), returncode=REFUSED) from None
        if given["json"]:
            self.stdout.write(json.dumps(as_json(plan, solution, office), ensure_ascii=False, indent=2))
        else:
            self._tell(plan, solution)

    def _tell(self, plan: planning.Plan, solution: Solution) -> None:
        for place in solution.places:
            self.stdout.write(f"{place.posts_on}  {plan.employees[place.person].name}")
        for monday in solution.skipped:
            self.stdout.write(_("%(date)s  dilewati: tidak ada hari kerja") % {"date": monday})


def _period(first: date, last: date) -> Period:
    """Return the smallest period that holds the days; longer spans go by the semester in which they begin."""
    quarter = Period.of(first, "quarter")
    return quarter if last <= quarter.ends_on else Period.of(first, "semester")


def as_json(plan: planning.Plan, solution: Solution, office: Office) -> dict[str, Any]:
    """Return the roster in the form of the contract (DESIGN 5)."""
    names = dict(people.employees_of(office).values_list("pk", "name"))
    weeks: dict[date, dict[str, Any]] = {}
    for place in solution.places:
        week = weeks.setdefault(
            place.starts_on,
            {"starts_on": place.starts_on.isoformat(), "posts_on": place.posts_on.isoformat(), "people": []},
        )
        reason = " ".join(reasons.sentences(place.reason.as_data(), names))
        week["people"].append({"id": place.person, "name": plan.employees[place.person].name, "reason": reason})
    turns = plan.turns(solution)
    return {
        "weeks": list(weeks.values()),
        "turns": {"min": min(turns), "max": max(turns)},
        "shortest_rest_weeks": solution.shortest_rest,
        "optimal": solution.optimal,
        "levels": [
            {"name": level.name, "value": level.value, "bound": level.bound, "proven": level.proven}
            for level in solution.levels
        ],
        "preferences": [asdict(solution.preference)],
        "proven_for": plan.proven_for,
        "exempt": [
            {
                "id": one.employee_id,
                "name": one.employee.name,
                "reason": one.reason,
                "starts_on": one.starts_on.isoformat(),
                "ends_on": one.ends_on.isoformat() if one.ends_on else None,
            }
            for one in people.exemptions_during(office, *plan.span)
        ],
        "skipped": [
            {"starts_on": monday.isoformat(), "reason": _("Tidak ada hari kerja pada minggu ini.")}
            for monday in solution.skipped
        ],
    }
