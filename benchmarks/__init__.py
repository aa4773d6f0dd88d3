"""Measurements of the real code, against servers on this machine."""
