"""Joins use cases and neighbours: the only module that knows both sides. Nothing is built before its first use."""

import os
import secrets
import time
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelhook.adapters.changes import read_changes
from reelhook.api.events import event_object
from reelhook.api.webhook_objects import message
from reelhook.domain.catalog import Catalog
from reelhook.domain.owners import Owner, OwnerLimits
from reelhook.domain.ports.environment import Clock, Randomness
from reelhook.domain.ports.events import StreamRecord
from reelhook.domain.ports.journal import Journal
from reelhook.domain.time import HOUR, Instant
from reelhook.domain.video_ids import random_video_id
from reelhook.neighbours import Neighbours
from reelhook.observability import PowertoolsJournal
from reelhook.settings import Settings
from reelhook.use_cases.authorization import Authorization
from reelhook.use_cases.callbacks import Callbacks
from reelhook.use_cases.confirmation import Confirmation
from reelhook.use_cases.copying import CopyTools
from reelhook.use_cases.delivering import Delivering, DueWebhooks, WebhookFollower
from reelhook.use_cases.delivery_log import DeliveryLog
from reelhook.use_cases.dispatch import Dispatch
from reelhook.use_cases.drop_requests import DropRequests
from reelhook.use_cases.drops import Drops
from reelhook.use_cases.ending import Ending
from reelhook.use_cases.examination import Examination
from reelhook.use_cases.lists import Lists
from reelhook.use_cases.outcomes import FinalOutcomes
from reelhook.use_cases.owners import Owners
from reelhook.use_cases.publication import Announcing, Follower, Publication, Settling
from reelhook.use_cases.reading import Reading
from reelhook.use_cases.reconciliation import Reconciliation
from reelhook.use_cases.recording import Recording
from reelhook.use_cases.referencing import References
from reelhook.use_cases.removal import Removal
from reelhook.use_cases.sending import Sender, SendingRules
from reelhook.use_cases.settlement import Settlement
from reelhook.use_cases.submission import Submission
from reelhook.use_cases.transfer import InlineTransfer, Transfers, queue_deadline
from reelhook.use_cases.uploading import Uploading
from reelhook.use_cases.usage import UsageReading
from reelhook.use_cases.webhook_endpoints import WebhookEndpoints


def clock() -> Instant:
    """Now."""
    return time.time_ns() // 1_000_000


class Wiring:
    """Everything a function may need, each thing made once."""

    def __init__(
        self,
        environment: Mapping[str, str],
        clock: Clock = clock,
        randomness: Randomness = secrets.token_bytes,
    ) -> None:
        self.settings = Settings(environment)
        self.journal: Journal = PowertoolsJournal()
        self.neighbours = Neighbours(self.settings, clock)
        self._clock, self._randomness = clock, randomness

    def function_end(self, context: LambdaContext) -> Instant:
        """When Lambda ends this invocation."""
        return self._clock() + context.get_remaining_time_in_millis()

    def transfer_end(self, context: LambdaContext) -> Instant:
        """When an attempt of TransferVideo has to end."""
        return queue_deadline(self.function_end(context), self.settings.transfer_seconds)

    @staticmethod
    def changes(event: Mapping[str, Any]) -> Iterator[StreamRecord]:
        """What the table's stream brings."""
        return read_changes(event)

    @property
    def catalog(self) -> Catalog:
        """The models this stack speaks to."""
        return self.neighbours.catalog

    def now(self) -> Instant:
        """What time it is."""
        return self._clock()

    def random_video_id(self) -> str:
        """An id that no video has."""
        return random_video_id(self._randomness(17))

    @property
    def webhook_origins(self) -> tuple[str, ...]:
        """Whom the operator lets be told wherever they lie."""
        return self.settings.webhook_origins

    def authorized(self, headers: Mapping[str, str]) -> Owner:
        """Whose request this is, with its limits; raises `UnauthorizedError`."""
        return self.authorization.owner_of(headers.get("authorization"))

    def owner_of(self, headers: Mapping[str, str]) -> str:
        """Whose request this is; raises `UnauthorizedError`."""
        return self.authorized(headers).name

    @cached_property
    def authorization(self) -> Authorization:
        """Who asks."""
        near, limits = self.neighbours, OwnerLimits(self.settings.owner_limits, self.settings.user_limits)
        return Authorization(near.accounts, self._owners, near.issuer, limits, self._clock)

    @cached_property
    def submission(self) -> Submission:
        """Accepting a request."""
        near, max_age = self.neighbours, self._max_age
        return Submission(
            near.videos,
            near.gates,
            self._recording,
            self._sender,
            self._settlement,
            self.catalog,
            self._clock,
            self._randomness,
            self.journal,
            max_age,
        )

    @cached_property
    def drops(self) -> Drops:
        """Taking drops."""
        from reelhook.api.drop_requests import DropRequestReader  # with pydantic, which callbacks do without

        reader = DropRequestReader(self.settings.default_model, self.catalog, self.settings.model_aliases)
        near, limits = self.neighbours, OwnerLimits(self.settings.owner_limits, self.settings.user_limits)
        return Drops(
            DropRequests(near.inbox, reader),
            self.examination,
            near.outcomes,
            self._recording,
            self._owners,
            limits,
            self._clock,
            self._randomness,
            self.journal,
            self.settings.media_bucket,
            self._max_age,
        )

    @cached_property
    def _final_outcomes(self) -> FinalOutcomes:
        return FinalOutcomes(self.neighbours.outcomes, self._clock, self.settings.media_bucket)

    @cached_property
    def _recording(self) -> Recording:
        near = self.neighbours
        return Recording(near.videos, near.transactions, self._references, self.catalog, self._clock)

    @cached_property
    def dispatch(self) -> Dispatch:
        """Sending what waits."""
        near = self.neighbours
        return Dispatch(
            near.videos,
            near.gates,
            self._owners,
            self._sender,
            self.catalog,
            near.sending_providers,
            self._clock,
            self._randomness,
            self.journal,
            self.settings.retention_days,
        )

    @cached_property
    def callbacks(self) -> Callbacks:
        """Receiving a callback."""
        near = self.neighbours
        inline = InlineTransfer(self.transfers, self._clock, self.settings.inline_transfer_seconds)
        return Callbacks(
            near.videos,
            near.providers,
            near.keys,
            self._confirmation,
            inline,
            self._clock,
            self.journal,
            self.settings.stage,
        )

    @cached_property
    def transfers(self) -> Transfers:
        """Copying results."""
        near = self.neighbours
        tools = CopyTools(
            near.videos, near.results, near.media, self._confirmation, self._clock, self.journal
        )
        return Transfers(tools, near.queue, self._randomness, self.settings.retention_days)

    @cached_property
    def reconciliation(self) -> Reconciliation:
        """Finishing what nobody finished."""
        near, days = self.neighbours, self.settings.retention_days
        removal = Removal(near.videos, near.media, self._references, self._clock, self.journal)
        return Reconciliation(
            near.videos,
            near.queue,
            self._confirmation,
            removal,
            self._references,
            self._settlement,
            self.catalog,
            self._clock,
            self.journal,
            days,
        )

    @cached_property
    def publication(self) -> Publication:
        """Telling what became of videos."""
        return Publication([*self._followers, Announcing(self.neighbours.bus, event_object)], self.journal)

    @property
    def _followers(self) -> list[Follower]:
        """What is done for every public change before it is announced, in this order."""
        return [Settling(self._settlement, self.journal), self._final_outcomes, self.webhook_follower]

    @cached_property
    def reading(self) -> Reading:
        """Reading videos."""
        return Reading(self.neighbours.videos, self.neighbours.media, self._settlement, self._clock)

    @cached_property
    def uploading(self) -> Uploading:
        """Granting uploads."""
        near, most = self.neighbours, self.settings.owner_uploads_per_day
        return Uploading(near.uploads, near.transactions, self._clock, self._randomness, most)

    @cached_property
    def examination(self) -> Examination:
        """Looking into the media of a request."""
        return Examination(self.neighbours.uploads, self.neighbours.probe, self.catalog)

    @cached_property
    def usage(self) -> UsageReading:
        """Reading the ledger."""
        return UsageReading(self.neighbours.ledger)

    @cached_property
    def webhook_endpoints(self) -> WebhookEndpoints:
        """Where owners want to be told."""
        near = self.neighbours
        return WebhookEndpoints(
            near.endpoints, near.webhook_target, near.webhook_key, self._clock, self._randomness
        )

    @cached_property
    def delivery_log(self) -> DeliveryLog:
        """What they were told."""
        near = self.neighbours
        return DeliveryLog(
            self.webhook_endpoints,
            near.deliveries,
            near.videos,
            near.webhook_queue,
            message,
            self._clock,
            self.journal,
        )

    @cached_property
    def webhook_follower(self) -> WebhookFollower:
        """Recording what they are to be told."""
        near = self.neighbours
        return WebhookFollower(
            near.endpoints, near.deliveries, near.webhook_queue, message, self._clock, self.journal
        )

    @cached_property
    def due_webhooks(self) -> DueWebhooks:
        """Telling them what is due."""
        near = self.neighbours
        return DueWebhooks(near.deliveries, near.webhook_queue, self._clock, self.journal)

    @cached_property
    def delivering(self) -> Delivering:
        """Telling them."""
        near = self.neighbours
        return Delivering(
            near.endpoints,
            near.deliveries,
            near.webhook_target,
            near.webhook_key,
            self.settings.webhook_schedule,
            self._clock,
            self._randomness,
            self.journal,
        )

    @cached_property
    def _settlement(self) -> Settlement:
        return Settlement(self.neighbours.transactions, self._randomness, self.journal)

    @cached_property
    def _owners(self) -> Owners:
        return Owners(self.neighbours.accounts, self._clock)

    @cached_property
    def lists(self) -> Lists:
        """Listing videos."""
        return Lists(self.neighbours.videos, self.journal)

    @cached_property
    def ending(self) -> Ending:
        """Canceling and deleting videos."""
        near, days = self.neighbours, self.settings.retention_days
        return Ending(self.reading, near.videos, self._settlement, self._clock, self.journal, days)

    @cached_property
    def _confirmation(self) -> Confirmation:
        near, days = self.neighbours, self.settings.retention_days
        return Confirmation(near.videos, near.providers, self.catalog, self._clock, self.journal, days)

    @cached_property
    def _references(self) -> References:
        return References(self.neighbours.references)

    @cached_property
    def _sender(self) -> Sender:
        near, settings = self.neighbours, self.settings
        rules = SendingRules(
            settings.stage, settings.callback_base_url, self._max_age, settings.retention_days
        )
        return Sender(
            near.videos,
            near.gates,
            near.sending_providers,
            self._references,
            self.catalog,
            near.keys,
            self._clock,
            self.journal,
            rules,
        )

    @property
    def _max_age(self) -> int:
        return self.settings.queue_max_age_hours * HOUR


@cache
def production() -> Wiring:
    """The wiring of this execution environment."""
    return Wiring(os.environ)
