"""What the emulator deploys is our template, part by part, and says so where it is not."""

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sandbox.archive import zipped
from sandbox.http_api import expand, route_keys
from sandbox.intrinsics import Values
from sandbox.runtime import environment_of
from sandbox.template import for_emulator, package, read, transform
from tests.template import FUNCTIONS, ROOT, transformed

EMULATED = for_emulator(transformed(), {"Api": "a1", "CallbackApi": "a2"})


def of_type(kind: str) -> dict[str, Any]:
    return {name: each for name, each in EMULATED["Resources"].items() if each["Type"] == kind}


def test_every_operation_of_an_api_becomes_a_route() -> None:
    for api in ("Api", "CallbackApi"):
        paths = transformed()["Resources"][api]["Properties"]["Body"]["paths"]
        operations = sum(len(methods) for methods in paths.values())

        assert len(route_keys(EMULATED, api)) == operations
    assert "POST /v1/videos" in route_keys(EMULATED, "Api")
    assert "$default" in route_keys(EMULATED, "Api")
    assert route_keys(EMULATED, "CallbackApi") == ["POST /v1/callbacks/{provider}/{video_id}/{token}"]


def test_the_transformed_template_is_left_as_it_was() -> None:
    assert "Body" in transformed()["Resources"]["Api"]["Properties"]
    assert transformed()["Resources"]["SubmitVideo"]["Properties"]["Runtime"] == "python3.13"


def test_every_function_is_run_by_our_runtime() -> None:
    functions = of_type("AWS::Lambda::Function")

    assert sorted(functions) == sorted(FUNCTIONS)
    assert {each["Properties"]["Runtime"] for each in functions.values()} == {"provided.al2023"}


def test_only_statements_on_tls_are_left_out() -> None:
    policies = of_type("AWS::S3::BucketPolicy") | of_type("AWS::SQS::QueuePolicy")

    assert "aws:SecureTransport" in str(transformed())
    assert "aws:SecureTransport" not in str(EMULATED)
    assert all(each["Properties"]["PolicyDocument"]["Statement"] for each in policies.values())


def test_an_authorizer_is_not_dropped_in_silence() -> None:
    body: dict[str, Any] = {"paths": {}, "components": {"securitySchemes": {"Own": {}}}}
    with pytest.raises(NotImplementedError, match="authorizers"):
        expand({"Api": {"Properties": {"Body": body}}}, "Api", None)


def test_the_archive_of_the_functions_holds_them_and_the_bootstrap() -> None:
    template, archives = package(read(ROOT), ROOT, "bucket")
    key = template["Globals"]["Function"]["CodeUri"].removeprefix("s3://bucket/")

    with zipfile.ZipFile(io.BytesIO(archives[key])) as archive:
        names = archive.namelist()
        assert archive.getinfo("bootstrap").external_attr >> 16 == 0o755
    assert "submit_video.py" in names
    assert not [name for name in names if "__pycache__" in name]


def test_an_archive_depends_on_its_content_alone(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("1")
    first = zipped(tmp_path, "python/", {})
    os.utime(tmp_path / "one.py", (1, 1))

    assert zipped(tmp_path, "python/", {}) == first


@pytest.mark.parametrize(
    ("handler", "by_tls"),
    [
        ("receive_callback.handler", True),
        ("transfer_video.handler", True),
        ("videos.handler", False),
        ("submit_video.handler", False),
    ],
)
def test_only_functions_that_transfer_reach_s3_over_tls(handler: str, by_tls: bool) -> None:
    given = {"_HANDLER": handler, "SANDBOX_S3": "https://s3", "SANDBOX_CA": "/ca.pem"}
    found = environment_of(given)

    s3 = found.get("AWS_ENDPOINT_URL_S3"), found.get("AWS_CA_BUNDLE")
    assert s3 == (("https://s3", "/ca.pem") if by_tls else (None, None))


TEMPLATE = {
    "Conditions": {
        "Wanted": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Count"}, 0]}]},
        "Both": {"Fn::And": [{"Condition": "Wanted"}, {"Fn::Equals": ["a", "a"]}]},
        "Either": {"Fn::Or": [{"Condition": "Wanted"}, {"Fn::Equals": ["a", "b"]}]},
    }
}


@pytest.mark.parametrize(
    ("origins", "expected"),
    [("", None), ("https://a.test,https://b.test", ["https://a.test", "https://b.test"])],
)
def test_who_may_ask_from_a_web_page_is_worked_out_as_sam_writes_it(
    origins: str, expected: list[str] | None
) -> None:
    packaged, _ = package(read(ROOT), ROOT, "artifacts")
    template = for_emulator(transform(packaged, "eu-west-1", {"CorsAllowOrigins": origins}), {})
    cors = template["Resources"]["Api"]["Properties"]["CorsConfiguration"]

    found = Values(template, {"CorsAllowOrigins": origins}).resolve(cors)

    assert (found and found["AllowOrigins"]) == expected


@pytest.mark.parametrize(("count", "expected"), [("0", None), ("3", "3")])
def test_a_setting_under_a_condition_is_worked_out(count: str, expected: str | None) -> None:
    values = Values(TEMPLATE, {"Count": count})
    setting = {"Fn::If": ["Both", {"Ref": "Count"}, {"Ref": "AWS::NoValue"}]}

    assert values.resolve(setting) == expected
    assert values.holds("Either") is (expected is not None)
    assert values.resolve({"Kept": [1, setting], "Gone": {"Ref": "AWS::NoValue"}}) == {
        "Kept": [1] if expected is None else [1, "3"]
    }


def test_a_setting_that_cannot_be_worked_out_stops_the_start() -> None:
    with pytest.raises(NotImplementedError, match="Fn::ImportValue"):
        Values({}, {}).resolve({"Fn::ImportValue": "x"})
