"""The transitions of a video as pure functions: each yields one write and the condition under which it may stand.

The row of the specification that a function implements is the name of its write: T0, T0q, T12, ... Who calls what:
`sending` (submit, dispatch), `confirming` (callbacks and look-ups), `transferring`, `reconciling`, `ending` (the owner),
`settling` (the ledger).
"""
