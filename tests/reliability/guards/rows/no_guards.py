"""Conditions of the lifecycle that no promise rests on, alone or with another: why nobody would miss them."""

NO_GUARDS = {
    (
        "T1",
        "claim",
    ): "a video is claimed anew only after its claimant's own T13, so no T1 of an older claim is left",
    ("T2", "claim"): "as for T1: each claim has one outcome, and only T13 makes room for the next claim",
    (
        "T6r",
        "refreshed",
    ): "the holder looks at `refreshed` before it asks for links; by T6r they were asked for",
    ("T9", "lease_until"): "sending again while somebody copies costs a message, which T6 refuses",
    ("T10e", "look_ups"): "it only brings the next look forward, and unanswered look-ups are not limited",
}
