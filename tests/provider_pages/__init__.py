"""The providers' pages, letter for letter: every example of a request, and every value that a field is said to take.

Nothing here is read from the catalog or from the simulator: both are judged by it.
"""
