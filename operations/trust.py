"""Do AWS's endpoints in a region show certificates of the few authorities that the functions will believe them by?

`AwsCaBundle=amazon` fails closed: were one of them to show another's, the stack would be up and no call of it would work. So
a deployment looks first, as the functions will.
"""

import socket
import ssl
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import botocore

from operations import sam
from operations.build import authorities
from operations.build.services import services_of
from operations.errors import OperationError

PARAMETER, AMAZON = "AwsCaBundle", "amazon"
PARTITION = "aws"  # in the others the functions believe every authority that botocore knows
SECONDS = 5.0

type Address = tuple[str, int]


def check_region(region: str) -> None:
    """Look at every service that the functions speak to; raises `OperationError` where they would not believe it."""
    session = boto3.Session(region_name=region)
    if session.get_partition_for_region(region) != PARTITION:
        return
    services = sorted(services_of(sam.ROOT / "functions", sam.ROOT / "layers"))
    urls = [session.client(service).meta.endpoint_url for service in services]  # type: ignore[call-overload]  # any service
    check((_address(url) for url in urls), authorities.roots(Path(botocore.__file__).parent))


def check(addresses: Iterable[Address], roots: str) -> None:
    """Shake hands with each of them by these authorities (PEM) alone; who cannot be reached from here is not judged."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=roots)
    for host, port in addresses:
        try:
            with (
                socket.create_connection((host, port), SECONDS) as plain,
                context.wrap_socket(plain, server_hostname=host),
            ):
                pass
        except ssl.SSLCertVerificationError as error:
            raise OperationError(
                f"{host} shows a certificate that is not of Amazon's own authorities ({error.verify_message}). "
                f"If no proxy in between does: `python -m operations.deploy --parameter {PARAMETER}=full`."
            ) from None
        except OSError as error:
            print(f"Whose certificate {host} shows could not be seen from here ({error}).")


def _address(url: str) -> Address:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or 443
