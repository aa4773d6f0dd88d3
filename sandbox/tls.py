"""S3 over TLS, as on AWS: over plain http botocore reads a streamed body three times."""

import asyncio
import socket
import ssl
import threading
from pathlib import Path

import trustme

CHUNK = 1 << 18


def serve(listener: socket.socket, gateway_port: int, ca_file: Path) -> None:
    """End TLS in front of the emulator, with a certificate made for this run and its authority in a file."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(ca_file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", gateway_port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_pump(reader, inner_writer), _pump(inner_reader, writer))

    loop = asyncio.new_event_loop()
    loop.run_until_complete(asyncio.start_server(connect, sock=listener, ssl=context, limit=1 << 20))
    threading.Thread(target=loop.run_forever, name="tls", daemon=True).start()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on what comes until either side is gone."""
    try:
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
    except (ConnectionError, ssl.SSLError):
        pass
    finally:
        writer.close()
