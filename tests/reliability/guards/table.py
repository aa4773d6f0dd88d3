"""The guards: what keeps each promise, how a test takes it away, and in which situation that turns red."""

from tests.reliability.guards.rows.access import ACCESS
from tests.reliability.guards.rows.conditions import CONDITIONS
from tests.reliability.guards.rows.confirming import CONFIRMING
from tests.reliability.guards.rows.dropping import DROPPING
from tests.reliability.guards.rows.ending import ENDING
from tests.reliability.guards.rows.no_guards import NO_GUARDS
from tests.reliability.guards.rows.reconciling import RECONCILING
from tests.reliability.guards.rows.sending import SENDING
from tests.reliability.guards.rows.settling import SETTLING
from tests.reliability.guards.rows.telling import TELLING
from tests.reliability.guards.rows.transferring import TRANSFERRING
from tests.reliability.guards.rows.webhooks import WEBHOOKS

GUARDS = (
    *CONDITIONS,
    *SENDING,
    *DROPPING,
    *SETTLING,
    *CONFIRMING,
    *RECONCILING,
    *TRANSFERRING,
    *ENDING,
    *ACCESS,
    *TELLING,
    *WEBHOOKS,
)

__all__ = ["GUARDS", "NO_GUARDS"]
