"""Root and targets become valid with the signature that reaches their threshold, not before."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from edgeward.errors import InvalidDeclaration, UsageError
from edgeward.release.assign import Assigned
from edgeward.release.ceremony import Ceremony, sign_offline
from edgeward.release.keys import load_keys, open_signers
from edgeward.release.repository import read_published
from tests.unit.release.staging import KEYS, NOW, SITES, Stage, make_stage, write_keys


def _sign(stage: Stage, *holders: str, days: int = 0) -> tuple[Ceremony, ...]:
    signers = open_signers(stage.key(*holders))
    return sign_offline(stage.repository, stage.keys, SITES, signers, NOW + timedelta(days=days))


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(write_keys(tmp_path / "root"), tmp_path / "repository")


def test_one_holder_after_the_other(stage: Stage) -> None:
    assert _sign(stage, "root-a") == (Ceremony("root", 1, 1, 2),)
    with pytest.raises(UsageError, match="is not signed yet"):
        read_published(stage.repository)
    # Another day and another machine: what waits is signed on, not begun again.
    assert _sign(stage, "root-b", days=1) == (
        Ceremony("root", 1, 2, 2),
        Ceremony("targets", 1, 0, 1),
    )
    assert _sign(stage, "targets", days=1) == (Ceremony("targets", 1, 1, 1),)
    assert _sign(stage, "root-a", days=2) == ()


def test_a_stranger_signs_nothing(stage: Stage) -> None:
    assert _sign(stage, "stranger", "online") == (Ceremony("root", 1, 0, 2),)


def test_a_new_root_needs_the_old_keys(stage: Stage) -> None:
    """Else whoever may write `releases/keys.yaml` could hand the fleet to other keys."""
    _sign(stage, "root-a", "root-b", "targets")
    file = stage.root / "releases" / "keys.yaml"
    file.write_text(KEYS.replace("[root-a.pub, root-b.pub]", "[root-a.pub, stranger.pub]"))
    assert _sign(stage, "root-a", "stranger") == (Ceremony("root", 2, 1, 2),)
    assert _sign(stage, "root-b") == (Ceremony("root", 2, 2, 2),)


def test_past_half_of_its_time_it_is_signed_anew(stage: Stage) -> None:
    _sign(stage, "root-a", "root-b", "targets")
    assert _sign(stage, "targets", days=182) == ()
    assert [each.version for each in _sign(stage, "targets", "root-a", days=184)] == [2, 2]


def test_publishing_with_too_few_keys_writes_nothing(tmp_path: Path) -> None:
    stage = make_stage(tmp_path)
    stage.build(2, "two")
    before = sorted((stage.repository / "metadata").iterdir())
    with pytest.raises(UsageError, match="plant-brno: the keys given make 1 of the 2 signatures"):
        stage.publish({"brno": Assigned(2)}, holders="online models plants-a")
    assert sorted((stage.repository / "metadata").iterdir()) == before


def test_a_plant_keeps_what_it_has_when_another_gets_a_release(tmp_path: Path) -> None:
    stage = make_stage(tmp_path)
    stage.build(2, "two", "net-2.0")
    assert stage.publish({"brno": Assigned(2)}) == ("models", "plant-brno")
    roles = read_published(stage.repository).roles
    models = [path.split("-")[1] for path in sorted(roles["models"].signed.targets)]
    assert models == ["1.0", "2.0"]
    assert roles["plant-lyon"].signed.version == 1
    assert stage.publish({"brno": Assigned(1)}) == ("plant-brno",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("targets.pub", "nowhere.pub", "keys.yaml:6:20 roles.targets.keys.0: is no public key"),
        ("threshold: 2, days: 365", "threshold: 3, days: 365", "5:53 roles.root.threshold: 3"),
        ("[root-a.pub, root-b.pub]", "[root-a.pub, ./root-a.pub]", "one person would sign twice"),
        ("days: 30", "day: 30", "days"),
    ],
)
def test_bad_keys_are_named_with_their_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    root = write_keys(tmp_path, KEYS.replace(old, new, 1))
    with pytest.raises(InvalidDeclaration, match=message):
        load_keys(root)
