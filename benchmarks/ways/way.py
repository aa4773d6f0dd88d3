"""What ways have in common."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import urllib3

type Move = Callable[[str, str], None]  # a URL, a key

PIECE = 1024 * 1024
S3_URL = "AWS_ENDPOINT_URL_S3"


def pool() -> "urllib3.PoolManager":
    """urllib3 as a user would make it, with certificates named."""
    import urllib3  # the relay and the AWS CLI do without

    return urllib3.PoolManager(ca_certs=os.environ["SSL_CERT_FILE"], timeout=60)
