"""What `make build` makes of what SAM built: compiled, lean, within Lambda's limits, and the same each time."""

import importlib.util
import os
import ssl
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

import botocore
import pytest
import yaml

from operations import smoke
from operations.build import authorities, build, bytecode, libraries
from operations.build.layout import Layout
from operations.build.sizes import LIMIT, Sizes
from operations.errors import OperationError

# What `sam build` writes of a function and a layer, as far as it matters here.
BUILT = {
    "Function": {
        "Type": "AWS::Serverless::Function",
        "Properties": {"CodeUri": "Function", "Handler": "handled.handler"},
    },
    "Ours": {"Type": "AWS::Serverless::LayerVersion", "Properties": {"ContentUri": "Ours"}},
    "Theirs": {"Type": "AWS::Serverless::LayerVersion", "Properties": {"ContentUri": "Theirs"}},
    "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {}},
}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    for file in ("Function/handled.py", "Ours/python/ours/__init__.py", "Theirs/python/theirs/deep/er.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("VALUE = 'as built'\n")
    (tmp_path / "template.yaml").write_text(yaml.safe_dump({"Resources": BUILT}))
    return tmp_path


def loaded(module: Path) -> SourceFileLoader:
    return SourceFileLoader("module", str(module))


def value(module: Path) -> str:
    spec = importlib.util.spec_from_loader("module", loaded(module))
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    found: str = made.VALUE
    return found


def test_bytecode_is_taken_whatever_became_of_its_sources_times(built: Path) -> None:
    module = built / "Ours" / "python" / "ours" / "__init__.py"
    bytecode.compile_all(built / "Ours" / "python", "/opt/python")

    os.utime(module, (315_532_800, 315_532_800))  # 1980, as packers write it
    assert value(module) == "as built"
    module.write_text("VALUE = 'looked at the source'\n")
    assert value(module) == "as built"


def test_a_traceback_names_the_file_where_lambda_shows_it(built: Path) -> None:
    bytecode.compile_all(built / "Theirs" / "python", "/opt/python")

    compiled = built / "Theirs" / "python" / "theirs" / "deep" / "__pycache__" / "er.cpython-313.pyc"
    assert b"/opt/python/theirs/deep/er.py" in compiled.read_bytes()
    assert str(built).encode() not in compiled.read_bytes()


def test_what_lambda_would_have_to_compile_is_found(built: Path) -> None:
    for mount, folder in Layout(built).mounted():
        bytecode.compile_all(folder, mount)
    assert [module for _, folder in Layout(built).mounted() for module in bytecode.stale(folder)] == []

    ours, theirs = built / "Ours/python/ours/__init__.py", built / "Theirs/python/theirs/deep/er.py"
    timed = Path(importlib.util.cache_from_source(str(ours)))
    timed.write_bytes(
        bytecode.MAGIC + bytes(4) + timed.read_bytes()[8:]
    )  # PEP 552: compared by time and size
    Path(importlib.util.cache_from_source(str(theirs))).unlink()

    assert list(bytecode.stale(built)) == [ours, theirs]
    with pytest.raises(OperationError, match=r"2 modules.*ours/__init__\.py"):
        smoke.check_bytecode(Layout(built))


def test_a_module_that_does_not_compile_ends_the_build(built: Path) -> None:
    (built / "Function" / "handled.py").write_text("def handler(:\n")

    with pytest.raises(OperationError, match="does not compile"):
        bytecode.compile_all(built / "Function", "/var/task")


def test_another_python_may_not_compile_what_ships(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "MAGIC_NUMBER", b"\x12\x34\r\n")

    with pytest.raises(OperationError, match=r"Python 3\.13 has to"):
        bytecode.compile_all(built / "Function", "/var/task")


def test_a_function_finds_its_own_code_before_the_layers(built: Path) -> None:
    layout = Layout(built)

    assert layout.search_path("Function") == [
        built / "Function",
        built / "Ours/python",
        built / "Theirs/python",
    ]
    assert layout.handlers == {"Function": "handled.handler"}
    assert {folder: mount for mount, folder in layout.mounted()}[built / "Function"] == "/var/task"
    with pytest.raises(OperationError, match="holds botocore"):
        layout.package("botocore")


def test_awss_own_authorities_are_cut_from_botocores_bundle_and_can_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "adapters").mkdir()
    authorities.cut(Path(botocore.__file__).parent, tmp_path)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(tmp_path / "adapters" / "amazon-roots.pem")
    subjects: list[Any] = [found["subject"] for found in context.get_ca_certs()]
    names = {dict(part[0] for part in subject)["commonName"] for subject in subjects}
    assert names == {  # https://www.amazontrust.com/repository: "all five of the above roots"
        "Amazon Root CA 1",
        "Amazon Root CA 2",
        "Amazon Root CA 3",
        "Amazon Root CA 4",
        "Starfield Services Root Certificate Authority - G2",
    }


def test_a_bundle_without_one_of_them_ends_the_build(tmp_path: Path) -> None:
    whole = (Path(botocore.__file__).parent / "cacert.pem").read_text()
    (tmp_path / "cacert.pem").write_text(whole.replace('"Amazon Root CA 3"', '"Another"'))

    with pytest.raises(OperationError, match="does not hold Amazon Root CA 3"):
        authorities.cut(tmp_path, tmp_path)


def test_of_a_library_its_name_version_and_licence_stay(tmp_path: Path) -> None:
    kept = ("lib-1.0.dist-info/METADATA", "lib-1.0.dist-info/licenses/LICENSE", "lib/__init__.py")
    dropped = ("lib-1.0.dist-info/RECORD", "lib-1.0.dist-info/WHEEL", "lib/tests/test_lib.py", "bin/lib")
    for name in (*kept, *dropped, "lib-1.0.data/scripts/lib.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    libraries.trim(tmp_path)

    assert {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()} == set(kept)


def test_more_than_lambda_takes_ends_the_build(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Sizes(Layout(built))
    with (built / "Theirs" / "python" / "large.so").open("wb") as library:
        library.truncate(LIMIT)

    with pytest.raises(OperationError, match="250 MB"):
        Sizes(Layout(built)).tell(before)

    assert "Theirs                  0.0 MB ->  250.0 MB" in capsys.readouterr().out


def test_what_sam_could_not_build_is_not_finished(tmp_path: Path) -> None:
    finished: list[Path] = []

    with pytest.raises(OperationError, match="sam build"):
        build(folder=tmp_path, run_sam=lambda *_, **__: 1, finish=finished.append)

    assert finished == []
