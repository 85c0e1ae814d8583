"""What is asked about what the plant measures."""

from __future__ import annotations

from edgeward.onboard.question import Question, Section

STREAMS = Section(
    "streams",
    "What is measured",
    (
        Question("at", "Which box takes it in?", "There it need not travel.", names="devices"),
        Question(
            "per",
            "Is there one for each machine of a kind? Name the kind.",
            "Then the numbers below are of one machine.",
            names="assets",
        ),
        Question("zone", "In which zone does it arise?", "Its way is judged.", names="zones"),
        Question(
            "kb",
            "How large is one item (a picture, a record), in kB?",
            "Network, buffer and storage are made from it.",
            phrases={
                "a picture": "quantities.image_kb",
                "a record of a few numbers": "quantities.sensor_record_kb",
            },
            needed=True,
        ),
        Question(
            "arrives.every_ms",
            "How long from one item to the next, as in 100 ms, 10 Hz or 1 h? Enter if at random.",
            "Together with the size it is the load.",
            only_if=("arrives", ""),
        ),
        Question(
            "arrives.random_per_hour",
            "How many come in an hour?",
            "Together with the size it is the load.",
            range="quantities.items_per_hour",
            only_if=("arrives", ""),
            needed=True,
        ),
        Question(
            "hours_per_week",
            "For how many hours a week does it run (168 is always)?",
            "Volume and cost count by it.",
            range="quantities.hours_per_week",
            needed=True,
        ),
        Question(
            "leaves.as",
            "In what form may it leave the plant?",
            "Nothing leaves unless you say so here.",
            choices={
                "stays": "nothing of it leaves",
                "summary": "averages, counts",
                "features": "numbers made from it",
                "exceptions": "only the odd ones",
                "anonymised": "without people in it",
                "raw": "as it is; needs a reason",
            },
            default="stays",
            leaves_out="stays",
        ),
        Question(
            "leaves.share",
            "What share of it leaves, as in 1 %?",
            "The link carries no more than that.",
            range="quantities.reviewed_share",
            only_if=("leaves.as", "*"),
        ),
        Question(
            "leaves.kb",
            "How large is what leaves for one item, in kB? As it is: as large as the item.",
            "The link and the storage are made from it.",
            only_if=("leaves.as", "*"),
        ),
        Question(
            "leaves.because",
            "What for?",
            "A reviewer has to be able to judge it.",
            only_if=("leaves.as", "*"),
        ),
        Question(
            "sensitivity",
            "How bad is it if others see it?",
            "What is secret is kept nearer.",
            choices={
                "public": "not at all",
                "internal": "not meant for others",
                "confidential": "it harms us",
                "secret": "it must not happen",
            },
            needed=True,
        ),
        Question(
            "personal_data",
            "Can people be recognised in it?",
            "Then it stays in the plant unless it is anonymised.",
            choices={
                "none": "no",
                "pseudonymous": "only with a key, such as a badge number",
                "personal": "yes: faces, voices, names",
            },
            needed=True,
        ),
        Question(
            "retention_days",
            "For how many days does the cloud keep it, as in 30?",
            "It is deleted after that.",
            only_if=("leaves.as", "*"),
        ),
    ),
    each="thing that is measured",
    why="What a model looks at, such as cap-frames or gearbox-sound.",
)
