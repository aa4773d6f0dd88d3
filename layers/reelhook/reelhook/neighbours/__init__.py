"""The neighbours of a function, built from the settings: tables, buckets, queues, secrets, providers. Each made once.

One room for each kind of neighbour, so that a function loads only what it speaks to: a function's neighbours are the
rooms that its wiring stands on.
"""
