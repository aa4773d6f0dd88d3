"""How the simulated providers are told to misbehave: this file is the reference, its table names every key.

`POST /_simulator/behaviour` with any part of the nested object, `{"callback": {"when": "never"}, "generate_seconds": 1}`: it is
merged into what is set, key by key; `null` gives a key its default again; an unknown key or impossible value answers 400 and
changes nothing. It holds for every task, old ones too, except that

    "apixo": {...} or "modellix": {...}   holds any part of the object for this provider alone, above what holds for both;
                                          `null` ends that
    "next": {...} or a list of such       holds a part for the next `"count"` (default 1) valid submits, and the tasks they
                                          make, alone; inside a provider's part, for submits to that provider

and `POST /_simulator/tasks/{task_id}/behaviour` does the same for one task. HOW OFTEN is `false` (never), `true` (always) or
N: the first N times for each task (for a submit: of each provider). Naming one of its keys starts a misbehaviour's count afresh.
All seconds are real ones, save the delays of the callback's retries, which `time_scale` scales.

ANSWER is a status (429, 402, 503 ...), "reset" (the connection), "no_task_id", "unreadable", "web_page" (a gateway's 502),
"insufficient_credits" (APIXO: a 400; the other two shapes are 402 and the fail code INSUFFICIENT_CREDITS) or
{"status": 200, "code": 500, "message": "...", "data": {...}, "retry_after": 3}, every key but `status` optional.

`POST /_simulator/reset` restores every default, for old tasks too; with `{"tasks": true}` the ledger, the requests and the
deliveries are forgotten as well, and tasks under way send nothing more.
"""

from typing import Any

from sandbox.provider import behaviour_values as a
from sandbox.provider.behaviour_values import Check

REASONS_AT = ("error", "error_object", "error_message", "message", "fail_reason", "reason", "result_error", "envelope", "nowhere")  # fmt: skip

KEYS: dict[str, tuple[Any, Check]] = {  # name: (default, what it may be)
    "generate_seconds": (2.0, a.seconds),  # from acceptance to the end of the task
    "time_scale": (0.01, a.seconds),  # a callback's retries come their delays x this after a failed attempt
    "reference_seconds": ({"default": 5}, a.lengths),  # length of reference media by URL
    "unreachable_media": ([], a.texts),  # URLs that cannot be fetched: refused
    # limits, for each provider's key (not in `next`)
    "limits.concurrent": (None, a.count),  # 429 beyond so many running tasks
    "limits.per_minute": (None, a.count),  # 429 beyond so many calls in a minute (these 429s do not count)
    "limits.minute_seconds": (60, a.seconds),  # how long that minute is
    "limits.retry_after": (None, a.seconds),  # the header of these 429s
    # submit
    "submit.refuse": (None, a.answer),  # ANSWER in place of accepting; nothing is charged
    "submit.after_accepting": (None, a.answer),  # ANSWER after accepting: the task runs and is charged
    "submit.times": (True, a.often),  # HOW OFTEN one of these two is done
    "submit.hang_before_seconds": (0, a.seconds),  # wait before accepting
    "submit.hang_after_seconds": (0, a.seconds),  # wait between accepting and answering
    # outcome of the task
    "outcome.fail_code": (None, a.text),  # it ends failed with this code
    "outcome.fail_msg": (None, a.text),  # and this message (none: the documented one, or the code)
    "outcome.canceled": (False, a.flag),  # it ends canceled
    "outcome.reason_at": ("error_object", a.one_of(*REASONS_AT)),  # Modellix: where the reason to fail stands
    "outcome.billed": (
        None,
        a.amount,
    ),  # Modellix: billing.amount (none: a success's price, a failure has no billing)
    # status: look-ups
    "status.down": (None, a.answer),  # ANSWER in place of the truth
    "status.down_times": (True, a.often),  # HOW OFTEN
    "status.down_seconds": (None, a.seconds),  # and only until so long after the task's end
    "status.unknown": (False, a.often),  # HOW OFTEN 404
    "status.lag_seconds": (0, a.seconds),  # "processing" until so long after the task's end
    "status.no_links": (False, a.often),  # HOW OFTEN success comes without links
    "status.hang_seconds": (0, a.seconds),  # wait before answering
    "status.words": ({}, a.words),  # other words for states, {"success": "succeeded"}; in callbacks too
    # callback
    "callback.when": (
        "done",
        a.one_of("done", "early", "never"),
    ),  # early: within the submit, before its answer
    "callback.late_seconds": (0, a.seconds),  # wait after the task's end
    "callback.copies": (1, a.count),  # send it so many times
    "callback.parallel": (False, a.flag),  # all copies at once, rather than one after the other
    "callback.states": (
        None,
        a.texts,
    ),  # claim these states, one message each, in this order, instead of the truth
    "callback.task_id": (None, a.text),  # claim this task's id
    "callback.result_urls": (None, a.texts),  # claim these links
    "callback.token": ("right", a.one_of("right", "wrong")),  # wrong: the last path segment is forged
    "callback.headers": (True, a.flag),  # false: without the provider's own headers
    # cut: half of the JSON; flat: no envelope
    "callback.body": ("whole", a.one_of("whole", "wrong_type", "cut", "oversized", "empty", "flat")),
    "callback.body_bytes": (100_000, a.count),  # size of the oversized one
    "callback.retry": (True, a.flag),  # repeat it as the provider does
    "callback.timeout_seconds": (30, a.seconds),  # how long to wait for an answer
    # result: how it is told
    "result.count": (1, a.count),  # how many videos
    "result.origin": (None, a.origin),  # put this in place of the links' scheme://host:port
    "result.shape": (
        "string",
        a.one_of("string", "object", "bare_url"),
    ),  # APIXO: resultJson; bare: the first link
    "result.key": ("resultUrls", a.text),  # APIXO: name of the list in resultJson
    "result.items": (
        "urls",
        a.one_of("urls", "objects", "single"),
    ),  # APIXO: links, {"url"}, or one without a list
    "result.resources": ("objects", a.one_of("objects", "strings")),  # Modellix: what the list holds
    "result.resources_at": (
        "result",
        a.one_of("result", "data"),
    ),  # Modellix: the list in data.result or in data
    "result.last_frame_role": ("last_frame", a.text),  # Modellix: role of the last frame; "" is none
    "result.last_frame_first": (False, a.flag),  # Modellix: it stands before the videos
    "result.lives_seconds": (None, a.seconds),  # result files are gone, and told to go, so long after the end
    # result: how its files are served, the last frame too
    "result.bytes": (None, a.size),  # size of each video (none: the sample and a few bytes)
    "result.refuse": (None, a.status),  # a status: 403, 404, 410, 500 ... in place of the file
    "result.refuse_times": (True, a.often),  # HOW OFTEN, over all files of the task (like the four below)
    "result.html": (False, a.often),  # HOW OFTEN a web page comes instead, with status 200
    "result.redirect": (False, a.often),  # HOW OFTEN a 302 to the same file
    "result.cut_after": (None, a.count),  # close the connection after so many bytes of the body
    "result.cut_times": (True, a.often),  # HOW OFTEN
    "result.pause_after": (None, a.count),  # stop for `pause_seconds` after so many bytes of the body
    "result.pause_seconds": (0, a.seconds),
    "result.pause_times": (True, a.often),  # HOW OFTEN
    "result.bytes_per_second": (None, a.count),  # drip
    "result.range": (True, a.flag),  # false: a Range header is ignored
    "result.length": (True, a.flag),  # false: chunked, without Content-Length
    "result.gzip": (False, a.flag),  # Content-Encoding: gzip, chunked, whole
    "result.etag": ("stable", a.one_of("stable", "none", "changing")),  # changing: another one in each answer
    "result.content_type": ("video/mp4", a.text),  # of the videos
}
DEFAULTS = {key: default for key, (default, _) in KEYS.items()}
SECTIONS = {key.split(".")[0] for key in KEYS if "." in key}
