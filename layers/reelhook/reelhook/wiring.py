"""Builds the use cases from the settings: the only module that knows both sides. Nothing is built before its first use."""

import os
import secrets
import time
from collections.abc import Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelhook.adapters.clients import dynamodb_client, s3_client, sqs_client, ssm_client
from reelhook.adapters.dynamodb import DynamoAccounts, DynamoGates, DynamoVideos
from reelhook.adapters.results import HttpResults
from reelhook.adapters.s3 import S3Media
from reelhook.adapters.sqs import SqsTransferQueue
from reelhook.adapters.ssm import SsmApiKey, SsmCallbackKeys, SsmSecrets
from reelhook.domain.model import Catalog
from reelhook.domain.ports import Provider
from reelhook.domain.time import HOUR, Instant
from reelhook.observability import PowertoolsJournal
from reelhook.providers.apixo import Apixo
from reelhook.providers.catalog import catalog
from reelhook.settings import Settings
from reelhook.use_cases.authorization import Authorization
from reelhook.use_cases.callbacks import Callbacks
from reelhook.use_cases.confirmation import Confirmation
from reelhook.use_cases.copying import CopyTools
from reelhook.use_cases.dispatch import Dispatch
from reelhook.use_cases.reading import Reading
from reelhook.use_cases.reconciliation import Reconciliation
from reelhook.use_cases.sending import Sender, SendingRules
from reelhook.use_cases.submission import Submission
from reelhook.use_cases.transfer import InlineTransfer, Transfers, queue_deadline

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def clock() -> Instant:
    """Now."""
    return time.time_ns() // 1_000_000


class Wiring:
    """Everything a function may need, each thing made once."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.settings = Settings(environment)
        self.journal = PowertoolsJournal()

    def function_end(self, context: LambdaContext) -> Instant:
        """When Lambda ends this invocation."""
        return clock() + context.get_remaining_time_in_millis()

    def transfer_end(self, context: LambdaContext) -> Instant:
        """When an attempt of TransferVideo has to end."""
        return queue_deadline(self.function_end(context), self.settings.transfer_seconds)

    @cached_property
    def catalog(self) -> Catalog:
        """The models this stack speaks to."""
        return catalog(self.settings.callback_deadline_seconds, self.settings.provider_end_seconds)

    @cached_property
    def authorization(self) -> Authorization:
        """Who asks."""
        accounts = DynamoAccounts(self._dynamodb, self.settings.accounts_table)
        return Authorization(accounts, clock)

    @cached_property
    def submission(self) -> Submission:
        """Accepting a request."""
        return Submission(
            self._videos,
            self._gates,
            self._sender,
            self.catalog,
            clock,
            secrets.token_bytes,
            self.journal,
            self._max_age,
        )

    @cached_property
    def dispatch(self) -> Dispatch:
        """Sending what waits."""
        return Dispatch(
            self._videos,
            self._gates,
            self._sender,
            self.catalog,
            self._sending_providers,
            clock,
            secrets.token_bytes,
            self.journal,
        )

    @cached_property
    def callbacks(self) -> Callbacks:
        """Receiving a callback."""
        inline = InlineTransfer(self.transfers, clock, self.settings.inline_transfer_seconds)
        return Callbacks(
            self._videos,
            self._providers,
            self._keys,
            self._confirmation,
            inline,
            clock,
            self.journal,
            self.settings.stage,
        )

    @cached_property
    def transfers(self) -> Transfers:
        """Copying results."""
        results = HttpResults(self.settings.result_origins, self.settings.max_video_bytes, clock)
        tools = CopyTools(self._videos, results, self._media, self._confirmation, clock, self.journal)
        return Transfers(tools, self._queue, secrets.token_bytes, self.settings.retention_days)

    @cached_property
    def reconciliation(self) -> Reconciliation:
        """Finishing what nobody finished."""
        return Reconciliation(
            self._videos,
            self._queue,
            self._confirmation,
            self.catalog,
            clock,
            self.journal,
            self.settings.retention_days,
        )

    @cached_property
    def reading(self) -> Reading:
        """Reading videos."""
        return Reading(self._videos, self._media, clock)

    @cached_property
    def _dynamodb(self) -> "DynamoDBClient":
        return dynamodb_client()

    @cached_property
    def _videos(self) -> DynamoVideos:
        return DynamoVideos(self._dynamodb, self.settings.videos_table)

    @cached_property
    def _gates(self) -> DynamoGates:
        return DynamoGates(self._dynamodb, self.settings.videos_table)

    @cached_property
    def _media(self) -> S3Media:
        return S3Media(s3_client(), self.settings.media_bucket)

    @cached_property
    def _queue(self) -> SqsTransferQueue:
        return SqsTransferQueue(sqs_client(), self.settings.transfer_queue_url)

    @cached_property
    def _secrets(self) -> SsmSecrets:
        return SsmSecrets(ssm_client(), self.settings.parameter_path)

    @cached_property
    def _keys(self) -> SsmCallbackKeys:
        return SsmCallbackKeys(self._secrets, clock)

    @cached_property
    def _providers(self) -> dict[str, Provider]:
        return {"apixo": Apixo(self.settings.apixo_base_url, self._apixo_key, self.catalog)}

    @cached_property
    def _sending_providers(self) -> dict[str, Provider]:
        """Only the functions that send know which statuses are safe to send again."""
        safe = self.settings.submit_safe_statuses
        return {"apixo": Apixo(self.settings.apixo_base_url, self._apixo_key, self.catalog, safe)}

    @cached_property
    def _apixo_key(self) -> SsmApiKey:
        return SsmApiKey(self._secrets, clock)

    @cached_property
    def _confirmation(self) -> Confirmation:
        return Confirmation(self._videos, self._providers, clock, self.journal, self.settings.retention_days)

    @cached_property
    def _max_age(self) -> int:
        return self.settings.queue_max_age_hours * HOUR

    @cached_property
    def _sender(self) -> Sender:
        settings = self.settings
        rules = SendingRules(
            settings.stage, settings.callback_base_url, self._max_age, settings.retention_days
        )
        return Sender(
            self._videos,
            self._gates,
            self._sending_providers,
            self.catalog,
            self._keys,
            clock,
            self.journal,
            rules,
        )


@cache
def production() -> Wiring:
    """The wiring of this execution environment."""
    return Wiring(os.environ)
