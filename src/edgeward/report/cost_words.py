"""Money in words and figures: as many digits as are known."""

from __future__ import annotations

from decimal import Decimal

from edgeward.cost.money import Money, sum_money
from edgeward.figures import format_number
from edgeward.ownership.priced import AlternativeCost, BreakEven, Move, UseCaseCost

_SURE = Decimal("0.1")
_INPUTS = {
    "label_seconds": "the seconds in which a person labels one example",
    "labels_per_release": "the examples that a new version needs",
}
_KEYS = {
    "label_seconds": "training.label_seconds",
    "labels_per_release": "training.labels_per_release",
    "labour_usd_per_hour": "finance.labour_per_hour",
    "energy_usd_per_kwh": "finance.energy_per_kwh",
    "visit_hours": "finance.visit",
    "visit_usd": "finance.visit",
}
_LARGEST = 3
_WIDE = 2
_AXES = {
    "inferences a month": "{} inferences a month",
    "assets": "{} assets",
    "months of use": "{} months of use",
}


def say_money(amount: Money) -> str:
    """The expected amount: two digits, three where the range is within a tenth of it."""
    text = format_amount(amount.best, _digits(amount))
    return text if amount.known else f"{text} and more"


def say_range(amount: Money) -> str:
    """`56 to 15,000`, or `at least 56`."""
    low = format_amount(amount.low, 2)
    if amount.high is None:
        return f"at least {low}"
    high = format_amount(amount.high, 2)
    return low if low == high else f"{low} to {high}"


def say_cash(chosen: AlternativeCost, currency: str) -> str:
    """What has to be bought and what for, the box and the work to set it up, or that it is
    nothing."""
    cash = chosen.new_cash
    if cash.known and cash.best == Decimal(0):
        return "nothing"
    bought = (each.line for each in chosen.lines if each.line.kind == "capital")
    groups = dict.fromkeys(each.group for each in bought if each.counts)
    what = f", for {' and '.join(groups)}, sensors not counted" if groups else ""
    return f"{say_money(cash)} {currency} expected, {say_range(cash)} possible{what}"


def say_largest(chosen: AlternativeCost) -> str:
    """The groups of lines that cost most, with their share of what is expected, and the rest."""
    groups: dict[str, list[Money]] = {}
    for each in chosen.lines:
        if each.line.counts:
            groups.setdefault(each.line.group, []).append(each.amount)
    sums = {group: sum_money(amounts).best for group, amounts in groups.items()}
    ordered = sorted((each for each in sums if sums[each]), key=lambda group: (-sums[group], group))
    said = [f"{group} {format_amount(sums[group], 2)}" for group in ordered[:_LARGEST]]
    rest = sum((sums[group] for group in ordered[_LARGEST:]), Decimal(0))
    return ", ".join([*said, f"all else {format_amount(rest, 2)}"] if rest else said)


def say_unsure(chosen: AlternativeCost) -> str:
    """The uncertain input that moves the cost most, where the range is wide."""
    monthly = chosen.monthly
    wide = monthly.high is None or monthly.high > _WIDE * monthly.best
    if not wide or not chosen.moves:
        return ""
    inputs = (_name_input(each.rpartition(".")[2]) for each in chosen.moves[0].inputs)
    return f"chiefly {' × '.join(inputs)}, which nobody knows exactly"


def say_narrowing(chosen: AlternativeCost) -> str:
    """The keys of the plant's file that make that input one's own, where it has some."""
    inputs = (each for move in chosen.moves[:1] for each in move.inputs)
    keys = dict.fromkeys(_KEYS.get(each.removeprefix("cost.")) for each in inputs)
    return " and ".join(f"`{each}`" for each in keys if each)


def _name_input(key: str) -> str:
    return _INPUTS.get(key, key.replace("_", " "))


def say_small(amount: Money | None) -> str:
    """An amount for one of very many; a dash where there is none to divide by."""
    if amount is None:
        return "–"
    if Decimal(0) < amount.best < Decimal("0.001"):
        exponent = amount.best.adjusted()
        return f"{amount.best:.{1 - exponent}f}"
    return format_amount(amount.best, 2)


def say_months(cost: AlternativeCost, use_case: UseCaseCost) -> str:
    """When what was spent has come back."""
    if use_case.value_per_month is None:
        return "no value declared"
    if cost.payback_months is None:
        return "never"
    return f"{format_number(cost.payback_months, 2)} months"


def say_break_even(name: str, even: BreakEven) -> str:
    """Where two places cost the same, or that they never do, with how far was looked."""
    axis = _AXES[even.along]
    looked = axis.format(f"0 to {format_amount(even.end, 3)}")
    cheaper = name if even.first_is_cheaper else even.rival
    if not even.crossings:
        return f"break-even of {name} and {even.rival}: never, {cheaper} is cheaper at {looked}"
    places = []
    for crossing in even.crossings[:4]:
        low, high = format_amount(crossing.low, 3), format_amount(crossing.high, 3)
        where = axis.format(low if low == high else f"{low} to {high}")
        places.append(f"{name if crossing.cheaper == 'first' else even.rival} from {where}")
    more = len(even.crossings) - len(places)
    rest = f", and {more} more changes" if more > 0 else ""
    return f"break-even: first {cheaper} is cheaper, then {', then '.join(places)}{rest}"


def say_move(move: Move, currency: str) -> str:
    """One input and by how much it alone moves the cost."""
    if move.swing is None:
        return f"{' × '.join(move.inputs)}: nobody knows by how much"
    return f"{' × '.join(move.inputs)}: {format_amount(move.swing, 2)} {currency}"


def format_amount(value: Decimal, digits: int) -> str:
    """Rounded to significant digits, cents at the least."""
    if value < 0:
        return f"-{format_amount(-value, digits)}"
    cents = round(float(value), 2)
    return format_number(cents, digits)


def _digits(amount: Money) -> int:
    if amount.high is None or amount.best == 0:
        return 2
    return 3 if amount.high - amount.low <= amount.best * _SURE else 2
