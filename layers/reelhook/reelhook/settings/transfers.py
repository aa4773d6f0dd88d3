"""How results come to the bucket."""

from reelhook.settings.environment import Environment


class Transfers(Environment):
    """Its variables."""

    @property
    def result_origins(self) -> tuple[str, ...]:
        """The exact origins that results may be fetched from."""
        return self._listed("RESULT_ORIGINS")

    @property
    def transfer_queue_url(self) -> str:
        """The queue before TransferVideo."""
        return self._text("TRANSFER_QUEUE_URL")

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
    def memory_megabytes(self) -> int:
        """How much memory Lambda gives this function, by its own word; 0 elsewhere."""
        name = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"
        return self._whole(name, self._environment.get(name, "0"))
