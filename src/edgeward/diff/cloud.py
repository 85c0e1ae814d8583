"""Which cloud resources a change makes, alters, replaces or destroys, from the captured graphs."""

from __future__ import annotations

from collections.abc import Iterator

from edgeward.diff.change import Action, Alert, Concern, ResourceChange, Version
from edgeward.graph import CapturedResource

_ACTIONS = tuple(Action)
_FIXED = frozenset(
    {
        *("alias", "bucket", "csr", "dashboardName", "executionRoleArn", "keyId"),
        *("modelPackageGroupName", "name", "namePrefix", "pipelineName", "primaryContainer"),
        *("productionVariants", "region", "targetKeyId"),
    }
)
"""Inputs that name a thing or say where it is: AWS has no call to change them, so the provider
replaces the resource (the schema of pulumi-aws marks them `willReplaceOnChanges`)."""
_SHORT = 40
_STORES = ("aws:s3/bucket:Bucket", "aws:kms/key:Key", "aws:dynamodb/table:Table")


def compare_resources(before: Version | None, after: Version | None) -> tuple[ResourceChange, ...]:
    """The changes by URN, what is lost first. None where the graphs were not made."""
    old, new = _resources(before), _resources(after)
    moved = _region(before) != _region(after)
    changes = [
        _compare(old.get(urn), new.get(urn), moved)
        for urn in sorted({*old, *new})
        if urn not in old or urn not in new or moved or old[urn].inputs != new[urn].inputs
    ]
    return tuple(sorted(changes, key=lambda each: (_ACTIONS.index(each.action), each.type)))


def list_lost_stores(changes: tuple[ResourceChange, ...]) -> Iterator[Alert]:
    """The stores of data that would be gone, or that the plant would no longer use."""
    for each in changes:
        if each.type in _STORES and each.action in (Action.DESTROY, Action.REPLACE):
            fate = "leaves the stack and stays in the account" if each.kept else each.action.value
            yield Alert(Concern.DATA_LOSS, f"{each.type} {each.name}: {fate}")


def _resources(version: Version | None) -> dict[str, CapturedResource]:
    graph = version.result.graph if version is not None else None
    return {
        each.urn: each
        for each in (graph.resources if graph else ())
        if each.custom and not each.type.startswith("pulumi:")
    }


def _region(version: Version | None) -> str | None:
    graph = version.result.graph if version is not None else None
    return graph.region if graph else None


def _compare(
    old: CapturedResource | None, new: CapturedResource | None, moved: bool
) -> ResourceChange:
    if old is None:
        assert new is not None
        return ResourceChange(Action.CREATE, new.type, new.name)
    if new is None:
        return ResourceChange(Action.DESTROY, old.type, old.name, (), old.retain_on_delete)
    keys = sorted({*old.inputs, *new.inputs})
    differ = tuple(key for key in keys if old.inputs.get(key) != new.inputs.get(key))
    replaced = moved or _FIXED & set(differ)
    action = Action.REPLACE if replaced else Action.UPDATE
    inputs = tuple(_say_input(key, old, new) for key in differ) or ("region",)
    kept = bool(replaced) and old.retain_on_delete
    return ResourceChange(action, old.type, old.name, inputs, kept)


def _say_input(key: str, old: CapturedResource, new: CapturedResource) -> str:
    """`limitAmount 96 → 140`; only the name where a value is long, a structure or a secret."""
    values = (old.inputs.get(key), new.inputs.get(key))
    short = all(isinstance(each, str | int | float) and len(str(each)) < _SHORT for each in values)
    return f"{key} {values[0]} → {values[1]}" if short else key
