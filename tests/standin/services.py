"""The AWS resource types that the stand-in plays: their ids, names, replacements and references.

The facts are the real provider's: what an id is made of, which input gets a generated name, which
inputs cannot change in place. A type that is not listed is refused; add a row for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.standin.controlled import CONTROLLED
from tests.standin.documents import Document


@dataclass(frozen=True, slots=True)
class Service:
    """One resource type. Templates are filled from the inputs and account, region, partition, id.

    `id` is empty where AWS makes one up. `named` is the input that gets a name when it has none.
    `refers` maps an input to the type that has to exist under that id. `held_by` lists types and
    their input that names this resource: while there is one, this cannot be deleted. Making what
    is there already is an error, except for what `overwrites`: AWS puts that, it does not create.
    """

    id: str = ""
    arn: str = ""
    named: str = ""
    replaces: frozenset[str] = frozenset()
    outputs: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    refers: Mapping[str, str] = field(default_factory=dict)
    held_by: tuple[tuple[str, str], ...] = ()
    overwrites: bool = False


BUCKET = "aws:s3/bucket:Bucket"
ROLE = "aws:iam/role:Role"
OIDC_PROVIDER = "aws:iam/openIdConnectProvider:OpenIdConnectProvider"
MANAGED_POLICY = "aws:iam/policy:Policy"
POLICY_OF_ROLE = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
KEY = "aws:kms/key:Key"
ALIAS = "aws:kms/alias:Alias"
THING = "aws:iot/thing:Thing"
THING_GROUP = "aws:iot/thingGroup:ThingGroup"
IOT_POLICY = "aws:iot/policy:Policy"
IOT_ATTACHMENT = "aws:iot/policyAttachment:PolicyAttachment"
CERTIFICATE = "aws:iot/certificate:Certificate"
THING_PRINCIPAL = "aws:iot/thingPrincipalAttachment:ThingPrincipalAttachment"
ROLE_ALIAS = "aws:iot/roleAlias:RoleAlias"
TOPIC_RULE = "aws:iot/topicRule:TopicRule"
DELIVERY = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
EVENT_RULE = "aws:cloudwatch/eventRule:EventRule"
EVENT_TARGET = "aws:cloudwatch/eventTarget:EventTarget"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
DASHBOARD = "aws:cloudwatch/dashboard:Dashboard"
TOPIC = "aws:sns/topic:Topic"
TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy"
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"
QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy"
BUCKET_NOTIFICATION = "aws:s3/bucketNotification:BucketNotification"
QUEUE = "aws:sqs/queue:Queue"
PIPELINE = "aws:sagemaker/pipeline:Pipeline"
MODEL = "aws:sagemaker/model:Model"
ENDPOINT_SETTINGS = "aws:sagemaker/endpointConfiguration:EndpointConfiguration"
ENDPOINT = "aws:sagemaker/endpoint:Endpoint"
SCALING_TARGET = "aws:appautoscaling/target:Target"
SCALING_POLICY = "aws:appautoscaling/policy:Policy"
MODEL_GROUP = "aws:sagemaker/modelPackageGroup:ModelPackageGroup"
BUDGET = "aws:budgets/budget:Budget"
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
PUBLIC_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"
ENCRYPTION = (
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
)
VERSIONING = "aws:s3/bucketVersioning:BucketVersioning"
LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"


def _of_bucket(documents: Mapping[str, Document] | None = None) -> Service:
    """A setting of a bucket: one of its kind each, so the bucket's name is its id."""
    return Service(
        id="{bucket}",
        replaces=frozenset({"bucket"}),
        refers={"bucket": BUCKET},
        documents=documents or {},
        overwrites=True,
    )


SERVICES: Mapping[str, Service] = {
    BUCKET: Service(
        id="{bucket}",
        arn="arn:{partition}:s3:::{id}",
        named="bucket",
        replaces=frozenset({"bucket", "objectLockEnabled"}),
        outputs={
            "bucketDomainName": "{id}.s3.amazonaws.com",
            "bucketRegion": "{region}",
            "bucketRegionalDomainName": "{id}.s3.{region}.amazonaws.com",
        },
    ),
    BUCKET_POLICY: _of_bucket({"policy": Document("resource", 20480)}),
    PUBLIC_BLOCK: _of_bucket(),
    OWNERSHIP: _of_bucket(),
    ENCRYPTION: _of_bucket(),
    VERSIONING: _of_bucket(),
    LIFECYCLE: _of_bucket(),
    OIDC_PROVIDER: Service(
        id="arn:{partition}:iam::{account}:oidc-provider/{url}",
        arn="{id}",
        replaces=frozenset({"url"}),
    ),
    MANAGED_POLICY: Service(
        id="arn:{partition}:iam::{account}:policy/{name}",
        arn="{id}",
        named="name",
        replaces=frozenset({"name", "path"}),
        documents={"policy": Document("identity", 6144)},
        held_by=((POLICY_OF_ROLE, "policyArn"),),
    ),
    POLICY_OF_ROLE: Service(
        id="{role}-{policyArn}",
        replaces=frozenset({"role", "policyArn"}),
        refers={"role": ROLE, "policyArn": MANAGED_POLICY},
        overwrites=True,
    ),
    ROLE: Service(
        id="{name}",
        arn="arn:{partition}:iam::{account}:role/{id}",
        named="name",
        replaces=frozenset({"name", "path"}),
        documents={"assumeRolePolicy": Document("trust", 2048)},
        held_by=((ROLE_POLICY, "role"),),
    ),
    ROLE_POLICY: Service(
        id="{role}:{name}",
        named="name",
        replaces=frozenset({"name", "role"}),
        documents={"policy": Document("identity", 10240)},
        refers={"role": ROLE},
        overwrites=True,
    ),
    KEY: Service(
        arn="arn:{partition}:kms:{region}:{account}:key/{id}",
        outputs={"keyId": "{id}"},
        documents={"policy": Document("resource", 32768)},
    ),
    ALIAS: Service(
        id="{name}",
        arn="arn:{partition}:kms:{region}:{account}:{id}",
        named="name",
        replaces=frozenset({"name"}),
        refers={"targetKeyId": KEY},
    ),
    THING: Service(
        id="{name}",
        arn="arn:{partition}:iot:{region}:{account}:thing/{id}",
        named="name",
        replaces=frozenset({"name"}),
        outputs={"defaultClientId": "{id}"},
    ),
    THING_GROUP: Service(
        id="{name}",
        arn="arn:{partition}:iot:{region}:{account}:thinggroup/{id}",
        named="name",
        replaces=frozenset({"name", "parentGroupName"}),
        refers={"parentGroupName": THING_GROUP},
    ),
    IOT_POLICY: Service(
        id="{name}",
        arn="arn:{partition}:iot:{region}:{account}:policy/{id}",
        named="name",
        replaces=frozenset({"name"}),
        documents={"policy": Document("identity", 2048)},
        held_by=((IOT_ATTACHMENT, "policy"),),
    ),
    IOT_ATTACHMENT: Service(
        id="{policy}|{target}",
        replaces=frozenset({"policy", "target"}),
        refers={"policy": IOT_POLICY},
        overwrites=True,
    ),
    CERTIFICATE: Service(
        arn="arn:{partition}:iot:{region}:{account}:cert/{id}",
        outputs={"certificatePem": "-----BEGIN CERTIFICATE-----"},
        replaces=frozenset({"csr"}),
        held_by=((IOT_ATTACHMENT, "target"), (THING_PRINCIPAL, "principal")),
    ),
    THING_PRINCIPAL: Service(
        id="{thing}|{principal}",
        replaces=frozenset({"thing", "principal"}),
        refers={"thing": THING, "principal": CERTIFICATE},
        overwrites=True,
    ),
    ROLE_ALIAS: Service(
        id="{alias}",
        arn="arn:{partition}:iot:{region}:{account}:rolealias/{id}",
        replaces=frozenset({"alias"}),
    ),
    TOPIC_RULE: Service(
        id="{name}",
        arn="arn:{partition}:iot:{region}:{account}:rule/{id}",
        named="name",
        replaces=frozenset({"name"}),
    ),
    DELIVERY: Service(
        id="arn:{partition}:firehose:{region}:{account}:deliverystream/{name}",
        arn="{id}",
        named="name",
        replaces=frozenset({"name", "destination"}),
    ),
    EVENT_RULE: Service(
        id="{name}",
        arn="arn:{partition}:events:{region}:{account}:rule/{id}",
        named="name",
        replaces=frozenset({"name"}),
        held_by=((EVENT_TARGET, "rule"),),
    ),
    EVENT_TARGET: Service(
        replaces=frozenset({"rule", "targetId"}),
        refers={"rule": EVENT_RULE},
    ),
    ALARM: Service(
        id="{name}",
        arn="arn:{partition}:cloudwatch:{region}:{account}:alarm:{id}",
        named="name",
        replaces=frozenset({"name"}),
        overwrites=True,
    ),
    DASHBOARD: Service(
        id="{dashboardName}",
        outputs={"dashboardArn": "arn:{partition}:cloudwatch::{account}:dashboard/{id}"},
        replaces=frozenset({"dashboardName"}),
        overwrites=True,
    ),
    TOPIC: Service(
        id="arn:{partition}:sns:{region}:{account}:{name}",
        arn="{id}",
        named="name",
        replaces=frozenset({"name"}),
    ),
    TOPIC_POLICY: Service(
        id="{arn}",
        refers={"arn": TOPIC},
        documents={"policy": Document("resource", 30720)},
        overwrites=True,
    ),
    SUBSCRIPTION: Service(
        refers={"topic": TOPIC},
        replaces=frozenset({"topic", "protocol", "endpoint"}),
    ),
    QUEUE_POLICY: Service(
        id="{queueUrl}",
        refers={"queueUrl": QUEUE},
        replaces=frozenset({"queueUrl"}),
        documents={"policy": Document("resource", 10240)},
        overwrites=True,
    ),
    BUCKET_NOTIFICATION: _of_bucket(),
    QUEUE: Service(
        id="https://sqs.{region}.amazonaws.com/{account}/{name}",
        arn="arn:{partition}:sqs:{region}:{account}:{name}",
        named="name",
        replaces=frozenset({"name", "fifoQueue"}),
        outputs={"url": "{id}"},
        documents={"policy": Document("resource", 10240)},
    ),
    PIPELINE: Service(
        id="{pipelineName}",
        arn="arn:{partition}:sagemaker:{region}:{account}:pipeline/{id}",
        replaces=frozenset({"pipelineName"}),
    ),
    MODEL: Service(
        id="{name}",
        arn="arn:{partition}:sagemaker:{region}:{account}:model/{id}",
        named="name",
        replaces=frozenset(
            {"name", "executionRoleArn", "primaryContainer", "enableNetworkIsolation"}
        ),
    ),
    ENDPOINT_SETTINGS: Service(
        id="{name}",
        arn="arn:{partition}:sagemaker:{region}:{account}:endpoint-config/{id}",
        named="name",
        replaces=frozenset({"name", "productionVariants", "kmsKeyArn"}),
        held_by=((ENDPOINT, "endpointConfigName"),),
    ),
    ENDPOINT: Service(
        id="{name}",
        arn="arn:{partition}:sagemaker:{region}:{account}:endpoint/{id}",
        named="name",
        replaces=frozenset({"name"}),
        refers={"endpointConfigName": ENDPOINT_SETTINGS},
    ),
    SCALING_TARGET: Service(
        id="{resourceId}",
        arn="arn:{partition}:application-autoscaling:{region}:{account}:scalable-target/{id}",
        replaces=frozenset({"resourceId", "scalableDimension", "serviceNamespace"}),
        overwrites=True,
    ),
    SCALING_POLICY: Service(
        id="{name}",
        named="name",
        replaces=frozenset({"name", "resourceId", "scalableDimension", "serviceNamespace"}),
        refers={"resourceId": SCALING_TARGET},
        overwrites=True,
    ),
    MODEL_GROUP: Service(
        id="{modelPackageGroupName}",
        arn="arn:{partition}:sagemaker:{region}:{account}:model-package-group/{id}",
        replaces=frozenset({"modelPackageGroupName", "modelPackageGroupDescription"}),
    ),
    CONTROLLED: Service(replaces=frozenset({"typeName"}), outputs={"properties": "{desiredState}"}),
    BUDGET: Service(
        id="{account}:{name}",
        arn="arn:{partition}:budgets::{account}:budget/{name}",
        named="name",
        replaces=frozenset({"name", "accountId"}),
    ),
}
