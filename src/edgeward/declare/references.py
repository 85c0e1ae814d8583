"""Do the names in a plant lead somewhere? One that does not is a problem, with the nearest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from edgeward.catalog import Catalog
from edgeward.declare.nodes import Node, item_name, problem
from edgeward.declare.numbers import number
from edgeward.declare.schemas import child, schema
from edgeward.declare.wording import did_you_mean, short
from edgeward.errors import Problem

_REFERENCES = (
    ("use_cases", "reads", "stream"),
    ("use_cases", "reachable_from", "device"),
    ("use_cases", "model.name", "model of the catalog"),
    ("streams", "at", "device"),
    ("streams", "zone", "zone"),
    ("streams", "per", "kind of asset"),
    ("devices", "zone", "zone"),
    ("devices", "per", "kind of asset"),
    ("devices", "class", "device class of the catalog"),
    ("flows", "from", "device"),
)
_NAMED = {
    "zones": "name",
    "devices": "name",
    "streams": "name",
    "use_cases": "name",
    "links": "name",
    "assets": "kind",
    "assumptions": "at",
}


def check_references(tree: Node, catalog: Catalog, folder: str) -> Iterator[Problem]:
    """Names that lead nowhere, names given twice, and values that contradict each other."""
    name = tree.items["name"]
    if name.value != folder:
        yield problem(name, "name", f"the plant's folder is `{short(folder)}`: give both one name")
    yield from _check_twice(tree)
    known, assumed = _known_names(tree, catalog), _assumed_names(tree)
    for section, key, what in _REFERENCES:
        for path, item in _entries(tree, section):
            at = f"{path}.{key}"
            for word in (*_words(item, key), *assumed.get(at, ())):
                if word.value not in known[what]:
                    yield problem(word, at, _say_unknown(str(word.value), what, known[what]))
    yield from _check_waivers(tree)
    for check, section in _CHECKS:
        for path, item in _entries(tree, section):
            yield from check(path, item, catalog)


def _entries(tree: Node, section: str) -> Iterator[tuple[str, Node]]:
    listed = tree.get(section)
    for index, item in enumerate(listed.members if listed else ()):
        yield f"{section}.{item_name(item, index)}", item


def _words(item: Node, key: str) -> list[Node]:
    found = item.get(key)
    if found is None:
        return []
    return found.members if isinstance(found.value, list) else [found]


def _say_unknown(name: str, what: str, known: Collection[str]) -> str:
    hint = did_you_mean(name, known)
    if what == "zone" and not known:
        hint = f"declare it, `zones: [{{name: {short(name)}, level: 2}}]`"
    return f"no {what} is called `{short(name)}`: {hint}"


def _assumed_names(tree: Node) -> dict[str, list[Node]]:
    """What a value is assumed to be one of, by the path of the value."""
    listed = (
        (item.word("at") or "", item.get("one_of")) for _path, item in _entries(tree, "assumptions")
    )
    return {at: choices.members for at, choices in listed if choices is not None}


def _known_names(tree: Node, catalog: Catalog) -> dict[str, Collection[str]]:
    def declared(section: str) -> set[str]:
        key = _NAMED[section]
        return {item.word(key) or "" for _path, item in _entries(tree, section)}

    return {
        "stream": declared("streams"),
        "device": declared("devices"),
        "zone": declared("zones"),
        "kind of asset": declared("assets"),
        "model of the catalog": catalog.models.keys(),
        "device class of the catalog": catalog.device_classes.keys(),
    }


def _check_twice(tree: Node) -> Iterator[Problem]:
    for section, key in _NAMED.items():
        first: dict[object, Node] = {}
        for path, item in _entries(tree, section):
            named = item.items.get(key)
            if named is not None and named.value in first:
                line = first[named.value].origin.line
                yield problem(named, path, f"`{short(named.text)}` is on line {line} already")
            elif named is not None:
                first[named.value] = named


def _check_waivers(tree: Node) -> Iterator[Problem]:
    for path, waiver in _entries(tree, "waivers"):
        at = waiver.items["at"]
        wrong = _leads_nowhere(tree, at.text)
        if wrong is not None:
            yield problem(at, f"{path}.at", wrong)


def _leads_nowhere(tree: Node, path: str) -> str | None:
    """Why nothing of a plant is at `path`, in words; a key that is absent may be waived too."""
    part, node = schema("Site"), tree
    for step in path.split("."):
        if part.get("type") == "array":
            names = [item_name(item, index) for index, item in enumerate(node.members)]
            if step not in names:
                return f"nothing is called `{short(step)}` there: {did_you_mean(step, names)}"
            part, node = part.get("items", {}), node.members[names.index(step)]
            continue
        below = child(part, step)
        if below is None:
            known = part.get("properties", {})
            return f"no key is called `{short(step)}` there: {did_you_mean(step, known)}"
        part, node = below, node.items.get(step) or Node(None, node.origin)
    if "." not in path and part.get("type") == "array":
        return f"a waiver is for one of the {path}: add a dot and its name"
    return None


def _check_model(path: str, use_case: Node, catalog: Catalog) -> Iterator[Problem]:
    model = catalog.models.get(use_case.word("model.name") or "")
    if model is None:
        return
    precision, version = use_case.get("model.precision"), use_case.get("model.version")
    offered = [artifact.precision for artifact in model.artifacts]
    if precision is not None and offered and precision.value not in offered:
        hint = did_you_mean(precision.text, offered)
        message = f"`{model.name}` has no artifact in `{precision.text}`: {hint}"
        yield problem(precision, f"{path}.model.precision", message)
    if version is not None and version.value != model.version:
        message = f"the catalog has `{model.name}` {model.version}, not {short(version.text)}"
        yield problem(version, f"{path}.model.version", f"{message}: use that, or add the release")


def _check_bands(path: str, use_case: Node, _catalog: Catalog) -> Iterator[Problem]:
    act, defer = use_case.get("bands.act_above"), use_case.get("bands.defer_above")
    high, low = number(act), number(defer)
    if act is not None and high is not None and low is not None and low >= high:
        message = f"act_above ({high:g}) must be above defer_above ({low:g}): raise it"
        yield problem(act, f"{path}.bands.act_above", message)


def _check_arrives(path: str, stream: Node, _catalog: Catalog) -> Iterator[Problem]:
    arrives = stream.get("arrives")
    kinds = ("every_ms", "every", "free_running", "batch", "random_per_hour")
    given = [key for key in kinds if arrives is not None and key in arrives.items]
    if arrives is not None and len(given) != 1:
        what = f"has {' and '.join(given)}" if given else "says nothing"
        message = f"{what}: write exactly one of {', '.join(kinds)}"
        yield problem(arrives, f"{path}.arrives", message)
    if arrives is not None and ("batch" in arrives.items) != ("per_day" in arrives.items):
        message = "batch and per_day belong together: write both"
        yield problem(arrives, f"{path}.arrives", message)


def _check_spares(path: str, device: Node, _catalog: Catalog) -> Iterator[Problem]:
    spares, boxes = device.get("spares"), number(device.items.get("boxes"))
    spare = number(spares)
    boxes = 1.0 if "boxes" not in device.items else boxes
    if spares is not None and spare is not None and boxes is not None and spare >= boxes:
        message = (
            f"{spare:g} of {boxes:g} boxes may not all be spare: at least one carries the load"
        )
        yield problem(spares, f"{path}.spares", message)


_CHECKS: tuple[tuple[Callable[[str, Node, Catalog], Iterator[Problem]], str], ...] = (
    (_check_model, "use_cases"),
    (_check_bands, "use_cases"),
    (_check_arrives, "streams"),
    (_check_spares, "devices"),
)
