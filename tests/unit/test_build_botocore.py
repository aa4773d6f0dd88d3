"""What ships of botocore's data makes the same requests, reads the same answers and finds the same hosts as all of it."""

import ast
import io
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import botocore
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError, EndpointVariantError
from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, OperationModel, ServiceModel, Shape, StructureShape
from botocore.regions import EndpointResolver
from botocore.serialize import create_serializer
from botocore.session import Session

from operations.build.botocore_data import trim, undocumented
from operations.build.services import services_of
from operations.errors import OperationError
from operations.sam import ROOT

INSTALLED = Path(botocore.__file__).parent
SERVICES = {"dynamodb", "events", "s3", "sqs", "ssm"}
WHOLE = Loader()
NOT_ASKED = {"documentation", "documentationUrl"}


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Loader:
    """Reads a trimmed copy, and nothing else."""
    package = tmp_path_factory.mktemp("packages") / "botocore"
    for name in (*SERVICES, "sts", "ec2"):
        shutil.copytree(INSTALLED / "data" / name, package / "data" / name)
    for file in (INSTALLED / "data").glob("*.json"):
        shutil.copy(file, package / "data")
    trim(package, SERVICES)
    trim(package, SERVICES)  # as a second build does where nothing has changed
    return Loader(extra_search_paths=[str(package / "data")], include_default_search_paths=False)


def model(loader: Loader, service: str) -> ServiceModel:
    return ServiceModel(loader.load_service_model(service, "service-2"), service)


def test_the_services_that_ship_are_those_that_the_code_makes_clients_of() -> None:
    assert services_of(ROOT / "functions", ROOT / "layers") == SERVICES


@pytest.mark.parametrize(
    "code", ["boto3.client(name)", "session.client(*names)", "make.client()", 'boto3.resource("s3")']
)
def test_a_client_whose_data_would_be_missing_ends_the_build(code: str, tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(f'boto3.client("s3")\n{code}\n')

    with pytest.raises(OperationError, match=r"module\.py:2 makes a"):
        services_of(tmp_path)


def test_a_service_is_found_however_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(
        'a = boto3.client("s3")\nb = session.create_client(region_name="x", service_name="sqs")\n'
    )

    assert services_of(tmp_path) == {"s3", "sqs"}


def test_a_service_that_botocore_does_not_know_ends_the_build(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()

    with pytest.raises(OperationError, match="no service sqs"):
        trim(tmp_path, {"sqs"})


def test_nothing_is_left_of_other_services_examples_and_gzip(lean: Loader) -> None:
    (data,) = map(Path, lean.search_paths)

    assert {folder.name for folder in data.iterdir() if folder.is_dir()} == SERVICES
    assert [file.name for file in data.rglob("*") if file.suffix == ".gz" or "examples" in file.name] == []
    assert sum(file.stat().st_size for file in data.rglob("*.json")) < 2 << 20


def test_a_member_that_is_called_documentation_stays() -> None:
    shape = {"documentation": "What it is.", "members": {"documentation": {"shape": "Text"}}}

    assert undocumented([shape]) == [{"members": {"documentation": {"shape": "Text"}}}]


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_operation_is_there_with_the_same_shapes(service: str, lean: Loader) -> None:
    whole, trimmed = model(WHOLE, service), model(lean, service)

    assert trimmed.operation_names == whole.operation_names
    assert trimmed.metadata == whole.metadata
    for name in whole.operation_names:
        ours, theirs = trimmed.operation_model(name), whole.operation_model(name)
        assert said(ours) == said(theirs)
        for one, other in ((ours.input_shape, theirs.input_shape), (ours.output_shape, theirs.output_shape)):
            assert structure(one) == structure(other)
        assert [structure(shape) for shape in ours.error_shapes] == [
            structure(shape) for shape in theirs.error_shapes
        ]


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_operation_that_the_code_calls_is_serialized_alike(service: str, lean: Loader) -> None:
    whole, trimmed = model(WHOLE, service), model(lean, service)
    called = [name for name in whole.operation_names if _snake(name) in methods()]
    assert called

    for name in called:
        request = serialized(whole, name)
        assert request["method"] in ("DELETE", "GET", "HEAD", "POST", "PUT")
        assert serialized(trimmed, name) == request


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_call_of_the_code_leaves_alike_and_its_answer_is_read_alike(service: str, lean: Loader) -> None:
    called = [name for name in model(WHOLE, service).operation_names if _snake(name) in methods()]

    sent = [{name: leaving(client, name) for name in called} for client in clients(service, lean)]

    assert sent[0] == sent[1]
    for url, _, _, _ in sent[0].values():
        assert re.match(r"https://[a-z0-9.-]+\.eu-west-1\.amazonaws\.com/", url)


@pytest.mark.parametrize(
    ("kind", "services"),
    [
        ("paginators-1", SERVICES),
        ("waiters-2", {"dynamodb", "s3", "ssm"}),
    ],  # the others have none to wait for
)
def test_pages_and_waits_are_the_same(kind: str, services: set[str], lean: Loader) -> None:
    assert set(lean.list_available_services(kind)) == services
    for service in services:
        assert undocumented(WHOLE.load_service_model(service, kind)) == lean.load_service_model(service, kind)


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_region_of_every_partition_has_the_same_hosts(service: str, lean: Loader) -> None:
    prefix = model(WHOLE, service).endpoint_prefix
    whole, trimmed = (EndpointResolver(loader.load_data("endpoints")) for loader in (WHOLE, lean))
    ours, theirs = (rules(loader, service) for loader in (lean, WHOLE))
    partitions = whole.get_available_partitions()
    assert {"aws", "aws-cn", "aws-us-gov"} <= set(partitions) == set(trimmed.get_available_partitions())

    seen = set()
    for partition in partitions:
        assert trimmed.get_partition_dns_suffix(partition) == whole.get_partition_dns_suffix(partition)
        for region in regions(partition):
            assert trimmed.get_partition_for_region(region) == partition
            for fips, dual in ((False, False), (True, False), (False, True), (True, True)):
                modeled = [modeled_host(each, prefix, region, fips, dual) for each in (whole, trimmed)]
                assert modeled[0] == modeled[1]
                asked = {"Region": region, "UseFIPS": fips, "UseDualStack": dual}
                host = resolved(theirs, asked)
                assert resolved(ours, asked) == host
                seen.add(host)
    assert len(seen) > 100  # or nothing was compared


def test_retries_defaults_and_partitions_are_the_same(lean: Loader) -> None:
    for name in ("_retry", "sdk-default-configuration", "partitions"):
        assert lean.load_data(name) == undocumented(WHOLE.load_data(name))


def clients(service: str, lean: Loader) -> Iterator[Any]:
    """A client by all of botocore's data and one by the lean."""
    for loader in (WHOLE, lean):
        session = Session()
        session.register_component("data_loader", loader)
        session.set_credentials("AKIATEST", "secret")
        yield session.create_client(service, region_name="eu-west-1", verify=False)


def leaving(client: Any, operation: str) -> tuple[str, str, object, Any]:
    """The request of a call that goes through all of botocore: its address, method and body; and what is read of "nothing"."""
    sent: list[AWSPreparedRequest] = []

    def answered(request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        sent.append(request)
        return AWSResponse(request.url, 200, HTTPHeaders(), NoBody())

    client.meta.events.register("before-send", answered)
    filled = example(client.meta.service_model.operation_model(operation).input_shape)
    filled.pop("EndpointId", None)  # of EventBridge: it asks for another kind of signature
    told = getattr(client, _snake(operation))(**filled)
    client.meta.events.unregister("before-send", answered)
    told.pop("Body", None)  # a stream
    (request,) = sent
    body: Any = request.body
    body = body.read() if hasattr(body, "read") else body
    return request.url, request.method, body, told


class NoBody(io.BytesIO):
    """As urllib3 gives it."""

    def stream(self, *_: Any, **__: Any) -> Iterator[bytes]:
        yield from ()


def regions(partition: str) -> Iterator[str]:
    """Every region that botocore has heard of."""
    for known in WHOLE.load_data("endpoints")["partitions"]:
        if known["partition"] == partition:
            yield from known["regions"]


def rules(loader: Loader, service: str) -> EndpointProvider:
    ruleset = loader.load_service_model(service, "endpoint-rule-set-1")
    return EndpointProvider(ruleset, loader.load_data("partitions"))


def modeled_host(resolver: EndpointResolver, prefix: str, region: str, fips: bool, dual: bool) -> object:
    try:
        return resolver.construct_endpoint(
            prefix, region, use_fips_endpoint=fips, use_dualstack_endpoint=dual
        )
    except EndpointVariantError as error:
        return str(error)


def resolved(provider: EndpointProvider, asked: dict[str, Any]) -> str:
    try:
        return str(provider.resolve_endpoint(**asked)._asdict())
    except EndpointProviderError as error:
        return str(error)


@cache
def methods() -> set[str]:
    """The names of all methods that the code that ships calls."""
    modules = [*(ROOT / "functions").glob("*.py"), *(ROOT / "layers").rglob("*.py")]
    nodes = [node for module in modules for node in ast.walk(ast.parse(module.read_text()))]
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def _snake(operation: str) -> str:
    return botocore.xform_name(operation)


def serialized(service: ServiceModel, operation: str) -> dict[str, Any]:
    """The request for an operation with every member filled in."""
    asked = service.operation_model(operation)
    filled = example(asked.input_shape) if asked.input_shape else {}
    serializer = create_serializer(service.metadata["protocol"], include_validation=True)
    request: dict[str, Any] = serializer.serialize_to_request(filled, asked)
    return request


def example(shape: Shape, depth: int = 6) -> Any:
    """A value of this shape; deeper than that, recursive shapes are empty."""
    match shape:
        case StructureShape():
            members = {
                name: member
                for name, member in shape.members.items()
                if depth or name in shape.required_members
            }
            if shape.is_tagged_union:
                members = dict(list(members.items())[:1])
            return {name: example(member, max(depth - 1, 0)) for name, member in members.items()}
        case ListShape():
            return [example(shape.member, depth - 1)] if depth else []
        case MapShape():
            return {"key": example(shape.value, depth - 1)} if depth else {}
    plain: dict[str, Any] = {
        "boolean": True,
        "blob": b"blob",
        "timestamp": 1_700_000_000,
        "integer": 1,
        "long": 1,
        "float": 1.5,
        "double": 1.5,
    }
    return plain.get(shape.type_name, "a-text")


def said(operation: OperationModel) -> dict[str, Any]:
    """What the model says of an operation itself."""
    known: dict[str, Any] = vars(operation)["_operation_model"]
    return {name: value for name, value in known.items() if name not in NOT_ASKED} | {
        "input": known.get("input", {}).get("shape"),
        "output": known.get("output", {}).get("shape"),
        "errors": [error["shape"] for error in known.get("errors", [])],
    }


def structure(shape: Shape | None, above: tuple[str, ...] = ()) -> Any:
    """What is written and read by: types, names on the wire, members, what is required, and so on down."""
    if shape is None or shape.name in above:
        return shape and shape.name
    above = (*above, shape.name)
    own = (shape.type_name, shape.name, shape.serialization, shape.metadata)
    match shape:
        case StructureShape():
            members = {name: structure(member, above) for name, member in shape.members.items()}
            return (*own, members, shape.error_code, shape.is_tagged_union)
        case ListShape():
            return (*own, structure(shape.member, above))
        case MapShape():
            return (*own, structure(shape.key, above), structure(shape.value, above))
    return (*own, getattr(shape, "enum", None))
