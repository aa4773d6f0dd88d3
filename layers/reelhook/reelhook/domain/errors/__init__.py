"""The errors, and whose fault each one is.

ReelhookError
├── RequestError                 the client's; each carries its HTTP meaning in `api.resolver`
│   ├── InvalidRequestError          fields are missing, unknown, ill-typed or out of bounds
│   ├── UnauthorizedError            no key, or an unknown or expired one
│   │   └── InvalidJwtError              a JWT that does not stand
│   ├── OwnerDisabledError           the operator shut this owner out
│   ├── VideoNotFoundError           no such video for this owner
│   ├── ArtifactNotFoundError        the video has no such file
│   ├── VideoNotReadyError           the video is not completed
│   ├── VideoNotCancelableError      the video is not queued any more
│   ├── VideoNotFinalError           the video is still to come to its end, so it cannot be deleted
│   ├── QuotaExceededError           one more video would be more than the operator allows
│   ├── PriceUnknownError            dollars are counted, and nobody knows what the model takes
│   ├── VideoGoneError               the idempotency key's video was deleted
│   ├── IdempotencyKeyReuseError     the key stands for another request
│   ├── WebhookEndpointNotFoundError no such webhook endpoint for this owner
│   ├── DeliveryNotFoundError        the endpoint has no delivery of this event
│   ├── TooManyEndpointsError        one owner may have no more
│   ├── EndpointUnreachableError     a test message got no answer
│   ├── EndpointDisabledError        nothing is sent there
│   └── EventOutdatedError           the event cannot be told as it was any more
├── NotConfiguredError           the operator's: something this stack needs is missing, and it is named
│   └── ProviderKeyError             a provider's API key: nothing can be made there, which no client can help
├── IssuerUnavailableError       the issuer's: its keys could not be read, so no JWT of it can be judged
├── StoreError                   AWS's: whether the write was applied is not known
├── UnknownStateError            a newer deploy's: the item is in a state that this code does not know
├── UnreadableItemError          the item's: something in it is not what this code writes
├── TryAgainError                nobody's: the provider should deliver this callback again
├── ResultError                  the result's: what came back from the link
│   ├── UnknownOriginError           the link points to a host nobody allowed
│   ├── ResultTooLargeError          more bytes than the operator allows
│   ├── LinkRefusedError             403, 404 or 410: the link is dead or not yet alive
│   ├── NotAVideoError               an answer that is no MP4 (of a last frame: no image): HTML, a redirect, an encoding
│   ├── ResultUnavailableError       network, 5xx, a body that was cut
│   └── OutOfTimeError               this attempt's deadline passed
└── MediaError                   S3's
    ├── ObjectConflictError          the key holds an object that is not this video's
    └── MediaUnavailableError        S3 did not take it; trying again can help
"""


class ReelhookError(Exception):
    """The base of all of them."""
