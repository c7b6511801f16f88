"""The account that both targets are imagined to be deployed into.

The Terraform stand-in answers with these values, and the CloudFormation evaluator fills in the
same ones. Whatever has a name gets an identifier derived from that name, so two outputs that
describe the same thing speak of the same identifier without knowing of each other.
"""

import hashlib

ACCOUNT = "111122223333"
# The longest name of a Region: names that are made of it come closest to their limits.
REGION = "ap-southeast-1"
PARTITION = "aws"
DNS_SUFFIX = "amazonaws.com"
STACK = "judged-stack"


def digest(*parts: object) -> str:
    """Return 40 hexadecimal digits that depend on the parts and on nothing else."""
    return hashlib.sha1("\x00".join(map(str, parts)).encode()).hexdigest()


def ec2_id(prefix: str, *parts: object) -> str:
    """Return an identifier such as `sg-0123456789abcdef0`."""
    return f"{prefix}-0{digest(prefix, *parts)[:16]}"


def uuid(*parts: object) -> str:
    """Return something shaped like a UUID."""
    d = digest("uuid", *parts)
    return f"{d[:8]}-{d[8:12]}-4{d[13:16]}-8{d[17:20]}-{d[20:32]}"


def arn(service: str, resource: str, region: str = REGION, account: str = ACCOUNT) -> str:
    """Return an ARN in the imagined account; pass an empty region for global services."""
    return f"arn:{PARTITION}:{service}:{region}:{account}:{resource}"


def secret_arn(name: str) -> str:
    """Return a secret's ARN with its six random characters, here not random."""
    return arn("secretsmanager", f"secret:{name}-{digest('secret', name)[:6]}")


def kms_key_arn(*parts: object) -> str:
    """Return the ARN of a key that the output creates."""
    return arn("kms", f"key/{uuid('kms', *parts)}")


# What a looked-up value is, told by a word in its path or name. Order matters: the first wins.
SHAPES = [
    ("objectversion", lambda name: digest(name)[:16]),
    ("object", lambda name: f"rotation/{digest(name)[:8]}.zip"),
    ("instance", lambda name: f"instance-{digest(name)[:8]}"),
    ("cluster", lambda name: f"cluster-{digest(name)[:8]}"),
    ("workgroup", lambda name: f"workgroup-{digest(name)[:8]}"),
    ("image", lambda name: f"{ACCOUNT}.dkr.ecr.{REGION}.{DNS_SUFFIX}/rotation-{digest(name)[:8]}:1"),
    ("layer", lambda name: arn("lambda", f"layer:drivers-{digest(name)[:8]}:3")),
    ("signing", lambda name: arn("lambda", f"code-signing-config:csc-0{digest(name)[:16]}")),
    ("route", lambda name: ec2_id("rtb", name)),
    ("group", lambda name: ec2_id("sg", name)),
    ("endpoint", lambda name: ec2_id("vpce", name)),
    ("subnet", lambda name: ec2_id("subnet", name)),
    ("vpc", lambda name: ec2_id("vpc", name)),
    ("key", lambda name: arn("kms", f"key/{uuid('lookup', name)}")),
    ("secret", lambda name: secret_arn(f"lookup/{digest(name)[:8]}")),
    ("superuser", lambda name: secret_arn(f"lookup/{digest(name)[:8]}")),
    ("role", lambda name: arn("iam", f"role/Lookup{digest(name)[:8]}", region="")),
    ("topic", lambda name: arn("sns", f"lookup-{digest(name)[:8]}")),
    ("function", lambda name: arn("lambda", f"function:lookup-{digest(name)[:8]}")),
    ("boundary", lambda name: arn("iam", f"policy/Lookup{digest(name)[:8]}", region="")),
    ("host", lambda name: f"db-{digest(name)[:8]}.example.internal"),
    ("bucket", lambda name: f"artifacts-{digest(name)[:8]}"),
]


def looked_up(name: str) -> str:
    """Return what an SSM parameter, an export or a parameter of that name holds."""
    plain = name.lower().replace("-", "").replace("_", "").replace("/", "")
    for word, make in SHAPES:
        if word in plain:
            return make(plain)
    return f"value-{digest(plain)[:8]}"
