"""The judge answers for whatever JSON it is shown, and never raises."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.provider.contract import PROVIDERS, contract_of
from sandbox.provider.judging import complaints

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
MODELS = [(provider, model) for provider in PROVIDERS for model in contract_of(provider).models]


@settings(max_examples=60, deadline=None)
@given(named=st.sampled_from(MODELS), data=st.data())
def test_any_json_is_judged(named: tuple[str, str], data: st.DataObject) -> None:
    provider, model = named
    names = sorted(contract_of(provider).models[model]["input"])
    fields: dict[str, Any] = data.draw(st.dictionaries(st.sampled_from(names), JSON))
    around = data.draw(JSON)
    for body in (
        fields,
        {"input": fields},
        {"request_type": around, "callback_url": around, "input": fields},
        around,
    ):
        told = complaints(provider, model, body)
        assert all(isinstance(each, str) for each in told)
        assert told == complaints(provider, model, body)
