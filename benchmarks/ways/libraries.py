"""Ways of other libraries, and of the AWS CLI."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.sink import NAME
from benchmarks.ways.way import PIECE, S3_URL, Move, pool


def smart_open() -> Move:
    """urllib3 into smart_open's writer."""
    import boto3
    import smart_open as library

    s3, http = boto3.client("s3"), pool()

    def move(url: str, key: str) -> None:
        with (
            http.request("GET", url, preload_content=False) as response,
            library.open(f"s3://{NAME}/{key}", "wb", transport_params={"client": s3}) as file,
        ):
            shutil.copyfileobj(response, file, PIECE)

    return move


def obstore() -> Move:
    """urllib3 into obstore, which is Rust from there on."""
    import obstore as library
    from obstore.store import S3Store

    options = {"root_certificate": Path(os.environ["BENCHMARK_AUTHORITY"]).read_text()}
    http = pool()
    store = S3Store(
        NAME,
        endpoint=os.environ[S3_URL],
        region=os.environ["AWS_REGION"],
        virtual_hosted_style_request=False,
        client_options=options,
    )

    def move(url: str, key: str) -> None:
        with http.request("GET", url, preload_content=False) as response:
            library.put(store, key, response.stream(PIECE))

    return move


def aws_cli() -> Move:
    """`curl | aws s3 cp -`, two processes."""
    aws = [sys.executable, str(Path(sys.executable).parent / "aws"), "s3", "cp", "--quiet", "-"]

    def move(url: str, key: str) -> None:
        curl = subprocess.Popen(["curl", "-sSf", url], stdout=subprocess.PIPE)  # noqa: S607 - the user's own
        subprocess.run([*aws, f"s3://{NAME}/{key}"], stdin=curl.stdout, check=True)
        if curl.stdout is not None:
            curl.stdout.close()
        if curl.wait():
            raise RuntimeError("curl failed")

    return move
