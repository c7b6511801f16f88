//! Every value of a spec that may be written out or left to deploy time, with its route and what it stands for.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Route};
use crate::spec::{SourceWith, Spec, Value, Way};

/// What a value stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Secret,
    Key,
    Instance,
    Cluster,
    Workgroup,
    Host,
    SecurityGroup,
    Vpc,
    Subnet,
    RouteTable,
    Endpoint,
    Bucket,
    ObjectKey,
    ObjectVersion,
    Image,
    Function,
    Layer,
    PermissionsBoundary,
    CodeSigningConfig,
    Operator,
    Topic,
}

impl Kind {
    /// Its name in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Secret => "a secret's ARN",
            Self::Key => "a KMS key's ARN",
            Self::Instance => "an instance identifier",
            Self::Cluster => "a cluster identifier",
            Self::Workgroup => "a workgroup",
            Self::Host => "a host name",
            Self::SecurityGroup => "a security group",
            Self::Vpc => "a VPC",
            Self::Subnet => "a subnet",
            Self::RouteTable => "a route table",
            Self::Endpoint => "a VPC endpoint",
            Self::Bucket => "a bucket",
            Self::ObjectKey => "an object's key",
            Self::ObjectVersion => "an object's version",
            Self::Image => "an image's URI",
            Self::Function => "a function's ARN",
            Self::Layer => "a layer version's ARN",
            Self::PermissionsBoundary => "a policy's ARN",
            Self::CodeSigningConfig => "a code signing configuration's ARN",
            Self::Operator => "a role's or user's ARN",
            Self::Topic => "a topic's ARN",
        }
    }
}

/// A value with its route and what it stands for.
#[derive(Debug, Clone)]
pub struct Placed<'s> {
    /// Where it is.
    pub route: Route,
    /// What it stands for.
    pub kind: Kind,
    /// The value.
    pub value: &'s Value,
}

impl<'s> Placed<'s> {
    /// What can be judged: the text of a literal, or the default of a parameter, with its route.
    pub fn text(&self) -> Option<(Route, &'s str)> {
        match self.value {
            Value::Literal(text) => Some((self.route.clone(), text)),
            Value::Parameter(parameter) => Some((self.route.key("default"), parameter.default.as_deref()?)),
            Value::Ssm(_) | Value::Import(_) => None,
        }
    }
}

/// Whether two values are the same thing whatever they turn out to be: the same text, or the same place to look it up.
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Parameter(one), Value::Parameter(other)) => one.parameter == other.parameter,
        _ => one == other,
    }
}

/// Findings about each written value of some kinds that `fault` objects to, with a message and a help.
pub fn judge(
    subject: &Subject<'_>,
    kinds: &[Kind],
    code: &'static Code,
    fault: impl Fn(&str) -> Option<(String, String)>,
) -> Vec<Diagnostic> {
    all(subject.spec)
        .iter()
        .filter(|placed| kinds.contains(&placed.kind))
        .filter_map(Placed::text)
        .filter_map(|(route, text)| fault(text).map(|(message, help)| Diagnostic::at(code, route, message).help(help)))
        .collect()
}

/// Every value of a spec, in the order of the language.
pub fn all(spec: &Spec) -> Vec<Placed<'_>> {
    let mut list = List(Vec::new());
    let secret = &spec.secret;
    list.optional("secret.arn", Kind::Secret, secret.arn.as_ref());
    list.optional("secret.kms_key", Kind::Key, secret.kms_key.as_ref().and_then(|key| key.existing()));
    for (index, replica) in secret.replica_regions.iter().enumerate() {
        let route = Route::to("secret.replica_regions").index(index).key("kms_key");
        list.0.extend(replica.kms_key().map(|value| Placed { route, kind: Kind::Key, value }));
    }
    if let Some(database) = &spec.database {
        list.optional("database.instance", Kind::Instance, database.instance.as_ref());
        list.optional("database.cluster", Kind::Cluster, database.cluster.as_ref());
        list.optional("database.workgroup", Kind::Workgroup, database.workgroup.as_ref());
        list.optional("database.host", Kind::Host, database.host.as_ref());
        list.optional("database.security_group", Kind::SecurityGroup, database.security_group.as_ref());
    }
    if let Some(superuser) = spec.strategy.superuser() {
        let route = Route::to("strategy").key(spec.strategy.word());
        let secret = &superuser.superuser_secret;
        list.0.push(Placed { route: route.key("superuser_secret"), kind: Kind::Secret, value: secret });
        let key = superuser.superuser_kms_key.as_ref();
        list.0.extend(key.map(|value| Placed { route: route.key("superuser_kms_key"), kind: Kind::Key, value }));
    }
    list.placement(spec);
    list.function(spec);
    list.every("operators.configure", Kind::Operator, &spec.operators.configure);
    list.every("operators.trigger", Kind::Operator, &spec.operators.trigger);
    list.optional("alerts.topic", Kind::Topic, spec.alerts.as_ref().and_then(|alerts| alerts.topic.existing()));
    list.0
}

struct List<'s>(Vec<Placed<'s>>);

impl<'s> List<'s> {
    fn optional(&mut self, route: &str, kind: Kind, value: Option<&'s Value>) {
        self.0.extend(value.map(|value| Placed { route: Route::to(route), kind, value }));
    }

    fn every(&mut self, route: &str, kind: Kind, values: &'s [Value]) {
        let route = Route::to(route);
        let placed = values.iter().enumerate();
        self.0.extend(placed.map(|(index, value)| Placed { route: route.index(index), kind, value }));
    }

    fn placement(&mut self, spec: &'s Spec) {
        let Some(vpc) = spec.placement.as_ref().and_then(|placement| placement.vpc()) else { return };
        self.optional("placement.vpc", Kind::Vpc, Some(&vpc.vpc));
        self.every("placement.subnets", Kind::Subnet, &vpc.subnets);
        match vpc.egress.way() {
            Way::Endpoint(std::borrow::Cow::Borrowed(endpoint)) => {
                let route = "placement.egress.vpc-endpoint";
                self.optional(&format!("{route}.existing"), Kind::Endpoint, endpoint.existing.as_ref());
                let group = endpoint.security_group.as_ref();
                self.optional(&format!("{route}.security_group"), Kind::SecurityGroup, group);
                self.every(&format!("{route}.subnets"), Kind::Subnet, &endpoint.subnets);
            }
            Way::NatGateway(created) => {
                let route = "placement.egress.nat-gateway";
                self.every(&format!("{route}.public_subnets"), Kind::Subnet, &created.public_subnets);
                self.every(&format!("{route}.route_tables"), Kind::RouteTable, &created.route_tables);
            }
            // The bare word holds no values.
            Way::Endpoint(std::borrow::Cow::Owned(_)) | Way::ExistingNatGateway => {}
        }
        self.optional("placement.security_group", Kind::SecurityGroup, vpc.security_group.as_ref());
    }

    fn function(&mut self, spec: &'s Spec) {
        let function = &spec.function;
        if let crate::spec::Source::With(source) = &function.source {
            match source {
                SourceWith::S3(object) => {
                    self.optional("function.source.s3.bucket", Kind::Bucket, Some(&object.bucket));
                    self.optional("function.source.s3.key", Kind::ObjectKey, Some(&object.key));
                    self.optional("function.source.s3.version", Kind::ObjectVersion, object.version.as_ref());
                }
                SourceWith::Image(uri) => self.optional("function.source.image", Kind::Image, Some(uri)),
                SourceWith::Arn(arn) => self.optional("function.source.arn", Kind::Function, Some(arn)),
                SourceWith::Directory(_) => {}
            }
        }
        self.optional("function.log_kms_key", Kind::Key, function.log_kms_key.as_ref());
        let boundary = function.permissions_boundary.as_ref();
        self.optional("function.permissions_boundary", Kind::PermissionsBoundary, boundary);
        self.every("function.layers", Kind::Layer, &function.layers);
        let config = function.code_signing_config.as_ref();
        self.optional("function.code_signing_config", Kind::CodeSigningConfig, config);
    }
}
