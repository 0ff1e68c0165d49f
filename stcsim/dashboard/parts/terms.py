"""What words mean that the dashboard uses: a sentence or two each, plain."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TERMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # how a comparison is made
        "arm": (
            "One way to coordinate, or several together, run under the same circumstances, with the same"
            " luck, as the baseline."
        ),
        "baseline": "The same region with nothing chosen: it goes on as now.",
        "mechanism": (
            "A way to coordinate, such as a channel, a working group or a mandate. It costs hours"
            " and money, and may change nothing."
        ),
        "challenge": (
            "A difficulty that practitioners name, such as inconsistent checkpoints. Mechanisms "
            "claim to answer it; whether they do is what a comparison asks."
        ),
        "same money on staff": (
            "An arm's rival: its whole cost, hours included, spent on inspectors, licensing "
            "officers, investigators and analysts instead."
        ),
        "replication": (
            "One run of every arm with the same luck, so that arms can be compared pair by pair."
        ),
        "paired": (
            "An arm and the baseline share seed, attempts, exports and shocks, so their "
            "difference is due to the arm and not to luck."
        ),
        "seed": "A number that fixes chance: the same seed gives the same numbers, on any day.",
        "scenario": "A file that says who is in the region, what they do, and which arms may be chosen.",
        # how sure it is
        "runs": "The interval over runs: same assumptions, other chance. More replications narrow it.",
        "assumptions": (
            "The interval over assumptions: most numbers are assumed, so many sets of them are "
            "drawn. Nineteen of twenty sets would show a change within it."
        ),
        "sampled set": "One draw of all assumptions together, each within its range.",
        "mean over assumptions": (
            "The average of what is expected in the sampled sets. The words clearly and probably "
            "come from its interval."
        ),
        "clearly": (
            "The interval leaves out zero for all arms and headlines at once, and at least 95% of"
            " sampled sets agree on the direction."
        ),
        "probably": (
            "The interval of this one change leaves out zero, and at least 80% of sampled sets agree on it."
        ),
        "unclear": (
            "The interval holds zero, or sampled sets disagree. That is not the same as no "
            "effect: look how wide the interval is."
        ),
        "headline": (
            "One of at most four outcomes that the scenario is about. Their intervals hold all at once."
        ),
        "exploratory": (
            "Not a headline. Its interval stands alone: of a hundred such, five leave out zero by chance."
        ),
        "statistics": "What an agency could have counted itself. It may move although nothing has changed.",
        # what happens in the region
        "potential attempt": (
            "An occasion on which a network may try to obtain goods. It is the same in all arms; "
            "whether it is used, and how, is not."
        ),
        "displacement": "Networks go around what has improved: less here, more elsewhere.",
        "idle equipment": (
            "Equipment that was given and cannot be used: nobody is trained on it, or it is not kept up."
        ),
        "overlap": (
            "Donors teach the same topic to the same country in the same quarter, so that little is added."
        ),
        "coordination hours": "Time that staff spend on coordinating. Somebody bears it.",
        # the ecosystem
        "recognition": "Whether one body knows the other and what it is for.",
        "trust": "How much of what could be passed on is. It grows with meetings and fades without.",
        "channel": "A standing way to pass information on, with a delay and a limited capacity.",
        "intelligence": "Items of information, such as a warning of a front, that are passed on and read.",
        "peripheral": "With few ties: what it knows reaches others late, if at all.",
        "bridge": "On the shortest ways between many others: without it they hardly reach each other.",
        # capacity
        "KPST": (
            "Knowledge, procedures, skills and tools: the four parts of what a body is able to "
            "do. The weakest of them limits the rest."
        ),
        "latent capacity": "What people were taught and do not use yet.",
        "captured capacity": "What is in use: taught, with authority and money to do it.",
        # studies
        "regret": "How much less an arm gains in a sampled set than the arm that is best in it.",
        "robustness": (
            "Whether the arm that is best stays so in other sampled sets of assumptions, and where some of "
            "them count more. A share of sets is no probability: nobody knows how likely a set is."
        ),
        "sensitivity": (
            "How far a result moves when one assumption goes through its range, or which share of its "
            "spread goes with that assumption."
        ),
        "discovery": "A search for the region of assumptions in which an arm fails or wins.",
        # the register
        "basis": "Where a number comes from: a public source, a calibration, or an assumption of ours.",
        "sweep": "The range from which sampled sets draw an assumed number.",
    }
)
"""Definitions by key; the key is the term as it stands in a sentence."""
