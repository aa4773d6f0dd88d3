"""Joins use cases and neighbours: the only package that knows both sides.

One module per function, named as its handler, and beside them what several functions share. So each function loads only
what its own path needs, and makes it while Lambda starts it.
"""
