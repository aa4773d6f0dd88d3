"""The providers: where they are, what they are told, what their answers mean."""

from reelhook.settings.environment import Environment


class Providers(Environment):
    """Its variables."""

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
    def submit_safe_statuses(self) -> frozenset[int]:
        """The statuses after which a submit was certainly not charged and may be sent again."""
        parts = self._text("SUBMIT_SAFE_STATUSES").split(",")
        return frozenset(self._whole("SUBMIT_SAFE_STATUSES", part) for part in parts)
