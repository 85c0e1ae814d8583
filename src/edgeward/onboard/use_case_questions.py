"""What is asked about what a model is for."""

from __future__ import annotations

from edgeward.onboard.catalog_menu import MODELS
from edgeward.onboard.operating_questions import FOR_SAFETY, OPERATING
from edgeward.onboard.question import OWNER_OF_PLANT, Question, Section

_WHAT_FOR = (
    Question(
        "action",
        "What is done because of its answer, as in: blow the bottle off the belt?",
        "How long that can wait decides where it runs.",
        needed=True,
    ),
    Question(
        "owner",
        "Who is responsible for the model?",
        "Questions about it go there.",
        default=OWNER_OF_PLANT,
        needed=True,
        detail=True,
    ),
    Question(
        "stage",
        "How far is the project?",
        "In production nothing that matters may be assumed.",
        choices={"draft": "an idea", "pilot": "being tried", "production": "relied on"},
        default="pilot",
        usual="stage {}",
        detail=True,
    ),
    Question(
        "criticality",
        "What is harmed most by a wrong or missing answer?",
        "The stricter it is, the more has to be proven.",
        choices={
            "advisory": "nothing much",
            "quality": "some bad parts",
            "production": "the line stands still",
            "safety": "people; an independent protection has to exist",
        },
        needed=True,
    ),
    Question(
        "authority",
        "What does it do with the answer?",
        "What moves something by itself never waits for the cloud; the other two are placed alike.",
        choices={
            "informs": "shows what it found, by a screen or lamp; people judge it",
            "advises": "tells a person what to do, as in: stop and change the tool",
            "actuates": "moves or stops something by itself",
        },
        needed=True,
    ),
    Question(
        "writes",
        "What does it write to: receiver, protocol, port, as in plc-2 opcua 4840?",
        "It becomes a firewall rule.",
        only_if=("authority", "actuates"),
    ),
    Question(
        "reads", "What does it look at?", "Its load comes from there.", names="streams", needed=True
    ),
    Question(
        "scope",
        "Whose data does one answer need?",
        "It has to be in one place.",
        choices={
            "asset": "one machine's",
            "line": "one line's",
            "site": "the whole plant's",
            "fleet": "several plants'",
        },
        default="line",
        detail=True,
    ),
    Question(
        "latency.budget_ms",
        "How long may that take, as in 60 ms or 2 s?",
        "From the picture, sound or record until that is done or shown. It decides most.",
        phrases={
            "in time with the machine": "delays.machine_reaction",
            "to stop the line": "delays.line_stop",
            "before the part has gone": "delays.near_real_time",
            "a person has time to decide": "delays.human_paced",
            "repairs are planned ahead": "delays.hours_to_days",
        },
        needed=True,
    ),
    Question(
        "model.name",
        "What kind of model is it? A number, or a part of its name if chosen (list shows them).",
        "Not chosen yet? Take what comes nearest; it is one line to change.",
        names=MODELS,
        needed=True,
    ),
    Question(
        "training.cadence",
        "How often is it trained: weekly, monthly, 90d, never?",
        "Training is placed too.",
        default="monthly",
        usual="trained {}",
        detail=True,
    ),
)

_ON_THE_CARD = "It goes on the card at the machine."

_WITHOUT = (
    Question(
        "absent.do",
        "What happens while there is no answer?",
        "Links and boxes fail some day.",
        choices={
            "human": "people take over, or a person watches",
            "safe_action": "what is safe, such as reject",
            "last_value": "the last answer stays",
            "stop": "the line stops",
            "none": "nothing",
        },
        needed=True,
    ),
    Question(
        "absent.text",
        "What is that at the machine, as in: the flap stays shut, the line runs on?",
        _ON_THE_CARD,
        only_if=("absent.do", "safe_action"),
    ),
    Question(
        "absent.text",
        "In words, as people would do it?",
        _ON_THE_CARD,
        only_if=("absent.do", "human", "last_value", "stop", "none"),
        detail=True,
    ),
    Question(
        "absent.lasts_hours",
        "For how long can the plant go on like that, as in 8 h, or 10 years for no end?",
        "A longer outage than that has to be bridged.",
        range="quantities.people_take_over_hours",
        only_if=("absent.do", "safe_action", "last_value", "human"),
        needed=True,
    ),
)

USE_CASES = Section(
    "use_cases",
    "What a model is for",
    (*_WHAT_FOR, *_WITHOUT, *OPERATING, *FOR_SAFETY),
    each="task of a model",
    why="One task, such as cap-check or gearbox-anomaly.",
)
