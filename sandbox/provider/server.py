"""The server: one thread for each connection, the provider's API, its file host and the control endpoints on one port."""

import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sandbox.provider.apixo import Apixo
from sandbox.provider.behaviour import Behaviour
from sandbox.provider.contract import Contract
from sandbox.provider.control import Control
from sandbox.provider.files import Files
from sandbox.provider.journal import Journal
from sandbox.provider.media import ResultFile
from sandbox.provider.tasks import Ledger
from sandbox.provider.wire import DisconnectedError, Exchange, Server

CONTRACTS = Path(__file__).parents[1] / "contracts"
API_KEY = "simulated-apixo-key"


class Simulator:
    """The simulated provider. `start()` returns once it listens; `behaviour` is what `POST /_simulator/behaviour` takes."""

    def __init__(
        self,
        port: int = 0,
        *,
        api_key: str = API_KEY,
        behaviour: dict[str, Any] | None = None,
        host: str = "127.0.0.1",
        contract: Path = CONTRACTS / "apixo.json",
    ) -> None:
        self.api_key = api_key
        self.ledger, self.journal = Ledger(), Journal()
        self.behaviour = Behaviour(behaviour or {})
        self._apixo = Apixo(Contract(contract), api_key, self.behaviour, self.ledger, self.journal)
        callbacks = self._apixo.callbacks
        self._stopping = callbacks.stopping
        self.files = Files(self.behaviour, self.ledger, self.journal, self._stopping)
        self._control = Control(self.behaviour, self.ledger, self.journal, callbacks, self.files)
        self._base_path: str = self._apixo.contract.data["endpoints"]["base_path"]["value"]
        self._server = Server((host, port), self._handler())
        self.url = f"http://{host}:{self._server.server_address[1]}"
        self.base_url = self.url + self._base_path
        self._apixo.origin = self.url

    def start(self) -> Self:
        """Listen."""
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        return self

    def stop(self) -> None:
        """Stop listening, end every connection and every wait."""
        self._stopping.set()
        self.ledger.clear()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()

    def reset(self, tasks: bool = False) -> None:
        """The same as `POST /_simulator/reset`."""
        self._control.reset(tasks)

    def file(self, task_id: str, number: int = 0) -> ResultFile:
        """A finished task's result, to compare with."""
        task = self.ledger.find(task_id)
        file = self.files.file(task, number) if task else None
        if file is None:
            raise LookupError(f"no file {number} of task {task_id}")
        return file

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _handler(self) -> type[Exchange]:
        simulator = self

        class Handler(Exchange):
            def _handle(self) -> None:
                self.entry = None
                try:
                    simulator._route(self)
                except DisconnectedError as reason:
                    self.close_connection = True
                    if self.entry:
                        self.entry.error = str(reason)
                finally:
                    if self.entry:
                        self.entry.ended_at = self.entry.ended_at or time.time()

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _handle  # noqa: N815

        return Handler

    def _route(self, exchange: Exchange) -> None:
        base = self._base_path.strip("/").split("/")
        match exchange.parts:
            case ["_simulator", *path] if path:
                self._control.handle(exchange, path)
            case ["files", *path]:
                self.files.handle(exchange, path)
            case parts if parts[: len(base)] == base:
                self._apixo.handle(exchange, parts[len(base) :])
            case _:
                exchange.read_body()
                exchange.answer(404, b"not found", "text/plain")
