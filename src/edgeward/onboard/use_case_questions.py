"""What is asked about what a model is for."""

from __future__ import annotations

from edgeward.onboard.catalog_menu import MODELS
from edgeward.onboard.question import OWNER_OF_PLANT, Question, Section

_SAFETY = ("criticality", "safety")
_RELIED_ON = ("stage", "production")

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
    ),
    Question(
        "stage",
        "How far is the project?",
        "In production nothing that matters may be assumed.",
        choices={"draft": "an idea", "pilot": "being tried", "production": "relied on"},
        default="pilot",
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
        "What moves something by itself never waits for the cloud.",
        choices={
            "informs": "shows it: a screen, a lamp",
            "advises": "tells a person what to do",
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
        "How long may it take until that is done, as in 60 ms or 2 s?",
        "From what happens to the lamp lit, the bottle off. It decides most.",
        phrases={
            "in time with the machine": "delays.machine_reaction",
            "to stop the line": "delays.line_stop",
            "before the part has gone": "delays.near_real_time",
            "a person looks and decides": "delays.human_paced",
            "repairs are planned ahead": "delays.hours_to_days",
        },
        needed=True,
    ),
    Question(
        "model.name",
        "Which model is it? Its name below, or the number of the line if it is not chosen yet.",
        "Size and speed come from the catalog; your repository can add its own.",
        names=MODELS,
        needed=True,
    ),
    Question(
        "training.cadence",
        "How often is it trained: weekly, monthly, 90d, never?",
        "Training is placed too.",
        default="monthly",
        detail=True,
    ),
)

_WITHOUT = (
    Question(
        "absent.do",
        "What happens while there is no answer?",
        "Links and boxes fail some day.",
        choices={
            "human": "people take over",
            "safe_action": "what is safe, such as reject",
            "last_value": "the last answer stays",
            "stop": "the line stops",
            "none": "nothing",
        },
        needed=True,
    ),
    Question(
        "absent.text",
        "In words, as people would do it?",
        "It goes on the card at the machine.",
        only_if=("absent.do", "*"),
        detail=True,
    ),
    Question(
        "absent.lasts_hours",
        "For how many hours can the plant go on like that?",
        "A longer outage than that has to be bridged.",
        range="quantities.people_take_over_hours",
        only_if=("absent.do", "*"),
        needed=True,
        detail=True,
    ),
)

_OPERATING = (
    Question(
        "updates.cadence",
        "How often does a new version come: weekly, monthly, quarterly, on_trigger?",
        "Link and windows have to carry it.",
        default="monthly",
        needed=True,
        detail=True,
    ),
    Question(
        "updates.approver",
        "Who lets a new version go live? Not who is responsible for it.",
        "Two pairs of eyes see it.",
        needed=True,
    ),
    Question(
        "drift.metric",
        "Which number shows that the model ages, as in reject_rate?",
        "From a value of it on, somebody acts.",
        only_if=_RELIED_ON,
    ),
    Question(
        "drift.above",
        "From which value on, as in 5 % or 20?",
        "The alert.",
        only_if=("drift.metric", "*"),
    ),
    Question(
        "drift.over",
        "For how long, as in 7d?",
        "One bad hour is no trend.",
        only_if=("drift.metric", "*"),
        default="7d",
    ),
    Question(
        "drift.then",
        "And then?",
        "Somebody has to know what to do.",
        choices={"retrain": "train again", "recalibrate": "set it anew", "retire": "switch it off"},
        only_if=("drift.metric", "*"),
    ),
    Question(
        "rollback.when.metric",
        "Which number says that a new version is worse, as in false_reject_rate?",
        "Then the one before comes back.",
        needed=True,
    ),
    Question(
        "rollback.when.above",
        "From which value on, as in 0.1 % or 3?",
        "The threshold.",
        only_if=("rollback.when.metric", "*"),
    ),
    Question(
        "rollback.when.over",
        "For how long, as in 8h?",
        "One bad minute is no reason.",
        only_if=("rollback.when.metric", "*"),
        default="8h",
        detail=True,
    ),
    Question(
        "rollback.to",
        "Which version comes back? previous is the one before.",
        "A rollback needs a target.",
        default="previous",
        detail=True,
    ),
    Question(
        "outcome.measure",
        "What gets better in the plant, as in: complaints per million bottles?",
        "It is what all this is for.",
        needed=True,
    ),
    Question(
        "retire.when",
        "What ends it, as in: the format is given up?",
        "Then it is switched off.",
        only_if=_RELIED_ON,
    ),
    Question(
        "retire.review_by",
        "When does somebody look at that, as in 2028-06-30?",
        "A forgotten model is nobody's.",
        only_if=_RELIED_ON,
    ),
)

_FOR_SAFETY = (
    Question(
        "protected_by",
        "Which protection holds without the model?",
        "edgeward is never the safety function.",
        only_if=_SAFETY,
        needed=True,
    ),
    Question(
        "standard", "Which standard does it meet?", "An auditor asks.", only_if=_SAFETY, needed=True
    ),
    Question(
        "model.version",
        "Which version of the model was approved?",
        "Only it may run.",
        only_if=_SAFETY,
    ),
    Question(
        "approved_version",
        "The same version once more, as it was signed?",
        "Both have to agree.",
        only_if=_SAFETY,
        needed=True,
    ),
    Question(
        "regulation.class",
        "Which risk does the law see in it (EU AI Act)?",
        "A safety use case has to be judged.",
        choices={
            "minimal": "hardly any",
            "limited": "some",
            "high": "high",
            "prohibited": "forbidden",
        },
        only_if=_SAFETY,
        needed=True,
    ),
    Question("regulation.because", "Why?", "An auditor asks.", only_if=_SAFETY),
    Question("regulation.by", "Who judged it?", "An auditor asks.", only_if=_SAFETY),
    Question(
        "regulation.on", "On which day, as in 2026-06-30?", "An auditor asks.", only_if=_SAFETY
    ),
)

USE_CASES = Section(
    "use_cases",
    "What a model is for",
    (*_WHAT_FOR, *_WITHOUT, *_OPERATING, *_FOR_SAFETY),
    each="task of a model",
    why="One task, such as cap-check or gearbox-anomaly.",
)
