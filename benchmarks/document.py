"""docs/performance.md and what lies beside it: written from the kept tables, so that no figure in it is typed by hand."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.rounds import ROOT
from benchmarks.tables import Table, markdown

DOCUMENT = ROOT / "docs" / "performance.md"
FOLDER = ROOT / "docs" / "performance"
PARTS = {
    "transfer": "Moving a video: provider to bucket",
    "network": "Moving a video: through slow connections",
    "cold": "Cold starts and calls",
    "sweep": "Memory, and the share of a processor that comes with it",
    "pipeline": "From callback to stored, on one machine",
}
HEAD = """# Performance

Reelhook's own code beside what people use instead, measured in one run. This page is written by `make bench`: every figure
comes from a file in [performance/](performance/), which holds the raw runs too. [How it is measured, and what that cannot
tell](../benchmarks/README.md).

The ratios are what to read: the median, over the rounds, of a case's figure divided by the reference's in the same round.
Seconds, and everything per second, are this machine's alone; servers and client share its cores and there is no network
between them. Nothing here was measured on AWS.
"""


def keep(table: Table) -> dict[str, Any]:
    """Writes a table's JSON and figure; what was kept."""
    from benchmarks.charts import drawn  # only here: whoever judges figures needs no pictures

    kept = table.kept()
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{table.name}.json").write_text(_json(kept))
    (FOLDER / f"{table.name}.svg").write_text(drawn(kept))
    return kept


def write() -> None:
    """The document, from every table that was ever kept."""
    found = [json.loads(file.read_text()) for file in sorted(FOLDER.glob("*.json"))]
    tables = [kept for kept in found if "part" in kept]
    DOCUMENT.write_text("\n".join([HEAD, *_goals(tables), *_parts(tables), *_machines(tables)]))


def _goals(tables: Iterable[dict[str, Any]]) -> list[str]:
    goals = [goal for kept in tables for goal in kept["goals"]]
    missed = [f"- {goal['text']}" for goal in goals if not goal["met"]]
    told = [f"{len(goals) - len(missed)} of {len(goals)} goals are met."]
    return [
        *told,
        *(["Missed ([why](../benchmarks/README.md#what-is-missed-and-why)):", "", *missed] if missed else []),
        "",
    ]


def _parts(tables: list[dict[str, Any]]) -> Iterable[str]:
    for part, title in PARTS.items():
        of_part = [kept for kept in tables if kept["part"] == part]
        if of_part:
            yield f"## {title}\n"
        for kept in of_part:
            yield _section(kept)


def _section(kept: dict[str, Any]) -> str:
    return f"""### {kept["title"]}

{kept["about"]}

{markdown(kept)}

![{kept["title"]}: {kept["drawn"]}](performance/{kept["name"]}.svg)

`{kept["command"]}`{_rounds(kept)}.
"""


def _rounds(kept: dict[str, Any]) -> str:
    """How often, where every case ran as often, and what the ratios are to, where there are any."""
    numbers = {len(runs) for runs in kept["runs"].values()}
    often = f"; {kept['rounds']} runs of each case" if len(numbers) == 1 else ""
    compared = any(heading.endswith("ratio") for heading in kept["digits"])
    return often + (f"; ratios are to *{kept['reference']}*" if compared else "")


def _machines(tables: Iterable[dict[str, Any]]) -> Iterable[str]:
    """What each table was measured on; one line if it was one machine."""
    on: dict[str, list[str]] = {}
    for kept in tables:
        on.setdefault("; ".join(kept["machine"].values()), []).append(kept["name"])
    yield "## Measured on\n"
    for machine, names in on.items():
        yield f"- {machine}" + (f" ({', '.join(names)})" if len(on) > 1 else "")
    yield ""


def _json(kept: dict[str, Any]) -> str:
    """Indented, but each raw run in a line of its own."""
    head = json.dumps({name: value for name, value in kept.items() if name != "runs"}, indent=1)
    cases = (
        f"  {json.dumps(case)}: [\n   " + ",\n   ".join(json.dumps(run) for run in runs) + "\n  ]"
        for case, runs in kept["runs"].items()
    )
    return head.removesuffix("\n}") + ',\n "runs": {\n' + ",\n".join(cases) + "\n }\n}\n"


def relative(path: Path) -> str:
    """A path as this project's reader knows it."""
    return str(path.relative_to(ROOT))
