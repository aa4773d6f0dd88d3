"""The operator's view: JSON log lines and counted metrics, through Powertools, without secrets."""

import warnings
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from reelhook.domain.errors.running import StoreError
from reelhook.domain.ports.journal import ATTENTION, Metric

# A quiet invocation has nothing to count; Powertools' warning would be a log line that is not JSON.
warnings.filterwarnings("ignore", message="No application metrics to publish")

logger = Logger(location=None)  # it would always be the journal's own line
metrics = Metrics()

MAX_CHARACTERS = 256

type Handler[Answer] = Callable[[dict[str, Any], LambdaContext], Answer]


def instrumented[Answer](handler: Handler[Answer]) -> Handler[Answer]:
    """A Lambda handler whose log lines carry its request id and whose metrics leave at its end. No event is logged."""

    def watched(event: dict[str, Any], context: LambdaContext) -> Answer:
        try:
            return handler(event, context)
        except StoreError:
            raise  # AWS's own trouble passes; whoever called tries again
        except Exception:
            PowertoolsJournal().count(Metric.FUNCTION_FAILED)
            raise

    measured: Handler[Answer] = metrics.log_metrics(watched)
    logged: Handler[Answer] = logger.inject_lambda_context(measured, clear_state=True)
    return logged


class PowertoolsJournal:
    """Implements `Journal`. Fields are capped and escaped: what a provider says may be anything."""

    def note(self, message: str, **fields: object) -> None:
        """Logs that something happened as it should."""
        logger.info(message, extra={name: _harmless(value) for name, value in fields.items()})

    def warn(self, message: str, **fields: object) -> None:
        """Logs that something is worth a look."""
        logger.warning(message, extra={name: _harmless(value) for name, value in fields.items()})

    def count(self, metric: Metric, value: int = 1) -> None:
        """Adds to a metric; it leaves with the invocation's other metrics."""
        metrics.add_metric(name=metric.value, unit=MetricUnit.Count, value=value)
        if metric in ATTENTION:
            metrics.add_metric(name=Metric.ATTENTION_NEEDED, unit=MetricUnit.Count, value=value)
            self.warn("attention needed", symptom=metric.value)


def _harmless(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)[:MAX_CHARACTERS].encode("ascii", "backslashreplace").decode()
