"""The neighbours of a function, built from the settings: tables, bucket, queue, secrets, providers. Each made once."""

import random
import time
from functools import cached_property
from typing import TYPE_CHECKING

from reelhook.adapters.clients import dynamodb_client, events_client, s3_client, sqs_client, ssm_client
from reelhook.adapters.dynamodb import DynamoAccounts, DynamoGates, DynamoLedger, DynamoVideos
from reelhook.adapters.events import EventBridgeBus
from reelhook.adapters.inbox import S3Inbox, S3Outcomes
from reelhook.adapters.probe import TagProbe
from reelhook.adapters.references import S3References
from reelhook.adapters.results import HttpResults
from reelhook.adapters.s3 import S3Media
from reelhook.adapters.sqs import SqsTransferQueue, SqsWebhookQueue
from reelhook.adapters.ssm import SsmApiKey, SsmCallbackKeys, SsmSecrets, SsmWebhookKey
from reelhook.adapters.transactions import DynamoTransactions
from reelhook.adapters.uploads import S3Uploads
from reelhook.adapters.webhook_stores import DynamoDeliveries, DynamoEndpoints
from reelhook.adapters.webhook_target import HttpWebhookTarget
from reelhook.domain.catalog import Catalog
from reelhook.domain.ports.accounts import Issuer
from reelhook.domain.ports.environment import Clock
from reelhook.domain.ports.providers import Provider
from reelhook.providers.apixo import Apixo
from reelhook.providers.catalog import catalog
from reelhook.providers.modellix import Modellix
from reelhook.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client


class Neighbours:
    """The real thing behind each port."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock

    @cached_property
    def videos(self) -> DynamoVideos:
        """The table of videos."""
        return DynamoVideos(self._dynamodb, self._settings.videos_table)

    @cached_property
    def gates(self) -> DynamoGates:
        """The providers' gates, in the same table."""
        return DynamoGates(self._dynamodb, self._settings.videos_table)

    @cached_property
    def transactions(self) -> DynamoTransactions:
        """Writes on several items, of videos and of the ledger."""
        tables = dict.fromkeys(("video", "fingerprint"), self._settings.videos_table)
        tables |= dict.fromkeys(("day", "in_flight"), self._settings.accounts_table)
        return DynamoTransactions(self._dynamodb, tables, _pause)

    @cached_property
    def accounts(self) -> DynamoAccounts:
        """The table of API keys and owners."""
        return DynamoAccounts(self._dynamodb, self._settings.accounts_table)

    @cached_property
    def ledger(self) -> DynamoLedger:
        """The ledger, in the same table."""
        return DynamoLedger(self._dynamodb, self._settings.accounts_table)

    @cached_property
    def issuer(self) -> Issuer | None:
        """The issuer whose JWTs are taken, if there is one."""
        name = self._settings.oidc_issuer
        if name is None:
            return None
        from reelhook.adapters.oidc import OidcIssuer  # it loads for a quarter of a second, and few need it

        return OidcIssuer(name, self._settings.oidc_audiences, self._clock)

    @cached_property
    def media(self) -> S3Media:
        """The user's bucket."""
        return S3Media(s3_client(), self._settings.media_bucket)

    @cached_property
    def references(self) -> S3References:
        """The references, in the same bucket."""
        return S3References(lambda: self._s3, self._settings.media_bucket)

    @cached_property
    def uploads(self) -> S3Uploads:
        """The uploads, in the same bucket."""
        return S3Uploads(lambda: self._s3, self._settings.media_bucket)

    @cached_property
    def probe(self) -> TagProbe:
        """How long videos and sounds last."""
        return TagProbe()

    @cached_property
    def inbox(self) -> S3Inbox:
        """The bucket of drops."""
        return S3Inbox(s3_client(), self._settings.inbox_bucket)

    @cached_property
    def outcomes(self) -> S3Outcomes:
        """Where drops' outcomes are told, in the same bucket."""
        return S3Outcomes(s3_client, self._settings.inbox_bucket)

    @cached_property
    def results(self) -> HttpResults:
        """Where results are fetched from."""
        return HttpResults(self._settings.result_origins, self._settings.max_video_bytes, self._clock)

    @cached_property
    def queue(self) -> SqsTransferQueue:
        """The queue before TransferVideo."""
        return SqsTransferQueue(sqs_client(), self._settings.transfer_queue_url)

    @cached_property
    def bus(self) -> EventBridgeBus:
        """The bus on which events leave."""
        return EventBridgeBus(events_client(), self._settings.event_bus_name)

    @cached_property
    def keys(self) -> SsmCallbackKeys:
        """The keys that sign callback tokens."""
        return SsmCallbackKeys(self._secrets, self._clock)

    @cached_property
    def endpoints(self) -> DynamoEndpoints:
        """Who is told of an owner's videos, beside the accounts."""
        return DynamoEndpoints(self._dynamodb, self._settings.accounts_table)

    @cached_property
    def deliveries(self) -> DynamoDeliveries:
        """What they are to be told, beside the videos."""
        return DynamoDeliveries(self._dynamodb, self._settings.videos_table)

    @cached_property
    def webhook_queue(self) -> SqsWebhookQueue:
        """The queue before DeliverWebhooks."""
        return SqsWebhookQueue(sqs_client(), self._settings.webhook_queue_url)

    @cached_property
    def webhook_target(self) -> HttpWebhookTarget:
        """The wire to the endpoints."""
        return HttpWebhookTarget(self._settings.webhook_origins)

    @cached_property
    def webhook_key(self) -> SsmWebhookKey:
        """The key that endpoints' secrets are derived from."""
        return SsmWebhookKey(self._secrets, self._clock)

    @cached_property
    def catalog(self) -> Catalog:
        """The models this stack speaks to."""
        told = self._settings
        return catalog(told.callback_deadline_seconds, told.provider_end_seconds, told.model_prices)

    @cached_property
    def providers(self) -> dict[str, Provider]:
        """The providers, for look-ups and callbacks."""
        return self._speaking(frozenset())

    @cached_property
    def sending_providers(self) -> dict[str, Provider]:
        """The providers, for submits: only the functions that send know which statuses are safe to send again."""
        return self._speaking(self._settings.submit_safe_statuses)

    def _speaking(self, safe: frozenset[int]) -> dict[str, Provider]:
        """Every provider by its name; a key is read when it is needed, so that one may be missing."""
        settings, models = self._settings, self.catalog
        return {
            "apixo": Apixo(settings.apixo_base_url, self._apixo_key, models, safe),
            "modellix": Modellix(settings.modellix_base_url, self._modellix_key, models, safe),
        }

    @cached_property
    def _apixo_key(self) -> SsmApiKey:
        return SsmApiKey(self._secrets, self._clock, "apixo-api-key")

    @cached_property
    def _modellix_key(self) -> SsmApiKey:
        return SsmApiKey(self._secrets, self._clock, "modellix-api-key")

    @cached_property
    def _secrets(self) -> SsmSecrets:
        return SsmSecrets(ssm_client(), self._settings.parameter_path)

    @cached_property
    def _s3(self) -> "S3Client":
        return s3_client()

    @cached_property
    def _dynamodb(self) -> "DynamoDBClient":
        return dynamodb_client()


def _pause(tried: int) -> None:
    """Lets somebody else's transaction end: up to 50, 100, 200, 400 ms, drawn, so that two do not meet again."""
    time.sleep(random.uniform(0, 0.05 * 2 ** (tried - 1)))  # noqa: S311 - no secret
