"""Api /v1/videos/..., all but the submit: the models, lists, a video, its content, canceling and deleting; /v1/uploads; and the
API's own pages.
"""

from reelhook.api.pages import add_page_routes
from reelhook.api.resolver import resolver
from reelhook.api.upload_routes import add_upload_routes
from reelhook.api.video_routes import add_video_routes
from reelhook.observability import PowertoolsJournal, instrumented
from reelhook.wiring.videos import production

app = resolver(PowertoolsJournal())
add_page_routes(app)
add_upload_routes(app, lambda: production())
add_video_routes(app, lambda: production())  # looked up anew each time, as in every handler
handler = instrumented(app.resolve)
