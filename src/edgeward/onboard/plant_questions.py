"""What is asked about the plant, its link, its machines and its boxes."""

from __future__ import annotations

from edgeward.onboard.catalog_menu import CLASSES
from edgeward.onboard.networks import NETWORKS
from edgeward.onboard.question import PLACE_OF_CLASS, RUNTIME_OF_CLASS, Question, Section

_LINK = {
    "always_on_fiber": "guaranteed fibre: gone for minutes in a year",
    "best_effort_wan": "an ordinary line: gone for hours at times",
    "intermittent_cellular": "mobile network or radio: comes and goes",
    "offline_first": "closed most of the time: satellite, a ship, a mine",
}

PLANT = Section(
    "",
    "The plant",
    (
        Question(
            "title",
            "What do people call the plant?",
            "Reports show it beside the folder's name.",
            detail=True,
        ),
        Question(
            "owner",
            "Who is responsible for the plant's file? A mail address or a team.",
            "They approve its changes.",
            needed=True,
        ),
        Question(
            "timezone",
            "In which time zone are its clocks, as in Europe/Prague?",
            "Maintenance windows are in local time.",
            detail=True,
        ),
        Question(
            "cloud.region",
            "In which AWS region is its cloud side? One of these, or another.",
            "New versions come from there, models are trained there; what leaves is asked later.",
            choices={
                "eu-central-1": "Frankfurt",
                "eu-west-1": "Ireland",
                "us-east-1": "Virginia",
                "ap-southeast-1": "Singapore",
            },
            needed=True,
        ),
        Question(
            "windows.maintenance",
            "When may a new model be switched on: days, start, hours, as in sun 06:00 4h?",
            "Updates wait for it; without one they may come at any time.",
            detail=True,
        ),
    ),
)

LINK = Section(
    "connectivity",
    "The link to the cloud",
    (
        Question(
            "tier",
            "How dependable is the link?",
            "What you do not know of the link is assumed from this.",
            choices=_LINK,
            needed=True,
        ),
        Question(
            "uplink_mbps",
            "How fast is it towards the cloud in its worst hour, as in 50 Mbit/s?",
            "Who knows only the contract's figure types a range, as in 10 to 50 Mbit/s.",
            needed=True,
        ),
        Question(
            "downlink_mbps",
            "And from the cloud, as in 50 Mbit/s?",
            "New models come in this way.",
            needed=True,
            detail=True,
        ),
        Question(
            "rtt_p99_ms",
            "How long to the cloud and back, as in 40 ms, but for the slowest 1 of 100?",
            "What waits for the cloud waits at least this long.",
            needed=True,
            detail=True,
        ),
        Question(
            "worst_outage_hours",
            "What is the longest outage that you plan for, as in 8 h?",
            "Buffers are made for it.",
            needed=True,
        ),
        Question(
            "outages_per_month",
            "How often is the link gone, per month?",
            "It prices what an outage costs.",
            needed=True,
            detail=True,
        ),
        Question(
            "share_for_ml",
            "What share of it may ML use, as in 50 %?",
            "The rest belongs to others.",
            detail=True,
        ),
    ),
)

ZONES = Section(
    "zones",
    "Network zones",
    (
        Question(
            "level",
            "What is it for: 2 the line's control, 3 the plant's operations, 4 the office?",
            "Its Purdue level, which the firewall team knows.",
        ),
        Question(
            "security_level",
            "Which security level (IEC 62443, 0 to 4) is it meant to have?",
            "From level 2 on a box should start verified software only.",
            detail=True,
        ),
    ),
    each="network zone",
    why="Parts of the network, each behind one firewall, such as line-2 or office.",
    detail=True,
)

ASSETS = Section(
    "assets",
    "Machines that there are many of",
    (Question("count", "How many of them are there?", "Load and cost count by it."),),
    each="kind of machine",
    why="Such as haul_truck: 40, each with its own box or sensor. Enter if it is not like that.",
    named="kind",
)

DEVICES = Section(
    "devices",
    "Computers that could run a model, the boxes",
    (
        Question(
            "class",
            "What kind is it? A number, or a part of its name if chosen (list shows them).",
            "Not chosen yet? Take what you would think of; it is one line to change.",
            names=CLASSES,
            needed=True,
        ),
        Question(
            "tier",
            "Where does it stand?",
            "At the machine it works without the plant's network.",
            choices={"device": "at a machine or line", "plant": "in a server room of the plant"},
            default=PLACE_OF_CLASS,
            needed=True,
            detail=True,
        ),
        Question(
            "per",
            "Does each machine of a kind have one? Name the kind.",
            "Then there are as many boxes as machines.",
            names="assets",
        ),
        Question(
            "zone",
            "On which network is it, or will it be?",
            "Say where its cable goes or will go; if it should not stay there, a warning says so. "
            "Where a firewall is between two things, they are on two networks. Who runs the "
            "plant's network knows: without them, Enter is better than a guess. A name of its "
            "own, as line-2, may be typed too.",
            names=NETWORKS,
        ),
        Question(
            "runtime",
            "What runs the software on it?",
            "The files for the box are made for it.",
            choices={
                "compose": "containers, by Docker Compose",
                "systemd": "services of Linux",
                "greengrass": "AWS IoT Greengrass",
                "mcu": "a microcontroller's firmware",
            },
            default=RUNTIME_OF_CLASS,
            usual="software runs on it by {}",
            detail=True,
        ),
        Question(
            "identity",
            "How does it get its certificate?",
            "Every box needs an identity of its own before it may talk to the cloud.",
            choices={
                "csr": "it makes its key itself",
                "tpm": "from its security chip",
                "provisioned": "put in at the factory or workshop",
                "claim": "with a claim certificate",
                "vendor": "the vendor does it",
            },
            default="csr",
            detail=True,
        ),
        Question(
            "owned",
            "Does the plant have it already?",
            "What has to be bought counts as cost.",
            default="yes",
        ),
    ),
    each="box",
    why="What is there or could be bought, such as line2-gpu.",
)
