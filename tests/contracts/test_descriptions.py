"""What an adapter asks of AWS is held against AWS's own description in every test here; production does not check again."""

from typing import Any

import pytest
from botocore.exceptions import ParamValidationError

from reelhook.adapters.clients import dynamodb_client, events_client, s3_client, sqs_client, ssm_client
from tests.contracts.aws import dynamo_client


@pytest.mark.usefixtures("_aws")
@pytest.mark.parametrize(
    "make", [dynamo_client, dynamodb_client, events_client, s3_client, sqs_client, ssm_client]
)
def test_a_word_that_aws_does_not_know_ends_a_test(make: Any) -> None:
    client = make()
    operation = client.meta.service_model.operation_names[0]

    with pytest.raises(ParamValidationError, match="NoSuchWord"):
        client._make_api_call(operation, {"NoSuchWord": "x"})
