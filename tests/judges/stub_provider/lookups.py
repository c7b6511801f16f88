"""Data sources: what is looked up in the imagined account."""

from typing import Any

import account
from account import arn, ec2_id

from .policy_document import policy_document
from .schema import computed, empty, recorded

Values = dict[str, Any]
PORTS = {
    "mysql": 3306,
    "mariadb": 3306,
    "oracle": 1521,
    "sqlserver": 1433,
    "db2": 50000,
    "docdb": 27017,
    "redshift": 5439,
}


def database(kind: str, identifier: str) -> Values:
    """Return the address of a database: the same for everybody who asks for that identifier."""
    port = next((p for word, p in PORTS.items() if word in identifier), 5432)
    return {
        "host": f"{identifier}.{account.digest(kind, identifier)[:8]}.{account.REGION}.rds.{account.DNS_SUFFIX}",
        "port": port,
    }


def _caller(_config: Values) -> Values:
    return {
        "account_id": account.ACCOUNT,
        "arn": arn("iam", "user/deployer", region=""),
        "user_id": "AIDADEPLOYER",
        "id": account.ACCOUNT,
    }


def _partition(_config: Values) -> Values:
    return {
        "partition": account.PARTITION,
        "dns_suffix": account.DNS_SUFFIX,
        "reverse_dns_prefix": "com.amazonaws",
        "id": "aws",
    }


def _region(config: Values) -> Values:
    name = config.get("region") or account.REGION
    return {
        "name": name,
        "region": name,
        "id": name,
        "endpoint": f"ec2.{name}.{account.DNS_SUFFIX}",
        "description": name,
    }


def _instance(config: Values) -> Values:
    found = database("instance", config["db_instance_identifier"])
    return {
        "address": found["host"],
        "port": found["port"],
        "endpoint": f"{found['host']}:{found['port']}",
        "db_instance_arn": arn("rds", f"db:{config['db_instance_identifier']}"),
    }


def _cluster(config: Values) -> Values:
    found = database("cluster", config["cluster_identifier"])
    return {
        "endpoint": found["host"],
        "port": found["port"],
        "arn": arn("rds", f"cluster:{config['cluster_identifier']}"),
    }


def _redshift(config: Values) -> Values:
    return _cluster(config) | {"arn": arn("redshift", f"cluster:{config['cluster_identifier']}")}


def _workgroup(config: Values) -> Values:
    found = database("workgroup", config["workgroup_name"])
    return {
        "endpoint": [{"address": found["host"], "port": 5439, "vpc_endpoint": []}],
        "namespace_name": f"namespace-of-{config['workgroup_name']}",
    }


def _endpoint(config: Values) -> Values:
    name = config.get("id") or ec2_id("vpce", config.get("service_name"), config.get("vpc_id"))
    host = f"{name}-{account.digest(name)[:8]}.secretsmanager.{account.REGION}.vpce.{account.DNS_SUFFIX}"
    return {
        "id": name,
        "dns_entry": [{"dns_name": host, "hosted_zone_id": "Z" + account.digest(host)[:12].upper()}],
        "vpc_id": config.get("vpc_id") or ec2_id("vpc", name),
    }


def _secret(config: Values) -> Values:
    found = config.get("arn") or account.secret_arn(config.get("name") or config.get("id") or "")
    return {
        "arn": found,
        "id": found,
        "name": found.split(":")[6].rsplit("-", 1)[0],
        "kms_key_id": account.kms_key_arn(found),
    }


LOOKUPS = {
    "aws_caller_identity": _caller,
    "aws_partition": _partition,
    "aws_region": _region,
    "aws_iam_policy_document": lambda c: {
        "json": policy_document(c),
        "minified_json": policy_document(c),
        "id": account.digest(policy_document(c))[:12],
    },
    "aws_ssm_parameter": lambda c: {
        "value": account.looked_up(c["name"]),
        "insecure_value": account.looked_up(c["name"]),
        "type": "String",
        "version": 1,
        "arn": arn("ssm", f"parameter{c['name']}"),
    },
    "aws_cloudformation_export": lambda c: {
        "value": account.looked_up(c["name"]),
        "exporting_stack_id": arn("cloudformation", "stack/network/1"),
    },
    "aws_db_instance": _instance,
    "aws_rds_cluster": _cluster,
    "aws_redshift_cluster": _redshift,
    "aws_redshiftserverless_workgroup": _workgroup,
    "aws_vpc_endpoint": _endpoint,
    "aws_secretsmanager_secret": _secret,
    "aws_subnet": lambda c: {
        "vpc_id": ec2_id("vpc", "of", c.get("id")),
        "availability_zone": f"{account.REGION}a",
        "cidr_block": "10.0.0.0/24",
    },
    "aws_vpc": lambda c: {"cidr_block": "10.0.0.0/16", "enable_dns_support": True, "enable_dns_hostnames": True},
    "aws_availability_zones": lambda c: {"names": [f"{account.REGION}{z}" for z in "abc"]},
    "aws_kms_key": lambda c: {
        "arn": c["key_id"] if c["key_id"].startswith("arn:") else arn("kms", f"key/{c['key_id']}")
    },
    "aws_lambda_function": lambda c: {"arn": arn("lambda", f"function:{c['function_name']}")},
    "aws_serverlessapplicationrepository_application": lambda c: {"semantic_version": "1.1.0"},
}


def look_up(type_name: str, config: Values) -> Values:
    """Return a data source's answer; what nobody asked for is empty, not missing."""
    if type_name == "aws_secretsmanager_random_password":
        raise ValueError("this data source writes the password into the state: use the ephemeral resource")
    if type_name == "aws_secretsmanager_secret_version":
        raise ValueError("this data source writes the secret's value into the state")
    if type_name not in LOOKUPS:
        raise ValueError(f"the stand-in does not know {type_name}: add it to lookups.py")
    block = recorded()["data"][type_name]
    known = {n: v for n, v in config.items() if v is not None}
    plain = {n: empty(a) if computed(a) else None for n, a in block["attributes"].items()}
    if "id" in plain:
        plain["id"] = account.digest(type_name, sorted(map(str, known.items())))[:12]
    if "region" in plain:
        plain["region"] = account.REGION
    nested = {n: config[n] for n in block["blocks"]}
    return plain | known | LOOKUPS[type_name](config) | nested
