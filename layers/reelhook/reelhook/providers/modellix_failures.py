"""Modellix's words for what went wrong: no codes of its own, but a message that begins with one of these.

Its pages show them in HTTP errors (`"<Category>: <detail>"`) and say nothing about failed tasks.
"""

from reelhook.providers.errors import ACCOUNT, BUSY, MODEL, REQUEST, TIMEOUT
from reelhook.providers.failures import Codes

# What a message begins with; normalised: letters and digits only, lower case.
CODES: Codes = {
    # "API" page, error table, and its older sibling "Error handling"
    "invalidparameter": REQUEST,
    "missingrequired": REQUEST,
    "invalidformat": REQUEST,
    "valueoutofrange": REQUEST,
    "authenticationfailed": ACCOUNT,
    "resourcenotfound": MODEL,
    "ratelimitexceeded": BUSY,
    "concurrentlimitexceeded": BUSY,
    # ends of tasks that are called by their state alone
    "expired": TIMEOUT,
    "timeout": TIMEOUT,
}
