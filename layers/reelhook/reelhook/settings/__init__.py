"""The environment of a function, read where it is needed: what is missing or wrong is named."""

from reelhook.settings.access import Access
from reelhook.settings.models import Models
from reelhook.settings.providers import Providers
from reelhook.settings.storage import Storage
from reelhook.settings.telling import Telling
from reelhook.settings.transfers import Transfers


class Settings(Access, Models, Providers, Storage, Telling, Transfers):
    """One property per variable; `template.yaml` sets them all, and a test compares the two."""
