"""One plant through its life with the real CLI: made, changed, drifted, taken down."""

from __future__ import annotations

from tests.real.pulumi_cli import PLANT, RESOURCES, Workplace, told

BUCKET = f"edgeward-{PLANT}-123456789012"
LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
BUDGET = "edgeward:cloud:Budget$aws:budgets/budget:Budget::budget"
KEPT = {
    "aws:kms/key:Key",
    "aws:s3/bucket:Bucket",
    "aws:sagemaker/modelPackageGroup:ModelPackageGroup",
}
PROTECTED = 4
"""Two of them are keys."""


def _types(workplace: Workplace) -> set[str]:
    return {name.split("|", 1)[0] for name in workplace.cloud()}


def test_an_up_makes_what_the_plant_needs_and_a_second_one_nothing(made: Workplace) -> None:
    assert len(made.cloud()) == RESOURCES
    assert {*KEPT, LIFECYCLE, "aws:iam/role:Role", "aws:iot/thing:Thing"} <= _types(made)
    made.pulumi("up", "-s", PLANT, "--yes", "--skip-preview", "--expect-no-changes")


def test_a_longer_retention_changes_when_the_bucket_forgets_and_no_more(made: Workplace) -> None:
    made.edit(PLANT, "retention_days: 30", "retention_days: 60")
    changes = {urn.split("::", 2)[2]: op for urn, op in made.changes(PLANT).items()}
    changes.pop(BUDGET, None)  # follows the cost, in whole dollars
    assert changes == {f"edgeward:cloud:Landing${LIFECYCLE}::landing": "update"}
    made.pulumi("up", "--stack", PLANT, "--yes", "--skip-preview")
    rules = made.cloud()[f"{LIFECYCLE}|{BUCKET}"]["inputs"]["rules"]
    assert rules[1]["expiration"] == {"days": 60}


def test_a_drift_is_seen_and_put_right(made: Workplace) -> None:
    with made.changed_cloud() as cloud:
        cloud[f"{LIFECYCLE}|{BUCKET}"]["inputs"]["rules"][1]["expiration"]["days"] = 3650
        del cloud[f"aws:s3/bucketPolicy:BucketPolicy|{BUCKET}"]
    seen = made.pulumi("refresh", "-s", PLANT, "--preview-only", "--expect-no-changes", code=7)
    assert "~ 1 to update" in seen.stdout
    assert "- 1 to delete" in seen.stdout
    made.pulumi("up", "-s", PLANT, "--refresh", "--yes", "--skip-preview")
    made.pulumi("refresh", "-s", PLANT, "--preview-only", "--expect-no-changes")
    assert f"aws:s3/bucketPolicy:BucketPolicy|{BUCKET}" in made.cloud()


def test_a_plant_that_moves_to_another_region_keeps_its_records(made: Workplace) -> None:
    before = made.cloud()
    made.edit(PLANT, "region: us-east-1", "region: us-east-2")
    refused = made.pulumi("up", "-s", PLANT, "--yes", code=None)
    assert refused.returncode != 0
    assert told(refused).count("marked for protection") == PROTECTED
    assert made.cloud() == before


def test_a_destroy_is_refused_while_there_are_records(made: Workplace) -> None:
    before = made.cloud()
    refused = made.pulumi("destroy", "-s", PLANT, "--yes", code=None)
    assert refused.returncode != 0
    assert told(refused).count("because it is protected") == PROTECTED
    assert made.cloud() == before


def test_a_plant_is_taken_down_around_its_records_and_comes_back(made: Workplace) -> None:
    made.pulumi("destroy", "-s", PLANT, "--exclude-protected", "--yes")
    assert _types(made) == KEPT
    made.pulumi("up", "-s", PLANT, "--yes", "--skip-preview")
    assert len(made.cloud()) == RESOURCES


def test_what_is_unprotected_leaves_the_stack_and_stays_in_the_account(made: Workplace) -> None:
    made.pulumi("state", "unprotect", "--all", "-s", PLANT, "--yes")
    made.pulumi("destroy", "-s", PLANT, "--yes", "--skip-preview")
    made.pulumi("stack", "rm", PLANT, "--yes")
    assert _types(made) == KEPT
