"""Letting a client put media into the bucket by itself: counted first, then a form for one key."""

from reelhook.domain.errors.requests import QuotaExceededError
from reelhook.domain.ledger import account_keys, day_of
from reelhook.domain.lifecycle.uploading import count_upload
from reelhook.domain.ports.environment import Clock, Randomness
from reelhook.domain.ports.uploads import UploadStore
from reelhook.domain.ports.videos import Transactions
from reelhook.domain.quotas import Exceeded
from reelhook.domain.time import SECOND
from reelhook.domain.uploads import FORM_SECONDS, Upload, UploadRequest, random_file_id, upload_key
from reelhook.domain.writes import Transaction


class Uploading:
    """Grants uploads, so many an owner and day."""

    def __init__(
        self,
        store: UploadStore,
        transactions: Transactions,
        clock: Clock,
        randomness: Randomness,
        per_day: int,
    ) -> None:
        self._store, self._transactions = store, transactions
        self._clock, self._randomness, self._per_day = clock, randomness, per_day

    def grant(self, owner: str, asked: UploadRequest) -> Upload:
        """A form for a new upload. Raises `QuotaExceededError`, and `StoreError`: then it may count all the same."""
        file_id, now = random_file_id(self._randomness(17)), self._clock()
        form = self._store.form(
            upload_key(owner, file_id), asked.content_type, asked.least, asked.most, FORM_SECONDS
        )
        [key] = account_keys(owner, None)
        write = count_upload(key, day_of(now), self._per_day, now)
        token = self._randomness(16).hex()
        if self._transactions.apply(Transaction((write,), token)).refused:
            raise QuotaExceededError((Exceeded("owner", "uploads_per_day", str(self._per_day), "0"),))
        return Upload(file_id, form.url, form.fields, now + FORM_SECONDS * SECOND, asked.most)
