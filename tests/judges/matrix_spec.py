"""Spells one row of the matrix as a spec."""

from typing import Any

from account import looked_up
from pairs import Row

# Ways that keep the function outside a VPC, or need none.
OUTSIDE = ("public", "-")


class Values:
    """Spells every value in one of the four forms."""

    def __init__(self, form: str) -> None:
        self.form = form

    def __call__(self, words: str) -> Any:
        """Return the value that the words name: `security group` becomes `SecurityGroup` and the like."""
        pascal = "".join(w.capitalize() for w in words.split())
        return {
            "literal": looked_up(pascal),
            "parameter": {"parameter": pascal, "description": f"The {words}"},
            "ssm": {"ssm": "/judged/" + words.replace(" ", "-")},
            "import": {"import": f"judged-{pascal}"},
        }[self.form]


def spec(name: str, row: Row) -> dict[str, Any]:
    """Return the spec as a structure."""
    value = Values(row["form"])
    written: dict[str, Any] = {"version": 1, "name": name, "description": " ".join(sorted(set(row.values()) - {"-"}))}
    written["secret"] = _secret(row, value, name)
    written |= _database(row, value) | _strategy(row, value) | _placement(row, value) | _schedule(row)
    written |= _function(row, value) | _people(row, value) | _alerts(row, value)
    if row["tags"] == "some":
        written["tags"] = {"team": "judges", "cost:centre": "42 / a"}
    return written


def _secret(row: Row, value: Values, name: str) -> dict[str, Any]:
    secret: dict[str, Any] = {"username": "APP" if row["engine"] == "oracle" else "app"}
    if row["secret"] == "adopted":
        secret = {"arn": value("secret arn")}
    if row["secret"] == "named":
        secret |= {"name": f"judged/{name}", "description": "named by the spec", "extra": {"tenant": "acme"}}
    if row["secret"] == "replicated":
        secret["replica_regions"] = ["eu-central-1", "eu-north-1"]
    if row["secret"] == "replicated-with-keys":
        key = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-4444-8888-000000000000"
        secret["replica_regions"] = [{"region": "eu-central-1", "kms_key": key}]
    if row["secret"] == "deleted":
        secret |= {"on_delete": "delete", "recovery_days": 7}
    if row["key"] != "none":
        secret["kms_key"] = "create" if row["key"] == "create" else value("key arn")
    if row["password"] == "own":
        secret["password"] = {"length": 30, "exclude": " \"'/@\\:;$%{}#"}
    elif row["password"] != "default":
        secret["password"] = {"profile": row["password"]}
    return secret


def _database(row: Row, value: Values) -> dict[str, Any]:
    if row["engine"] == "-":
        return {}
    where = "host" if row["address"] == "host" else f"{row['engine']} {row['address']}"
    database = {"engine": row["engine"], row["address"]: value(where)}
    if row["engine"] not in ("custom", "documentdb"):
        database["dbname"] = "orders"
    if row["engine"] == "custom":
        database["port"] = 9200
    if row["tls"] == "bundle":
        database["ca_bundle"] = "./ca.pem"
    elif row["tls"] != "verify-full":
        database["tls"] = row["tls"]
    if row["egress"] != "public":
        database["security_group"] = value("security group")
    return {"database": database}


def _strategy(row: Row, value: Values) -> dict[str, Any]:
    if row["strategy"] in ("single", "managed"):
        return {"strategy": {"single": "single-user", "managed": "managed"}[row["strategy"]]}
    superuser: dict[str, Any] = {"superuser_secret": value("superuser secret")}
    if row["strategy"] == "single-superuser":
        return {"strategy": {"single-user": superuser}}
    if row["strategy"] == "alternating-key":
        superuser["superuser_kms_key"] = value("superuser key")
    if row["strategy"] == "alternating-rds":
        superuser["rds_managed"] = True
    return {"strategy": {"alternating-users": superuser}}


def _placement(row: Row, value: Values) -> dict[str, Any]:
    if row["egress"] in OUTSIDE:
        return {"placement": "public"} if row["egress"] == "public" else {}
    existing = {"existing": value("endpoint"), "security_group": value("endpoint security group")}
    tables = [value("route table a"), value("route table b")]
    egress: Any = {
        "endpoint": "vpc-endpoint",
        "endpoint-elsewhere": {"vpc-endpoint": {"subnets": [value("subnet c"), value("subnet d")]}},
        "endpoint-without-dns": {"vpc-endpoint": {"private_dns": False}},
        "existing": {"vpc-endpoint": existing},
        "existing-without-dns": {"vpc-endpoint": {**existing, "private_dns": False}},
        "nat-existing": {"nat-gateway": "existing"},
        "nat-zonal": {
            "nat-gateway": {
                "public_subnets": [value("public subnet a"), value("public subnet b")],
                "route_tables": tables,
            }
        },
        "nat-regional": {"nat-gateway": {"regional": True, "route_tables": tables}},
    }[row["egress"]]
    placement = {"vpc": value("vpc"), "subnets": [value("subnet a"), value("subnet b")], "egress": egress}
    if row["group"] == "given":
        placement["security_group"] = value("function group")
    return {"placement": placement}


def _schedule(row: Row) -> dict[str, Any]:
    schedules: dict[str, dict[str, Any]] = {
        "default": {},
        "days": {"every": "7 days"},
        "hours-window": {"every": "12 hours", "window": "2h"},
        "cron": {"cron": "0 4 1 * ? *"},
        "cron-window": {"cron": "0 3 ? * SUN *", "window": "3h"},
        "not-at-once": {"cron": "0 5 ? * MON *", "immediately": False},
    }
    return {"schedule": schedules[row["schedule"]]} if schedules[row["schedule"]] else {}


def _function(row: Row, value: Values) -> dict[str, Any]:
    sources: dict[str, Any] = {
        "directory": {"directory": "./mine"},
        "s3": {"s3": {"bucket": value("bucket"), "key": value("object"), "version": value("object version")}},
        "image": {"image": value("image")},
        "arn": {"arn": value("function arn")},
        "aws-hosted": "aws-hosted",
    }
    function: dict[str, Any] = {"source": sources[row["source"]]} if row["source"] in sources else {}
    settings: dict[str, dict[str, Any]] = {
        "default": {},
        "x86": {"architecture": "x86_64"},
        "tuned": {"memory": 512, "timeout": 120, "log_retention_days": 90, "tracing": True},
        "hardened": {
            "runtime": "python3.14",
            "log_kms_key": value("log key"),
            "permissions_boundary": value("boundary"),
            "layers": [value("layer")],
            "code_signing_config": value("signing config"),
            "reserved_concurrency": 2,
        },
    }
    function |= settings[row["settings"]]
    return {"function": function} if function else {}


def _people(row: Row, value: Values) -> dict[str, Any]:
    people: dict[str, Any] = {}
    if row["operators"] in ("configure", "both"):
        people["configure"] = [value("admin role")]
    if row["operators"] in ("trigger", "both"):
        people["trigger"] = [value("operator role"), "arn:aws:iam::111122223333:user/oncall"]
    return {"operators": people} if people else {}


def _alerts(row: Row, value: Values) -> dict[str, Any]:
    if row["alerts"] == "none":
        return {}
    alerts: dict[str, Any] = {"topic": "create" if row["alerts"].startswith("create") else value("alert topic")}
    if row["alerts"] == "create-email":
        alerts["email"] = ["oncall@example.com"]
    if row["alerts"].endswith("trail"):
        alerts["trail"] = True
    return {"alerts": alerts}
