"""The environment of a function, read where it is needed: what is missing or wrong is named."""

from collections.abc import Mapping
from decimal import Decimal

from reelhook.domain.errors.running import NotConfiguredError
from reelhook.domain.owners import Limits, count_of, usd_of
from reelhook.domain.webhooks.delivery import schedule_of


class Settings:
    """One property per variable; `template.yaml` sets them all, and a test compares the two."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    @property
    def videos_table(self) -> str:
        """The table of videos and gates."""
        return self._text("VIDEOS_TABLE")

    @property
    def accounts_table(self) -> str:
        """The table of API keys and owners; only who serves clients or sends for them has it."""
        return self._text("ACCOUNTS_TABLE")

    @property
    def oidc_issuer(self) -> str | None:
        """The issuer whose JWTs are taken beside API keys, as its `iss` says; none if there is none."""
        return self._maybe("OIDC_ISSUER") or None

    @property
    def oidc_audiences(self) -> tuple[str, ...]:
        """Whom a JWT must be meant for: one of these."""
        return self._listed("OIDC_AUDIENCE")

    @property
    def owner_limits(self) -> Limits:
        """What an owner may have for whom the operator set nothing."""
        return self._limits("OWNER_LIMITS")

    @property
    def user_limits(self) -> Limits:
        """The same for each of an owner's end users."""
        return self._limits("USER_LIMITS")

    @property
    def owner_uploads_per_day(self) -> int:
        """How many files an owner may upload in a day; only the function that grants uploads has it."""
        return self._number("OWNER_UPLOADS_PER_DAY")

    @property
    def model_prices(self) -> dict[str, Decimal]:
        """USD per second of models, in place of what their pages say, by `provider/slug`."""
        prices = dict[str, Decimal]()
        for part in self._maybe("MODEL_PRICES").split(","):
            name, _, usd = part.strip().partition("=")
            if not name:
                continue
            try:
                prices[name] = usd_of(usd)
            except ValueError:
                raise NotConfiguredError(
                    "MODEL_PRICES", f"must hold provider/slug=USD, got {part!r:.60}."
                ) from None
        return prices

    @property
    def media_bucket(self) -> str:
        """The user's bucket."""
        return self._text("MEDIA_BUCKET")

    @property
    def inbox_bucket(self) -> str:
        """The bucket that drops are put into, and where their outcomes are told."""
        return self._text("INBOX_BUCKET")

    @property
    def transfer_queue_url(self) -> str:
        """The queue before TransferVideo."""
        return self._text("TRANSFER_QUEUE_URL")

    @property
    def event_bus_name(self) -> str:
        """The EventBridge bus on which events leave."""
        return self._text("EVENT_BUS_NAME")

    @property
    def parameter_path(self) -> str:
        """Where this stack's secrets lie in SSM, e.g. `/reelhook/<stack>`."""
        return self._text("PARAMETER_PATH")

    @property
    def stage(self) -> str:
        """The stack's name: a token of one stack is worthless in another."""
        return self._text("STAGE")

    @property
    def apixo_base_url(self) -> str:
        """APIXO's API, including `/api/v1`."""
        return self._text("APIXO_BASE_URL").rstrip("/")

    @property
    def modellix_base_url(self) -> str:
        """Modellix's API, including `/api/v1`."""
        return self._text("MODELLIX_BASE_URL").rstrip("/")

    @property
    def callback_base_url(self) -> str:
        """Where providers send their callbacks; only the submitting functions have it."""
        return self._text("CALLBACK_BASE_URL").rstrip("/")

    @property
    def result_origins(self) -> tuple[str, ...]:
        """The exact origins that results may be fetched from."""
        return self._listed("RESULT_ORIGINS")

    @property
    def submit_safe_statuses(self) -> frozenset[int]:
        """The statuses after which a submit was certainly not charged and may be sent again."""
        parts = self._text("SUBMIT_SAFE_STATUSES").split(",")
        return frozenset(self._whole("SUBMIT_SAFE_STATUSES", part) for part in parts)

    @property
    def default_model(self) -> str:
        """The model of a request that names none."""
        return self._text("DEFAULT_MODEL")

    @property
    def model_aliases(self) -> dict[str, str]:
        """Further names that requests may give models, to `provider/slug`; each stands for one model."""
        aliases = dict[str, str]()
        for part in self._maybe("MODEL_ALIASES").split(","):
            if not part.strip():
                continue
            alias, _, name = (word.strip() for word in part.partition("="))
            if not alias or not name or alias in aliases:
                raise NotConfiguredError(
                    "MODEL_ALIASES", f"must hold alias=provider/slug, each alias once, got {part!r:.60}."
                )
            aliases[alias] = name
        return aliases

    @property
    def require_idempotency_key(self) -> bool:
        """Whether requests without an idempotency key are refused."""
        return self._text("REQUIRE_IDEMPOTENCY") == "true"

    @property
    def inline_transfer_seconds(self) -> int:
        """How long a callback may copy by itself; 0 hands everything to the queue."""
        return self._number("INLINE_TRANSFER_SECONDS")

    @property
    def transfer_seconds(self) -> int:
        """TransferVideo's time-out."""
        return self._number("TRANSFER_SECONDS")

    @property
    def max_video_bytes(self) -> int:
        """The largest result that is copied."""
        return self._number("MAX_VIDEO_BYTES")

    @property
    def callback_deadline_seconds(self) -> int | None:
        """The first look at a video without a callback; `None` (set as 0) is the model's own schedule."""
        return self._number("CALLBACK_DEADLINE_SECONDS") or None

    @property
    def provider_end_seconds(self) -> int | None:
        """When a provider gives a task up; `None` (set as 0) is the model's own figure."""
        return self._number("PROVIDER_END_SECONDS") or None

    @property
    def webhook_queue_url(self) -> str:
        """The queue before DeliverWebhooks."""
        return self._text("WEBHOOK_QUEUE_URL")

    @property
    def webhook_origins(self) -> tuple[str, ...]:
        """The exact origins that webhooks may go to wherever they lie; none on AWS."""
        return tuple(part.strip() for part in self._maybe("WEBHOOK_ORIGINS").split(",") if part.strip())

    @property
    def webhook_schedule(self) -> tuple[int, ...]:
        """After how long (ms) an attempt is followed by the next one, while endpoints do not take a webhook."""
        try:
            return schedule_of(self._text("WEBHOOK_SCHEDULE"))
        except ValueError as error:
            raise NotConfiguredError("WEBHOOK_SCHEDULE", str(error)) from None

    @property
    def queue_max_age_hours(self) -> int:
        """How long a queued video may wait."""
        return self._number("QUEUE_MAX_AGE_HOURS")

    @property
    def retention_days(self) -> int:
        """How long a finished video is kept; 0 for ever."""
        return self._number("RETENTION_DAYS")

    def _text(self, name: str) -> str:
        value = self._environment.get(name, "").strip()
        if not value:
            raise NotConfiguredError(
                name, "is not set in this function's environment: deploy the stack again."
            )
        return value

    def _maybe(self, name: str) -> str:
        """A setting that may be empty, yet must be there."""
        if name not in self._environment:
            return self._text(name)
        return self._environment[name].strip()

    def _listed(self, name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self._text(name).split(",") if part.strip())

    def _limits(self, name: str) -> Limits:
        """Videos a day, videos in flight, dollars a day, each of them empty or a number."""
        parts = [part.strip() for part in self._text(name).split(",")]
        try:
            day, in_flight, usd = parts
            return Limits(
                count_of(day) if day else None,
                count_of(in_flight) if in_flight else None,
                usd_of(usd) if usd else None,
            )
        except ValueError:
            raise NotConfiguredError(name, f"must hold two numbers and dollars, got {parts!r:.60}.") from None

    def _number(self, name: str) -> int:
        return self._whole(name, self._text(name))

    @staticmethod
    def _whole(name: str, text: str) -> int:
        if not text.strip().isascii() or not text.strip().isdigit():
            raise NotConfiguredError(name, f"must hold whole numbers, got {text!r:.40}.")
        return int(text)
