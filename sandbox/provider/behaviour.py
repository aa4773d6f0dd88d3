"""How the simulated provider is told to misbehave. This docstring is the reference.

`POST /_simulator/behaviour` with any part of the object below: it is merged into what is set, key by key; `null` gives a key
its default again; an unknown key or impossible value answers 400 and changes nothing. It holds for every task, old ones too,
except that `"next": {...}` (or a list of such objects) holds one part of the object for the next `"count"` (default 1) valid
submits, and for the tasks they make, only; `POST /_simulator/tasks/{task_id}/behaviour` does the same for one task.
HOW OFTEN is `false` (never), `true` (always) or N: the first N times for each task (for a submit: in all). Naming one of
its keys starts a misbehaviour's count afresh. All seconds are real ones, save the retry delays, which `time_scale` scales.

    generate_seconds    2.0    from acceptance to the end of the task
    time_scale          0.01   the callback's retries come 30, 120 and 600 s x this after a failed attempt
    reference_seconds   {"default": 5}   length of reference media by URL (2-15 each and 15 in all are accepted)
    unreachable_media   []     URLs that cannot be fetched: refused as ImageNotAccess
  limits (per key; not in `next`)
    concurrent          null   429 beyond so many running tasks
    per_minute          null   429 beyond so many submits and look-ups in a minute (these 429s do not count)
    minute_seconds      60     how long that minute is
    retry_after         null   seconds, the header of these 429s
  submit
    refuse              null   ANSWER in place of accepting; nothing is charged
    after_accepting     null   ANSWER after accepting: the task runs and is charged
    times               true   HOW OFTEN one of these two is done
    hang_before_seconds 0      wait before accepting
    hang_after_seconds  0      wait between accepting and answering
      ANSWER is a status (429, 402, 503 ...), "reset" (the connection), "no_task_id", "unreadable", "insufficient_credits"
      or {"status": 200, "code": 500, "message": "...", "data": {...}, "retry_after": 3}, every key but `status` optional
  outcome
    fail_code           null   the task ends failed with this code
    fail_msg            null   its message (none: the documented one)
  status (look-ups)
    down                null   ANSWER in place of the truth
    down_times          true   HOW OFTEN
    down_seconds        null   and only until so long after the task's end
    unknown             false  HOW OFTEN 404
    lag_seconds         0      "processing" until so long after the task's end
    no_links            false  HOW OFTEN success comes without links
    hang_seconds        0      wait before answering
  callback
    when                "done" or "early" (the task ends inside its submit, the callback comes before the answer) or "never"
    late_seconds        0      wait after the task's end
    copies              1      send it so many times
    parallel            false  all copies at once, rather than one after the other
    states              null   a list: claim these states, one message each, in this order, instead of the truth
    task_id             null   claim this task's id
    result_urls         null   claim these links
    token               "right" or "wrong" (the last path segment is forged)
    body                "whole", "wrong_type", "cut" (half of the JSON), "oversized", "empty" or "flat" (no envelope)
    body_bytes          100000 size of the oversized one
    retry               true   repeat until it is answered 200 (three times at most)
    timeout_seconds     30     how long to wait for an answer
  result (links and files)
    bytes               null   size of each file (none: the sample and a few bytes)
    count               1      how many files
    shape               "string" (JSON in a string), "object" or "bare_url" (resultJson is the first link)
    key                 "resultUrls"   name of the list in resultJson
    items               "urls", "objects" ([{"url": ...}]) or "single" (one link, no list)
    origin              null   put this in place of the links' scheme://host:port
    refuse              null   a status: 403, 404, 410, 500 ... in place of the file
    refuse_times        true   HOW OFTEN, over all files of the task (like the four below)
    html                false  HOW OFTEN a web page comes instead, with status 200
    redirect            false  HOW OFTEN a 302 to the same file
    cut_after           null   close the connection after so many bytes of the body
    cut_times           true   HOW OFTEN
    pause_after         null   stop for `pause_seconds` (0) after so many bytes of the body
    pause_times         true   HOW OFTEN
    bytes_per_second    null   drip
    range               true   false: a Range header is ignored
    length              true   false: chunked, without Content-Length
    gzip                false  true: Content-Encoding: gzip, chunked, whole
    etag                "stable", "none" or "changing" (another one in each answer)
    content_type        "video/mp4"

`POST /_simulator/reset` restores every default, for old tasks too; with `{"tasks": true}` the ledger, the requests and the
deliveries are forgotten as well, and tasks under way send nothing more.
"""

import threading
from collections import deque
from collections.abc import Mapping
from typing import Any

from sandbox.provider.behaviour_keys import DEFAULTS, flatten

type View = Mapping[str, Any]


class Behaviour:
    """What is set for all tasks, what waits for the next submits, and how often each misbehaviour was done."""

    def __init__(self, start: dict[str, Any]) -> None:
        self._lock = threading.RLock()
        self._start = {**DEFAULTS, **flatten(start)}
        self._set: dict[str, Any] = {}
        self._next: deque[dict[str, Any]] = deque()
        self._done: dict[tuple[str, str], int] = {}

    def change(self, change: dict[str, Any]) -> None:
        """Merge a change; nothing is changed when a part of it is impossible."""
        rest = dict(change)
        coming = rest.pop("next", [])
        flat, overlays = flatten(rest), []
        for part in coming if isinstance(coming, list) else [coming]:
            own = {key: value for key, value in part.items() if key != "count"}
            overlays += [flatten(own)] * part.get("count", 1)
        if any(key.startswith("limits.") for overlay in overlays for key in overlay):
            raise ValueError("limits hold for all tasks, not for the next ones")
        with self._lock:
            self._next.extend(overlays)
            self._set = {key: value for key, value in {**self._set, **flat}.items() if value is not None}
            self.recount(flat)

    def recount(self, named: Mapping[str, Any], scope: str | None = None) -> None:
        """Start the counts of the named misbehaviours afresh, for one task or for all."""
        with self._lock:
            for done_scope, key in list(self._done):
                stem = key.removesuffix("times").removesuffix("_")
                if scope in (None, done_scope) and any(name.startswith(stem) for name in named):
                    del self._done[done_scope, key]

    def take(self) -> dict[str, Any]:
        """What the next submit was given to itself."""
        with self._lock:
            return self._next.popleft() if self._next else {}

    def view(self, overlay: Mapping[str, Any] | None = None) -> View:
        """Every key's value now, for a task with this overlay."""
        with self._lock:
            own = {
                key: self._start[key] if value is None else value for key, value in (overlay or {}).items()
            }
            return {**self._start, **self._set, **own}

    def applies(self, scope: str, key: str, how_often: bool | int) -> bool:
        """Whether a misbehaviour is due once more; counts it if so."""
        with self._lock:
            if isinstance(how_often, bool):
                return how_often
            done = self._done.get((scope, key), 0)
            self._done[scope, key] = done + 1
            return done < how_often

    def reset(self) -> None:
        """Back to the defaults."""
        with self._lock:
            self._set, self._done = {}, {}
            self._next.clear()
