"""What is asked about what the plant measures."""

from __future__ import annotations

from edgeward.onboard.question import Question, Section

STREAMS = Section(
    "streams",
    "What is measured",
    (
        Question(
            "at",
            "Which box takes it in?",
            "There it need not travel.",
            names="devices",
            usual="what is measured comes in at {}",
        ),
        Question(
            "per",
            "Does each machine of a kind have one? Name the kind.",
            "Then the numbers below are of one machine.",
            names="assets",
        ),
        Question("zone", "In which zone does it arise?", "Its way is judged.", names="zones"),
        Question(
            "kb",
            "How large is one picture, sound or record, as in 500 kB?",
            "Network and storage are made from it.",
            phrases={
                "a picture": "quantities.image_kb",
                "a record of a few numbers": "quantities.sensor_record_kb",
            },
            needed=True,
        ),
        Question(
            "arrives.every_ms",
            "How often does one come, as in 10 per second or every 2 min?",
            "With the size it is the load. Enter if they come at random.",
            only_if=("arrives", ""),
        ),
        Question(
            "arrives.random_per_hour",
            "How many come in an hour?",
            "With the size it is the load.",
            range="quantities.items_per_hour",
            only_if=("arrives", ""),
            needed=True,
        ),
        Question(
            "hours_per_week",
            "For how many hours a week (168 is always)?",
            "Volume and cost count by it.",
            range="quantities.hours_per_week",
            needed=True,
        ),
        Question(
            "leaves.as",
            "In what form may it leave the plant?",
            "Nothing does unless you say so. The cloud judges only what leaves whole, and learns "
            "only from what leaves.",
            choices={
                "stays": "nothing of it leaves",
                "summary": "averages, counts",
                "features": "numbers made from it",
                "exceptions": "as it is, but only some: the odd or doubtful ones",
                "anonymised": "after people are made unrecognisable",
                "raw": "as it is, all of it",
            },
            default="stays",
            leaves_out="stays",
        ),
        Question(
            "leaves.share",
            "What share of it leaves, as in 1 %?",
            "The link has to carry it.",
            range="quantities.reviewed_share",
            only_if=("leaves.as", "features", "exceptions", "anonymised"),
        ),
        Question(
            "leaves.kb",
            "How large is what leaves for one picture, sound or record, as in 2 kB?",
            "Link and storage are made for it.",
            phrases={"a few numbers": "quantities.sensor_record_kb"},
            only_if=("leaves.as", "summary", "features", "anonymised"),
        ),
        Question(
            "leaves.because",
            "What for, as in: to train the model?",
            "A reviewer judges it.",
            only_if=("leaves.as", "raw", "anonymised"),
        ),
        Question(
            "retention_days",
            "For how many days does the cloud keep it, as in 30?",
            "It is deleted after that.",
            default="30",
            usual="the cloud keeps it {} days",
            detail=True,
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
                "none": "no, nobody",
                "pseudonymous": "only with a key, such as a badge number",
                "personal": "yes: faces, voices, names",
            },
            needed=True,
        ),
    ),
    each="thing that is measured",
    why="What a model looks at, such as cap-pictures or gearbox-sound.",
)
