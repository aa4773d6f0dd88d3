"""The pairs of actors of which every schedule is played, each from the situations in which they can meet."""

from reelhook.domain.time import MINUTE
from tests.reliability.interleaving.casts import (
    callback_and_dispatcher,
    callback_and_reconciler,
    callback_and_requeue,
    callback_and_worker,
    callbacks,
    clients,
    dispatcher_and_reconciler,
    dispatchers,
    lagging_callback_and_reconciler,
    lagging_callback_past_the_end_and_reconciler,
    late_callback_and_reconciler,
    reconcilers,
    requeue_twice_and_dispatcher,
    unanswered_callback_and_reconciler,
    worker_and_reconciler,
    workers,
)
from tests.reliability.interleaving.endings import ENDINGS
from tests.reliability.interleaving.operators import (
    adopt_and_callback,
    adopt_and_reconciler,
    adopt_expired_and_callback,
    lapsed_worker_and_reconciler,
    lapsed_workers,
    recheck_and_callback,
    recheck_and_reconciler,
    recheck_given_up_and_callback,
    recheck_given_up_and_worker,
    two_rechecks,
)
from tests.reliability.interleaving.provider import Post
from tests.reliability.interleaving.scenario import Scenario
from tests.reliability.interleaving.settlements import SETTLEMENTS
from tests.reliability.interleaving.situations import A_DAY, FOUR_HOURS

SOON, LOST = 21 * MINUTE, Post.LOST
PAIRS = {
    scenario.name: scenario
    for scenario in (
        Scenario("callback + callback", callbacks()),
        Scenario("callback + callback, failed", callbacks(failing=True)),
        Scenario("callback + callback, submit unclear", callbacks(LOST)),
        Scenario("callback + reconciler", callback_and_reconciler(later=SOON, works=True)),
        Scenario("callback + reconciler, failed", callback_and_reconciler(later=SOON, failing=True)),
        Scenario("callback + reconciler, expiring", callback_and_reconciler(LOST, later=FOUR_HOURS)),
        Scenario("callback + reconciler, past the end", callback_and_reconciler(later=A_DAY)),
        Scenario("callback + reconciler, expired", late_callback_and_reconciler),
        Scenario("callback + reconciler, expired, status lags", lagging_callback_and_reconciler),
        Scenario(
            "callback + reconciler, expired past the end, status lags",
            lagging_callback_past_the_end_and_reconciler,
        ),
        Scenario("callback + reconciler, expiring, status down", unanswered_callback_and_reconciler),
        Scenario("forger + reconciler", callback_and_reconciler(LOST, later=FOUR_HOURS, forger=True)),
        Scenario("callback + callback, two results", callbacks(results=2)),
        Scenario("callback + TransferVideo", callback_and_worker()),
        Scenario("callback + TransferVideo, two results", callback_and_worker(2)),
        Scenario("TransferVideo + TransferVideo", workers()),
        Scenario("TransferVideo + TransferVideo, two results", workers(2)),
        Scenario("TransferVideo + reconciler", worker_and_reconciler),
        Scenario("callback + dispatch, 429 that lied", callback_and_dispatcher(forger=False)),
        Scenario("forger + dispatch", callback_and_dispatcher(forger=True)),
        Scenario("callback + T13", callback_and_requeue(Post.BUSY_BUT_ACCEPTED)),
        Scenario("callback + T2", callback_and_requeue(Post.REFUSED_BUT_ACCEPTED)),
        Scenario("dispatch + dispatch", dispatchers(1)),
        Scenario("dispatch + dispatch, two videos", dispatchers(2)),
        Scenario("dispatch + dispatch, one that outlived its lease", dispatchers(1, leased=False)),
        Scenario("dispatch + reconciler, too old", dispatcher_and_reconciler),
        Scenario("submit + submit", clients()),
        Scenario("submit + submit, 429", clients(Post.BUSY)),
        Scenario("submit + callback", callback_and_requeue(Post.ACCEPTED)),
        Scenario("submit + callback, answer lost", callback_and_requeue(LOST)),
        Scenario("T13 + dispatch + hidden retry", requeue_twice_and_dispatcher),
        Scenario("reconciler + reconciler", reconcilers(later=SOON, works=True)),
        Scenario("reconciler + reconciler, unknown", reconcilers(LOST, later=FOUR_HOURS)),
        Scenario("reconciler + reconciler, past the end", reconcilers(later=A_DAY)),
        Scenario("recheck + callback", recheck_and_callback()),
        Scenario("recheck + callback, failed", recheck_and_callback(failing=True)),
        Scenario("recheck + callback, candidate", recheck_and_callback(LOST)),
        Scenario("recheck + callback, given up", recheck_given_up_and_callback),
        Scenario("recheck + reconciler", recheck_and_reconciler(SOON)),
        Scenario("recheck + reconciler, past the end", recheck_and_reconciler(A_DAY)),
        Scenario("recheck + recheck, given up", two_rechecks),
        Scenario("recheck + TransferVideo, given up", recheck_given_up_and_worker),
        Scenario("adopt + callback", adopt_and_callback(SOON)),
        Scenario("adopt + callback, expired", adopt_expired_and_callback),
        Scenario("adopt + reconciler, expiring", adopt_and_reconciler),
        Scenario("TransferVideo + TransferVideo, lease lapsed", lapsed_workers()),
        Scenario("TransferVideo + TransferVideo, two results, lease lapsed", lapsed_workers(2)),
        Scenario("TransferVideo + reconciler, lease lapsed", lapsed_worker_and_reconciler),
    )
}
PAIRS |= ENDINGS | {scenario.name: scenario for scenario in SETTLEMENTS}
