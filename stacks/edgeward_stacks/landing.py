"""The bucket that takes what leaves a plant: encrypted, versioned, private, emptied on time."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from edgeward.stack.planned import LandingPlan, Prefix
from edgeward_stacks.documents import Account, deny_plain, document
from edgeward_stacks.store import Store

_UNFINISHED_UPLOAD_DAYS = 7
_REPLACED_VERSION_DAYS = 1
"""An expired or overwritten item is gone a day later: retention is a promise to delete, too."""


@dataclass(frozen=True, slots=True)
class LandingArgs:
    plan: LandingPlan
    account: Account

    @property
    def bucket(self) -> str:
        """Bucket names are shared by all of AWS; the account's number makes this one unique."""
        return f"{self.plan.bucket_stem}-{self.account.number}"


class Landing(pulumi.ComponentResource):
    """The key, the bucket and its settings. Key and bucket outlive the stack: they hold records."""

    bucket: aws.s3.Bucket
    key: aws.kms.Key
    store: Store

    def __init__(self, name: str, args: LandingArgs, opts: pulumi.ResourceOptions) -> None:
        super().__init__("edgeward:cloud:Landing", name, None, opts)
        self._name_of = name
        self._child = pulumi.ResourceOptions(parent=self)
        self._kept = pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True)
        self.key = self._make_key(args)
        self.bucket = aws.s3.Bucket(
            name, bucket=args.bucket, force_destroy=False, tags=args.plan.tags, opts=self._kept
        )
        self.store = Store(args.bucket, self.key.arn, (self.bucket,))
        self._close_bucket()
        self._encrypt_bucket()
        self._limit_access(args)
        self._keep_versions(args)
        if args.plan.tells_of_files:
            self._tell_of_files()
        self.register_outputs({"bucket": self.bucket.bucket, "key": self.key.arn})

    def _make_key(self, args: LandingArgs) -> aws.kms.Key:
        key = aws.kms.Key(
            self._name_of,
            description=f"Records in {args.bucket}",
            enable_key_rotation=True,
            deletion_window_in_days=30,
            tags=args.plan.tags,
            opts=self._kept,
        )
        aws.kms.Alias(
            self._name_of,
            name=f"alias/{args.bucket}",
            target_key_id=key.key_id,
            opts=self._child,
        )
        return key

    def _close_bucket(self) -> None:
        aws.s3.BucketPublicAccessBlock(
            self._name_of,
            bucket=self.bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=self._child,
        )
        aws.s3.BucketOwnershipControls(
            self._name_of,
            bucket=self.bucket.bucket,
            rule={"object_ownership": "BucketOwnerEnforced"},
            opts=self._child,
        )

    def _encrypt_bucket(self) -> None:
        rule: aws.s3.BucketServerSideEncryptionConfigurationRuleArgsDict = {
            "apply_server_side_encryption_by_default": {
                "sse_algorithm": "aws:kms",
                "kms_master_key_id": self.key.arn,
            },
            "bucket_key_enabled": True,
        }
        aws.s3.BucketServerSideEncryptionConfiguration(
            self._name_of,
            bucket=self.bucket.bucket,
            rules=[rule],
            opts=self._child,
        )

    def _limit_access(self, args: LandingArgs) -> None:
        arn = args.account.bucket_arn(args.bucket)
        aws.s3.BucketPolicy(
            self._name_of,
            bucket=self.bucket.bucket,
            policy=document(deny_plain(arn)),
            opts=self._child,
        )

    def _tell_of_files(self) -> None:
        aws.s3.BucketNotification(
            self._name_of, bucket=self.bucket.bucket, eventbridge=True, opts=self._child
        )

    def _keep_versions(self, args: LandingArgs) -> None:
        versioning = aws.s3.BucketVersioning(
            self._name_of,
            bucket=self.bucket.bucket,
            versioning_configuration={"status": "Enabled"},
            opts=self._child,
        )
        aws.s3.BucketLifecycleConfiguration(
            self._name_of,
            bucket=self.bucket.bucket,
            rules=[_upload_rule(), *(_expiry_rule(p) for p in args.plan.prefixes if p.expire_days)],
            opts=pulumi.ResourceOptions(parent=self, depends_on=[versioning]),
        )


def _upload_rule() -> aws.s3.BucketLifecycleConfigurationRuleArgsDict:
    return {
        "id": "unfinished-uploads",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "abort_incomplete_multipart_upload": {"days_after_initiation": _UNFINISHED_UPLOAD_DAYS},
    }


def _expiry_rule(prefix: Prefix) -> aws.s3.BucketLifecycleConfigurationRuleArgsDict:
    return {
        "id": prefix.path,
        "status": "Enabled",
        "filter": {"prefix": prefix.path},
        "expiration": {"days": prefix.expire_days},
        "noncurrent_version_expiration": {"noncurrent_days": _REPLACED_VERSION_DAYS},
    }
