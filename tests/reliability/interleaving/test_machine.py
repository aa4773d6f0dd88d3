"""Strange orders, as Hypothesis likes them: the real functions called, killed, cut off and called again at any moment.

`SEED=... LONG=1 .venv/bin/pytest tests/reliability/interleaving/test_machine.py` draws other ones; what fails prints its
seed, and the steps that lead there.
"""

import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, note, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reelhook.domain.time import HOUR, MINUTE, SECOND
from tests.reliability.fault_port import Outage
from tests.reliability.faults import Mode
from tests.reliability.interleaving.plan import Plan
from tests.reliability.interleaving.standing import wrong_in
from tests.reliability.lambdas import handlers_find, ring_of
from tests.reliability.manners import Task
from tests.reliability.owner import cancel, delete
from tests.reliability.world import World

SEED = int(os.environ.get("SEED", "20261121"))
EXAMPLES, STEPS = (1_500, 40) if "LONG" in os.environ else (200, 30) if "PROVE" in os.environ else (12, 20)
SUBMITS = [
    "202",
    "429",
    "429 in 5 min",
    "connect",
    "400",
    "account",
    "never arrived",
    "500, accepted",
    "no task id",
]
OPENS = ["ok", "404", "html", "reset"]
NUMBERS = st.integers(0, 4)
FAULTS = st.none() | st.tuples(st.integers(0, 11), st.sampled_from(Mode))


@seed(SEED)
class Life(RuleBasedStateMachine):
    """A stack, its clients, its provider, its operator, and somebody with a leaked URL. Whoever acts may fail at it."""

    made = 0  # examples so far

    def __init__(self) -> None:
        super().__init__()
        Life.made += 1
        note(f"again: SEED={SEED}, {EXAMPLES} examples")
        self.plan = Plan()
        self.world = World(self.plan)
        self.world.provider.manners.callbacks = ()  # deliveries are steps of their own
        self.world.watch.permanent = "transfer_failed"  # three bad links in a row end it for good
        self.rotations = 0
        self._stack = ExitStack()
        self._stack.enter_context(handlers_find(self.world.wiring))
        logging.disable(logging.CRITICAL)

    @initialize(key=NUMBERS)
    def a_first_client_asks(self, key: int) -> None:
        self.world.submit(f"key-{key}")
        self.world.pass_time(self.world.clock())

    @rule(key=NUMBERS, submits=st.lists(st.sampled_from(SUBMITS), max_size=2), fault=FAULTS)
    def a_client_asks(self, key: int, submits: list[str], fault: tuple[int, Mode] | None) -> None:
        self.plan.next, self.world.provider.manners.submits = fault, submits
        self.world.submit(f"key-{key}")
        self.world.pass_time(self.world.clock())

    @precondition(lambda self: bool(self.world.provider.tasks))
    @rule(number=NUMBERS, times=st.integers(1, 2), fault=FAULTS)
    def the_provider_calls(self, number: int, times: int, fault: tuple[int, Mode] | None) -> None:
        task = self._task(number)
        if task.done_at > self.world.clock():
            return
        self.plan.next = fault
        for _ in range(times):
            self.world.provider.call_back(task)

    @precondition(lambda self: bool(self.world.provider.urls))
    @rule(number=NUMBERS, claimed=st.sampled_from(["task-of-nobody", "own"]), fault=FAULTS)
    def a_forger_calls(self, number: int, claimed: str, fault: tuple[int, Mode] | None) -> None:
        self.plan.next = fault
        video_id, url = sorted(self.world.provider.urls.items())[number % len(self.world.provider.urls)]
        own = [task.id for task in self.world.provider.tasks.values() if task.video_id == video_id]
        task_id = own[-1] if claimed == "own" and own else "task-of-nobody"
        self.world.provider.deliveries[video_id] += 1
        self.world.deliver(url, json.dumps({"taskId": task_id, "state": "failed"}))

    @precondition(lambda self: bool(self.world.provider.urls))
    @rule(number=NUMBERS)
    def a_stranger_calls(self, number: int) -> None:
        urls, written = sorted(self.world.provider.urls.values()), len(self.world.watch.videos.applied)
        assert self.world.deliver(urls[number % len(urls)][:-1] + "!", "{}") == 404
        assert len(self.world.watch.videos.applied) == written

    @rule(fault=FAULTS)
    def the_reconciler_ticks(self, fault: tuple[int, Mode] | None) -> None:
        self.plan.next = fault
        self.world.reconcile()

    @rule(submits=st.lists(st.sampled_from(SUBMITS), max_size=2), fault=FAULTS)
    def the_dispatcher_ticks(self, submits: list[str], fault: tuple[int, Mode] | None) -> None:
        self.plan.next, self.world.provider.manners.submits = fault, submits
        self.world.dispatch()

    @precondition(lambda self: bool(self.world.watch.videos.items))
    @rule(number=NUMBERS, fault=FAULTS)
    def a_message_comes(self, number: int, fault: tuple[int, Mode] | None) -> None:
        self.plan.next = fault
        ids = [key.id for key in self.world.watch.videos.items]
        self.world.receive(ids[number % len(ids)])

    @rule(minutes=st.sampled_from([0, 1, 3, 21, 61, 241]), fault=FAULTS)
    def time_passes(self, minutes: int, fault: tuple[int, Mode] | None) -> None:
        self.plan.next = fault
        self.world.pass_time(self.world.clock() + minutes * MINUTE)

    @precondition(lambda self: bool(self.world.watch.videos.items))
    @rule(adopts=st.booleans(), fault=FAULTS)
    def the_operator_looks(self, adopts: bool, fault: tuple[int, Mode] | None) -> None:
        self.plan.next = fault
        first = next(iter(self.world.watch.videos.items)).id
        own = [t.id for t in self.world.provider.tasks.values() if t.video_id == first]
        if adopts and own:
            self.world.adopt(0, own[-1])
        else:
            self.world.recheck(0)
        self.world.pass_time(self.world.clock())

    @precondition(lambda self: bool(self.world.watch.videos.items))
    @rule(ends=st.sampled_from([cancel, delete]), fault=FAULTS)
    def the_owner_ends(self, ends: Callable[[World, int], None], fault: tuple[int, Mode] | None) -> None:
        self.plan.next = fault
        ends(self.world, 0)
        self.world.pass_time(self.world.clock())

    @rule(opens=st.lists(st.sampled_from(OPENS), max_size=3), takes=st.sampled_from([1, 5, 60]))
    def the_hosts_change(self, opens: list[str], takes: int) -> None:
        self.world.hosts.manners.opens, self.world.hosts.manners.takes = opens, takes * SECOND

    @rule(hours=st.integers(1, 3))
    def the_status_is_down(self, hours: int) -> None:
        now = self.world.clock()
        self.world.provider.manners.down.append((now, now + hours * HOUR))

    @rule(calls=st.sampled_from(["videos", "gates", "queue", "media", "secrets"]), every=st.integers(1, 3))
    def a_neighbour_is_down(self, calls: str, every: int) -> None:
        now = self.world.clock()
        self.world.port.outages.append(Outage(calls, now, now + 20 * MINUTE, Mode.ERROR, every))

    @rule(hours=st.integers(0, 5))
    def tasks_take_long(self, hours: int) -> None:
        self.world.provider.manners.takes = hours * HOUR + 3 * MINUTE

    @rule()
    def the_callback_key_rotates(self) -> None:
        self.rotations += 1
        self.world.secrets["callback-keys"] = ring_of(self.rotations)

    @invariant()
    def the_promises_hold(self) -> None:
        assert self.world.watch.violations == []
        assert wrong_in(self.world) == []

    def teardown(self) -> None:
        """Nobody acts any more: what is done must come to rest by ticks alone."""
        self.plan.next = None
        with self._stack:
            self.world.run()
        logging.disable(logging.NOTSET)
        assert self.world.watch.violations == []
        assert wrong_in(self.world) == []

    def _task(self, number: int) -> Task:
        tasks = [*self.world.provider.tasks.values()]
        return tasks[number % len(tasks)]


@pytest.fixture(autouse=True)
def _examples(record_property: Callable[[str, object], None]) -> Iterator[None]:
    before = Life.made
    yield
    record_property("schedules", Life.made - before)


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
