"""Instants are whole milliseconds since the epoch, UTC; durations are milliseconds too."""

type Instant = int

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
