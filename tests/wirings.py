"""The wiring of each function, by the function's name."""

from reelhook.wiring import (
    deliver_webhooks,
    dispatch_videos,
    publish_events,
    receive_callback,
    reconcile_videos,
    submit_drop,
    submit_video,
    transfer_video,
    videos,
    webhook_endpoints,
)
from reelhook.wiring.base import Wiring

MODULES = {
    "SubmitVideo": submit_video,
    "Videos": videos,
    "ReceiveCallback": receive_callback,
    "TransferVideo": transfer_video,
    "SubmitDrop": submit_drop,
    "DispatchVideos": dispatch_videos,
    "PublishEvents": publish_events,
    "WebhookEndpoints": webhook_endpoints,
    "DeliverWebhooks": deliver_webhooks,
    "ReconcileVideos": reconcile_videos,
}


WIRINGS: dict[str, type[Wiring]] = {name: getattr(module, name) for name, module in MODULES.items()}


def forget() -> None:
    """As if every function started anew."""
    for module in MODULES.values():
        module.production.cache_clear()
