"""What is asked about running a model: versions, ageing, what ends it, and what safety needs."""

from __future__ import annotations

from edgeward.onboard.question import Question

_SAFETY = ("criticality", "safety")
_RELIED_ON = ("stage", "production")

OPERATING = (
    Question(
        "updates.cadence",
        "How often does a new version come: weekly, monthly, quarterly, on_trigger?",
        "Link and windows have to carry it.",
        default="monthly",
        usual="a new version {}",
        needed=True,
        detail=True,
    ),
    Question(
        "updates.approver",
        "Who lets a new version go live, and has the old one put back? Not who is responsible.",
        unlike="owner",
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
        "Which number shows that a new version is worse? One of these, or your own.",
        "From a limit on, somebody has the version before put back. Take one whose limit you know.",
        choices={
            "false_reject_rate": "good ones thrown out",
            "false_alarm_rate": "alarms without a cause",
            "miss_rate": "bad ones let through",
            "override_rate": "people decide otherwise",
        },
        needed=True,
    ),
    Question(
        "rollback.when.above",
        "From which value on, as in 2 %?",
        only_if=("rollback.when.metric", "*"),
    ),
    Question(
        "rollback.when.over",
        "For how long, as in 8h?",
        "One bad minute is no reason.",
        only_if=("rollback.when.metric", "*"),
        default="8h",
        usual="a new version counts as worse after {}",
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
        "What gets better in the plant, as in: fewer complaints?",
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

FOR_SAFETY = (
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
