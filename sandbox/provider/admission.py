"""Who is let in to one provider's API: its key, its paths, its limits."""

import hmac
import time

from sandbox.provider.behaviour import Behaviour, View
from sandbox.provider.journal import Journal
from sandbox.provider.wire import Exchange
from sandbox.provider.words import Words
from sandbox.provider.wrong_answers import answer_wrongly, refuse


class Admission:
    """Refuses a request, or lets it in."""

    def __init__(self, words: Words, api_key: str, behaviour: Behaviour, journal: Journal) -> None:
        self._words, self._expected = words, f"Bearer {api_key}".encode()
        self._behaviour, self._journal = behaviour, journal

    def admits(self, exchange: Exchange, path_exists: bool) -> bool:
        """Whether the request may go on; if not, it is answered."""
        limits = self._behaviour.view(self._words.provider)
        key = exchange.headers.get("Authorization", "").encode()
        if not hmac.compare_digest(key, self._expected):
            refuse(exchange, self._words, 401)
        elif not path_exists:
            refuse(exchange, self._words, 404, self._words.no_such_model())
        elif not self._within_limit(exchange, limits):
            self.refuse_too_many(exchange, limits, "rate")
        else:
            return True
        return False

    def refuse_too_many(self, exchange: Exchange, limits: View, which: str) -> None:
        """Answer 429 for the `rate` or the `concurrent` limit."""
        told = {"status": 429, "message": self._words.contract.data["limit_messages"][which]}
        if limits["limits.retry_after"] is not None:
            told["retry_after"] = limits["limits.retry_after"]
        answer_wrongly(exchange, self._words, told)

    def _within_limit(self, exchange: Exchange, limits: View) -> bool:
        """Whether the limit of calls has room for this one; its answer tells how much is left."""
        most: int | None = limits["limits.per_minute"]
        minute, now = limits["limits.minute_seconds"], time.time()
        if most is None:
            return True
        calls = self._journal.calls_since(self._words.provider, now - minute)
        reset = min(calls, default=now) + minute
        exchange.more_headers = self._words.limit_headers(most, max(0, most - len(calls)), reset)
        return len(calls) <= most
