"""Who may ask, and for how much."""

from reelhook.domain.errors.running import NotConfiguredError
from reelhook.domain.owners import Limits, count_of, usd_of
from reelhook.settings.environment import Environment


class Access(Environment):
    """Its variables."""

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
    def require_idempotency_key(self) -> bool:
        """Whether requests without an idempotency key are refused."""
        return self._text("REQUIRE_IDEMPOTENCY") == "true"

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
