"""The neighbours on AWS and the guarded fetch of results: each module implements ports of the domain."""
