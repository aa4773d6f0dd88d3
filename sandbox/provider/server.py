"""The server: one thread for each connection, both providers' APIs, their file host and the control endpoints on one port."""

import threading
import time
from types import TracebackType
from typing import Any, Self

from sandbox.provider.api import Api
from sandbox.provider.apixo import Apixo
from sandbox.provider.behaviour import Behaviour
from sandbox.provider.control import Control
from sandbox.provider.files import Files
from sandbox.provider.journal import Journal
from sandbox.provider.media import ResultFile
from sandbox.provider.modellix import Modellix
from sandbox.provider.tasks import Ledger
from sandbox.provider.wire import DisconnectedError, Exchange, Server
from sandbox.provider.wrong_answers import refuse

API_KEY, MODELLIX_API_KEY = "simulated-apixo-key", "simulated-modellix-key"
BASE_PATH = "/api/v1"  # both providers'


class Simulator:
    """The simulated providers. `start()` returns once it listens; `behaviour` is what `POST /_simulator/behaviour` takes."""

    def __init__(
        self,
        port: int = 0,
        *,
        api_key: str = API_KEY,
        modellix_api_key: str = MODELLIX_API_KEY,
        behaviour: dict[str, Any] | None = None,
        host: str = "127.0.0.1",
    ) -> None:
        self.api_key, self.modellix_api_key = api_key, modellix_api_key
        self.ledger, self.journal = Ledger(), Journal()
        self.behaviour = Behaviour(behaviour or {})
        self._stopping = threading.Event()
        self._apis = [
            Api(words, key, self.behaviour, self.ledger, self.journal, self._stopping)
            for words, key in ((Apixo(), api_key), (Modellix(), modellix_api_key))
        ]
        self.files = Files(self.behaviour, self.ledger, self.journal, self._stopping)
        callbacks = {api.words.provider: api.callbacks for api in self._apis}
        self._control = Control(self.behaviour, self.ledger, self.journal, callbacks, self.files)
        self._server = Server((host, port), self._handler())
        self.url = f"http://{host}:{self._server.server_address[1]}"
        self.base_url = self.url + BASE_PATH
        for api in self._apis:
            api.words.origin = self.url

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
                self.entry, self.more_headers = None, {}
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
        base = BASE_PATH.strip("/").split("/")
        match exchange.parts:
            case ["_simulator", *path] if path:
                self._control.handle(exchange, path)
            case ["files", *path]:
                self.files.handle(exchange, path)
            case parts if parts[: len(base)] == base:
                if not any(api.handle(exchange, parts[len(base) :]) for api in self._apis):
                    exchange.read_body()
                    refuse(exchange, self._apis[0].words, 404)
            case _:
                exchange.read_body()
                exchange.answer(404, b"not found", "text/plain")
