"""Each rule that the linters do not know has a test of its own; and the few rules that had none."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.template import ROOT, properties, source

ROWS = {
    "a function behind an API ends within 28 s": "a_function_behind_an_api_ends_before_the_gateway_hangs_up",
    "a message is hidden six transfers long": "a_message_stays_hidden_at_least_six_transfers_long",
    "five crashes, then dead letters, kept 14 days": "a_message_that_crashes_five_transfers_is_kept_longer",
    "one message at a time, failures reported": "transfers_come_one_at_a_time_report_their_failures",
    "transfers leave room for callbacks": "transfers_come_one_at_a_time_report_their_failures",
    "callbacks may have executions of their own": "callbacks_can_have_executions_of_their_own_but_need_not",
    "buckets: private, encrypted, versioned": "a_bucket_is_private_encrypted_versioned_and_its_owners_alone",
    "buckets and queues: TLS only": "a_bucket_refuses_plain_http the_queues_refuse_plain_http",
    "buckets: unfinished uploads and old versions go": "a_bucket_drops_what_a_killed_transfer_left",
    "the media bucket notifies nobody": "storing_a_video_sets_nothing_off",
    "tables: recovery, encryption, TTL": "a_table_is_encrypted_recoverable_and_paid_by_use",
    "indexes are sparse": "an_index_holds_only_what_is_open_to_it",
    "tables and buckets outlive the stack": "what_was_paid_for_outlives_the_stack",
    "retention drives the files": "videos_expire_only_if_a_retention_is_set",
    "only what a client deleted is deleted": "only_the_reconciler_may_delete_an_object_no_version_of_it_and_nobody_a_record",
    "no web page asks unless it is named": "web_pages_may_ask_and_read_only_if_they_are_named",
    "access logs name the route, not the path": "the_access_logs_name_the_route_and_never_path_or_query",
    "log groups forget": "every_log_group_has_the_chosen_retention",
    "webhooks go to public addresses": "no_origin_is_exempt_from_the_webhooks_rule_unless_it_is_listed",
    "no star": "nothing_is_allowed_by_a_star",
    "own roles, no ready-made policies": "a_function_has_a_role_of_its_own no_role_carries_a_ready_made_policy",
    "no secret in a setting": "no_setting_holds_a_secret no_secret_comes_by_the_template",
    "the reconciler comes every minute": "a_tick_comes_every_minute",
    "an alarm for each symptom": "these_are_all_the_alarms",
    "alarms on metrics that are written": "the_alarm_watches_what_is_written_when_it_happens_and_the_log_names_it",
    "alarms: plain, addressed": "an_alarm_is_plain_says_what_to_do_and_reaches_whoever_asked",
    "tracing off by default, no X-Ray SDK": "tracing_is_off_unless_asked_for",
    "no circle in what AWS gets": "the_template_as_aws_gets_it_is_clean",
    "one architecture": "layers_are_built_for_the_architecture_that_the_functions_run_on",
    "libraries pinned by hash": "every_library_that_ships_is_pinned_by_hash",
}


@cache
def known() -> str:
    """The names of all tests of the template."""
    files = Path(__file__).parent.glob("test_template_*.py")
    return "\n".join(
        name for file in files for name in re.findall(r"^def test_(\w+)", file.read_text(), re.M)
    )


@pytest.mark.parametrize("row", ROWS)
def test_a_rule_has_its_test(row: str) -> None:
    assert all(re.search(f"^{name}", known(), re.M) for name in ROWS[row].split())


def test_an_index_holds_only_what_is_open_to_it() -> None:
    """Its key is never the item's own, which every item has."""
    for index in properties("VideosTable")["GlobalSecondaryIndexes"]:
        assert not {"pk", "sk"} & {each["AttributeName"] for each in index["KeySchema"]}


def test_no_secret_comes_by_the_template() -> None:
    """Neither typed into a parameter nor resolved into a setting: functions fetch secrets themselves."""
    text = (ROOT / "template.yaml").read_text()

    assert "{{resolve:" not in text
    assert "NoEcho" not in text
    for name, about in source()["Parameters"].items():
        assert about["Type"] in ("String", "Number"), name
        if name != "RequireIdempotencyKey":  # a switch
            assert not re.search(r"Key|Secret|Token|Password|Credential", name), name


def test_every_library_that_ships_is_pinned_by_hash() -> None:
    text = (ROOT / "layers" / "dependencies" / "requirements.txt").read_text()
    pinned = re.findall(r"^([a-z0-9-]+)==(\S+)(?: ;[^\\]*)? \\\n    --hash=sha256:[0-9a-f]{64}", text, re.M)

    assert len(pinned) == len(re.findall(r"^[a-z0-9]", text, re.M)) > 5
    assert tuple(map(int, dict(pinned)["urllib3"].split("."))) >= (2, 7, 0)
