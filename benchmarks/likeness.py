"""How well repeats of words are recognised, beside other methods on the same labelled pairs, and what it costs."""

import importlib
import importlib.util
import json
import random
import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import partial
from itertools import combinations, product
from pathlib import Path
from time import perf_counter, process_time

from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pegasus.cards
from pegasus.cards import queries
from pegasus.cards.domain import likeness, meaning, roots, wording
from pegasus.cards.models import Card
from pegasus.people.models import Office
from pegasus.sop import actions as sop
from pegasus.sop.models import Activity
from pegasus.sop.queries import activity

SLICE = Path(pegasus.cards.__file__).parent
HISTORY = 2000
REPEATS, DIFFERENT, PARAPHRASE = ("sama", "mirip"), "beda", "parafrasa"
Method = Callable[[str, str], float]
Scores = list[tuple[str, float]]


def run() -> Iterator[tuple[str, str, str]]:
    """Yield precision and recall of each method at its own best threshold, then the time of a look at the history."""
    pairs = [
        line.replace("\\n", "\n").split("\t")
        for line in (SLICE / "tests/data/likeness.tsv").read_text(encoding="utf-8").splitlines()
    ]
    for name, method in _methods().items():
        scores = [(label, method(one, other)) for label, one, other in pairs]
        is_ours = name == "ours"
        # The threshold of the others comes from every second pair, the figures from the rest.
        best = likeness.THRESHOLD if is_ours else _best(scores[::2])
        for part, said in ((scores[1::2], "other half"), (scores, "all")):
            yield f"{name}, from {best:.2f} on, {said}", _figures(part, best), "" if is_ours else "(alternative)"
    yield from _paraphrases()
    yield from _time()


def _paraphrases() -> Iterator[tuple[str, str, str]]:
    """Yield what each method finds of paraphrases written after the rules; thresholds come from the training pairs."""
    training, held = _crossed("paraphrase-training"), _crossed("paraphrase-held-out")
    for name, method in _methods().items():
        scores = {kind: [method(one, other) for one, other in pairs] for kind, pairs in training.items()}
        least = likeness.THRESHOLD if name == "ours" else _careful(scores)
        found = {kind: sum(method(one, other) >= least for one, other in pairs) for kind, pairs in held.items()}
        said = f"{found['said']}/{len(held['said'])}, false {found['theme']} + {found['other']}"
        what = f"paraphrases found, {name} from {least:.2f} on"
        yield what, said, "precision >= 0.95" if name == "ours" else "(alternative)"
    counts = f"{len(held['theme']):,} + {len(held['other']):,}"
    yield "pairs of different thoughts among them: on one theme + on others", counts, ""


def _crossed(name: str) -> dict[str, list[tuple[str, str]]]:
    """Return the paraphrases, and all pairs of different thoughts, on one theme and on others."""
    path = SLICE / f"tests/data/{name}.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    found: dict[str, list[tuple[str, str]]] = {
        "said": [(one, other) for _theme, one, other in rows],
        "theme": [],
        "other": [],
    }
    for (theme, *mine), (another, *theirs) in combinations(rows, 2):
        found["theme" if theme == another else "other"] += product(mine, theirs)
    return found


def _careful(scores: dict[str, list[float]]) -> float:
    """Return the lowest threshold at which no more than one finding of twenty is false, of all pairs on one theme."""
    for least in sorted({*scores["said"]}):
        caught = sum(score >= least for score in scores["said"])
        if sum(score >= least for score in scores["theme"]) <= caught / 19:
            return least
    return 1.0


def _methods() -> dict[str, Method]:
    methods: dict[str, Method] = {
        "ours": partial(likeness.likeness, meanings=queries.meanings()),
        "difflib": lambda one, other: SequenceMatcher(None, wording.key(one), wording.key(other)).ratio(),
        "shared words": lambda one, other: _dice(set(wording.key(one).split()), set(wording.key(other).split())),
        "shared roots": lambda one, other: _dice(set(likeness.roots(one)), set(likeness.roots(other))),
        "shared letter groups": lambda one, other: _dice(_groups(one), _groups(other)),
    }
    if importlib.util.find_spec("rapidfuzz"):  # not a dependency: measured where somebody has put it in
        fuzz = importlib.import_module("rapidfuzz.fuzz")
        for name in ("token_set_ratio", "token_sort_ratio"):
            ratio = getattr(fuzz, name)
            methods[f"rapidfuzz {name}"] = lambda one, other, ratio=ratio: (  # type: ignore[misc]  # a default is no argument
                ratio(wording.key(one), wording.key(other)) / 100
            )
    return methods


def _groups(text: str) -> set[str]:
    framed = [f" {word} " for word in wording.key(text).split()]
    return {word[n : n + 3] for word in framed for n in range(len(word) - 2)}


def _dice(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _best(scores: Scores) -> float:
    return max((step / 100 for step in range(30, 100)), key=lambda least: (_balance(scores, least), least))


def _balance(scores: Scores, least: float) -> float:
    caught, alarms, missed = _counts(scores, least)
    return 2 * caught / (2 * caught + alarms + missed)


def _counts(scores: Scores, least: float) -> tuple[int, int, int]:
    caught = sum(score >= least for label, score in scores if label in REPEATS)
    alarms = sum(score >= least for label, score in scores if label == DIFFERENT)
    return caught, alarms, sum(label in REPEATS for label, _score in scores) - caught


def _figures(scores: Scores, least: float) -> str:
    caught, alarms, missed = _counts(scores, least)
    said = [score >= least for label, score in scores if label == PARAPHRASE]
    precision, recall = caught / (caught + alarms), caught / (caught + missed)
    return f"P {precision:.2f} R {recall:.2f} para {sum(said)}/{len(said)}"


def _time() -> Iterator[tuple[str, str, str]]:
    office = Office.objects.create(code="1798", name="BPS Uji")
    history = _history()
    _keep(office, history)
    asked = "Sedikit-sedikit lama-lama jadi bukit"
    times, spent = [], []
    for _round in range(5):
        for kept in (roots.root, likeness._read, meaning.thought):  # noqa: SLF001 - as a process that has just begun
            kept.cache_clear()
        reset_queries()
        with CaptureQueriesContext(connection) as done:
            began, worked = perf_counter(), process_time()
            found = queries.similar_used(office, asked, but=None)
            times.append(perf_counter() - began)
            spent.append(process_time() - worked)
    assert found
    began = perf_counter()
    queries.similar_used(office, asked, but=None)
    yield f"{HISTORY:,} cards looked through, again", f"{(perf_counter() - began) * 1000:.0f} ms", "< 50 ms"
    what = f"{HISTORY:,} cards looked through, cold"
    yield what, f"{min(times) * 1000:.0f} ms, {len(done)} q", "< 50 ms, 1 q"
    yield f"{what}, processor time", f"{min(spent) * 1000:.0f} ms", ""
    began = perf_counter()
    for words in history:
        SequenceMatcher(None, asked, words).ratio()
    yield "the same texts with difflib", f"{(perf_counter() - began) * 1000:.0f} ms", "(alternative)"


def _history() -> list[str]:
    """Return texts as long as real ones, each different, from the words of the bank."""
    bank = [entry["text"] for entry in json.loads((SLICE / "bank.json").read_text(encoding="utf-8"))]
    words = re.findall(r"\w+", " ".join(bank))
    chance = random.Random(330)  # noqa: S311 - the same texts each time
    made = [" ".join(chance.choices(words, k=chance.randint(6, 22))) for _n in range(HISTORY - len(bank))]
    return bank + made


def _keep(office: Office, history: list[str]) -> None:
    now = timezone.now()
    sop.install(office=office, code="pegasus", at=now)
    card_activity = activity(office, Activity.Rhythm.CARD)
    tasks = [
        sop.open_task(
            office=office,
            activity=card_activity,
            subject=f"bench:{number}",
            period="2026Q4",
            role="pegawai",
            owner=None,
            opens_at=now,
            due_at=now,
        )
        for number in range(len(history))
    ]
    Card.objects.bulk_create(
        Card(
            task=task,
            office=office,
            name="Sari",
            shown_on=now.date(),
            words=words,
            state=Card.State.SUBMITTED,
            updated_at=now,
        )
        for task, words in zip(tasks, history, strict=True)
    )
