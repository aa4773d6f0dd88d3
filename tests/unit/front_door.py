"""The door that callbacks come through: real keys, and every other port counted."""

import json
from collections import Counter
from typing import Any

from reelhook.adapters.ssm import SsmCallbackKeys, SsmSecrets
from reelhook.domain.callback import Callback
from reelhook.domain.catalog import Catalog
from reelhook.domain.time import SECOND
from reelhook.domain.token import SigningKey
from reelhook.domain.video import State
from reelhook.use_cases.callbacks import Callbacks
from reelhook.use_cases.confirmation import Confirmation
from reelhook.use_cases.copying import CopyTools
from reelhook.use_cases.transfer import InlineTransfer, Transfers
from tests.builders import LINK, NOW, TIMING, VIDEO_ID, a_video, a_video_id, an_mp4
from tests.counted import Counted
from tests.fakes import (
    CountingRandomness,
    FakeProvider,
    InMemoryMedia,
    InMemoryVideos,
    ManualClock,
    RecordingJournal,
    RecordingTransferQueue,
    StaticResults,
)
from tests.hostile_tokens import Address, Forger
from tests.parameter_store import written

RETIRED, PREVIOUS, CURRENT = (SigningKey(f"k{number}", bytes([number]) * 32) for number in (1, 2, 3))
FORGER = Forger(CURRENT, RETIRED, "prod", VIDEO_ID, a_video_id(7), NOW)


class Ssm:
    """Parameter Store: two keys are active, a third was retired."""

    def get_parameter(self, **_asked: Any) -> dict[str, Any]:
        return {"Parameter": {"Value": written(CURRENT, PREVIOUS)}}


class Door:
    """ReceiveCallback's use case, with every port counted and the real keys behind it."""

    def __init__(self) -> None:
        self.clock, self.journal, self.calls = ManualClock(NOW), RecordingJournal(), Counter[str]()
        videos = InMemoryVideos()
        videos.plant(a_video(State.SUBMITTED))
        ports: dict[str, Any] = {
            "videos": videos,
            "provider": FakeProvider(),
            "results": StaticResults({LINK: an_mp4()}),
            "media": InMemoryMedia(),
            "queue": RecordingTransferQueue(),
            "ssm": Ssm(),
        }
        counted: dict[str, Any] = {name: Counted(name, target, self.calls) for name, target in ports.items()}
        providers = {"apixo": counted["provider"]}
        confirmation = Confirmation(
            counted["videos"], providers, Catalog((), TIMING), self.clock, self.journal, 0
        )
        tools = CopyTools(
            counted["videos"],
            counted["results"],
            counted["media"],
            lambda: confirmation,
            self.clock,
            self.journal,
        )
        transfers = Transfers(tools, counted["queue"], CountingRandomness(), 0)
        keys = SsmCallbackKeys(SsmSecrets(counted["ssm"], "/reelhook/prod"), self.clock)
        self._callbacks = Callbacks(
            counted["videos"],
            providers,
            keys,
            confirmation,
            InlineTransfer(transfers, self.clock, 18),
            self.clock,
            self.journal,
            FORGER.stage,
        )

    def knock(self, address: Address) -> int:
        """One delivery there, with a body that would be worth reading; how it is answered."""
        body = json.dumps({"taskId": "task-1", "state": "success"})
        callback = Callback(address.provider, address.video_id, address.token, {}, body, is_base64=False)
        return self._callbacks.receive(callback, self.clock() + 28 * SECOND)
