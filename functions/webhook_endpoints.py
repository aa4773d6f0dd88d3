"""Api /v1/webhook_endpoints/...: where owners say who is to be told of their videos, and see what was sent."""

from reelhook.api.resolver import resolver
from reelhook.api.webhook_routes import add_webhook_routes
from reelhook.observability import PowertoolsJournal, instrumented
from reelhook.wiring.webhook_endpoints import production

app = resolver(PowertoolsJournal())
add_webhook_routes(app, lambda: production())  # looked up anew each time, as in every handler
handler = instrumented(app.resolve)
