"""The life of one ticket, from its scenario: acts placed in the provider's hours, some of them late."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from app.models.codes import EventKind, WaitReason
from app.models.upkeep_codes import CancelReason, Resolution
from app.rules.service_level import Targets
from app.rules.ticket_course import Event
from app.rules.worktime import add_business
from app.services.example.world import Card, Deal, Someone, data

UNPROMISED = Targets(240, None, 960)
"""What a provider without contract does by habit."""
LATE_TAKEN, LATE_RESTORED = 0.05, 0.11
CANCELLED, REOPENED = 0.025, 0.06
UNWRITTEN = 0.3
HANDED_OVER, AROUND, SEEN_LATE = 0.06, 0.07, 0.3
"""Shares of the tickets that are taken late, restored late, cancelled, reopened, leave no intervention sheet, are
handed over to another technician, restored by a workaround first, told some time after the thing stopped."""
OVER = {EventKind.RESOLVED, EventKind.FINAL, EventKind.UP}
LONG = 240
HURRIED = 0.05


@dataclass
class Story:
    """`visit` is when an intervention began and ended, None if there was none."""

    card: Card
    deal: Deal
    priority: str
    opened: datetime
    requester: Someone
    technician: str
    acts: list[dict[str, Any]] = field(default_factory=list)
    visit: tuple[datetime, datetime] | None = None

    def act(self, kind: EventKind, at: datetime, author: str, text: str | None = None, **more: Any) -> None:
        self.acts.append({"kind": kind, "at": at, "author": author, "text": text, **more})

    def tell(self, kind: EventKind, at: datetime, text: str | None = None, **more: Any) -> None:
        """An act of the provider."""
        self.act(kind, at, self.technician, text, **more)

    @property
    def is_failure(self) -> bool:
        return bool(self.card.get("failure"))

    def after(self, start: datetime, minutes: float) -> datetime:
        return add_business(self.deal.calendar, start, int(minutes))

    @property
    def targets(self) -> Targets:
        return self.deal.targets.get(self.priority, UNPROMISED)

    @property
    def events(self) -> Sequence[Event]:
        return [
            Event(
                act["kind"].value,
                act["at"],
                bool(act.get("stops_clock")),
                act["wait_reason"].value if act.get("wait_reason") else None,
                act.get("value"),
                act.get("author"),
            )
            for act in self.acts
        ]


def _share(rng: Random, late: float) -> float:
    """Part of the time promised that was used: rarely more than all of it."""
    return rng.uniform(1.05, 1.8) if rng.random() < late else rng.uniform(0.06, 0.85)


def run(rng: Random, story: Story, before: datetime, manager: str) -> None:
    """Tell the ticket to its end. Nothing happens from `before` on: a story too long is told again in a hurry."""
    for share in (None, HURRIED):
        begin(story)
        _work(rng, story, share)
        if story.acts[-1]["at"] < before:
            break
    if story.acts[-1]["kind"] in OVER:
        if rng.random() < REOPENED:
            _again(rng, story, before)
        story.act(EventKind.CLOSED, story.after(story.acts[-1]["at"], rng.randrange(300, 1500)), manager)
    cut(story, before)


def leave_open(rng: Random, story: Story, before: datetime) -> None:
    """Tell the ticket up to the state that its scenario gives."""
    begin(story)
    if story.card["state"] != "open":
        taken = story.after(story.opened, (story.targets.take or LONG) * 0.4)
        story.tell(EventKind.TAKEN, taken, rng.choice(data("scenarios")["notes"][story.card["place"]]))
        start = story.after(taken, 90)
        end = start + timedelta(minutes=rng.randint(*story.card["minutes"]))
        story.visit = (start, end)
        story.tell(EventKind.ON_SITE, start)
        story.tell(EventKind.NOTE, end, story.card["diagnosis"])
        if "wait" in story.card:
            _wait(story, WaitReason.of(story.card["wait"][0]), story.after(end, 10))
    if story.is_failure:
        story.act(EventKind.DOWN, story.opened, story.requester.name)
    cut(story, before)


def begin(story: Story) -> None:
    story.acts.clear()
    story.visit = None
    story.act(EventKind.OPENED, story.opened, story.requester.name, value=story.priority)


def cut(story: Story, before: datetime) -> None:
    """Put the acts in order, without those that have not happened yet."""
    story.acts = sorted((act for act in story.acts if act["at"] < before), key=lambda act: act["at"])
    if story.visit and story.visit[1] >= before:
        story.visit = None


def _work(rng: Random, story: Story, share: float | None) -> None:
    take = int((story.targets.take or LONG) * (share or _share(rng, LATE_TAKEN)))
    taken = story.after(story.opened, take)
    story.tell(EventKind.TAKEN, taken, rng.choice(data("scenarios")["notes"][story.card["place"]]))
    if rng.random() < CANCELLED:
        story.tell(EventKind.CANCELLED, story.after(taken, 10), "Ouvert deux fois.", value=CancelReason.MISTAKE.value)
        return
    if not story.card.get("quick") and rng.random() < HANDED_OVER:
        _hand_over(rng, story, story.after(taken, 20))
    repair = rng.randint(*story.card["minutes"])
    wanted = 0 if story.card.get("quick") else (story.targets.restore or 0) * (share or _share(rng, LATE_RESTORED))
    worked = max(int(wanted) - take, repair + 15)
    if "wait" in story.card and not share:
        resolved = _waited(rng, story, taken, worked // 3, max(worked * 2 // 3, repair + 5))
    else:
        resolved = story.after(taken, worked)
        story.tell(EventKind.CONTACT, story.after(taken, 5), "Point fait avec l’utilisateur.")
    _visited(rng, story, resolved, repair)
    _restored(rng, story, resolved)


def _hand_over(rng: Random, story: Story, at: datetime) -> None:
    others = [one for one in story.deal.technicians if one != story.technician]
    if others:
        to = rng.choice(others)
        story.tell(EventKind.TRANSFERRED, at, "Suivi par le spécialiste du sujet.", value=to)
        story.technician = to


def _restored(rng: Random, story: Story, resolved: datetime) -> None:
    """At once for good, or by a workaround first; a thing that was down works again then."""
    around = story.is_failure and rng.random() < AROUND
    if around:
        words = "Matériel de remplacement installé en attendant."
        story.tell(EventKind.RESOLVED, resolved, words, value=Resolution.WORKAROUND.value, stops_clock=True)
        resolved = story.after(resolved, rng.randrange(300, 1800))
        story.tell(EventKind.FINAL, resolved, story.card["work"])
    else:
        story.tell(EventKind.RESOLVED, resolved, story.card["work"], value=Resolution.FINAL.value)
    if story.is_failure:
        seen = timedelta(minutes=rng.randrange(5, 90) if rng.random() < SEEN_LATE else 0)
        story.act(EventKind.DOWN, story.opened - seen, story.requester.name)
        story.tell(EventKind.UP, resolved)


def _waited(rng: Random, story: Story, taken: datetime, first: int, then: int) -> datetime:
    """Work, wait, work again: the moment of the resolution."""
    reason, hours = WaitReason.of(story.card["wait"][0]), story.card["wait"][1]
    start = story.after(taken, first)
    end = story.after(start, hours * 60 * rng.uniform(0.7, 1.3))
    _wait(story, reason, start)
    story.tell(EventKind.WAIT_ENDED, end, wait_reason=reason)
    story.tell(EventKind.CONTACT, end, "Reprise annoncée à l’utilisateur.")
    return story.after(end, then)


def _wait(story: Story, reason: WaitReason, start: datetime) -> None:
    stops = story.deal.part_stops if reason == WaitReason.PART else True
    text = data("scenarios")["waits"][reason.value]
    story.tell(EventKind.WAIT_STARTED, start, text, wait_reason=reason, stops_clock=stops)


def _visited(rng: Random, story: Story, resolved: datetime, repair: int) -> None:
    """What was settled by a word on the telephone has no intervention."""
    if story.card.get("quick") or rng.random() < UNWRITTEN:
        return
    story.visit = (resolved - timedelta(minutes=repair), resolved)
    if story.card["place"] == "on_site":
        story.tell(EventKind.ON_SITE, story.visit[0])


def _again(rng: Random, story: Story, before: datetime) -> None:
    back = story.after(story.acts[-1]["at"], rng.randrange(200, 900))
    resolved = story.after(back, rng.randrange(30, 240))
    if resolved < before:
        story.act(EventKind.REOPENED, back, story.requester.name, "Le problème est revenu.")
        words = "Repris et contrôlé avec l’utilisateur."
        story.tell(EventKind.RESOLVED, resolved, words, value=Resolution.FINAL.value)
