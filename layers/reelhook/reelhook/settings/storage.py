"""Where things are kept, and how long."""

from reelhook.settings.environment import Environment


class Storage(Environment):
    """Its variables."""

    @property
    def videos_table(self) -> str:
        """The table of videos and gates."""
        return self._text("VIDEOS_TABLE")

    @property
    def accounts_table(self) -> str:
        """The table of API keys and owners; only who serves clients or sends for them has it."""
        return self._text("ACCOUNTS_TABLE")

    @property
    def media_bucket(self) -> str:
        """The user's bucket."""
        return self._text("MEDIA_BUCKET")

    @property
    def inbox_bucket(self) -> str:
        """The bucket that drops are put into, and where their outcomes are told."""
        return self._text("INBOX_BUCKET")

    @property
    def parameter_path(self) -> str:
        """Where this stack's secrets lie in SSM, e.g. `/reelhook/<stack>`."""
        return self._text("PARAMETER_PATH")

    @property
    def stage(self) -> str:
        """The stack's name: a token of one stack is worthless in another."""
        return self._text("STAGE")

    @property
    def retention_days(self) -> int:
        """How long a finished video is kept; 0 for ever."""
        return self._number("RETENTION_DAYS")

    @property
    def queue_max_age_hours(self) -> int:
        """How long a queued video may wait."""
        return self._number("QUEUE_MAX_AGE_HOURS")
