//! Every text that a resource holds.

use super::Text;
use super::parts::{Code, Holder, NatLocation, Peer, Rotator, SecretValue};
use super::policy::Document;
use super::resource::Resource;

impl Resource {
    /// Calls `visit` with every text of the resource. What a target adds of its own, it adds up itself:
    /// every endpoint names its Region, every invoke permission its account.
    pub fn texts<'r>(&'r self, visit: &mut impl FnMut(&'r Text)) {
        let document = |document: &'r Document, visit: &mut dyn FnMut(&'r Text)| document.texts().for_each(visit);
        match self {
            Self::Key { policy, .. } => document(policy, visit),
            Self::Secret(secret) => {
                secret.key.iter().for_each(&mut *visit);
                secret.replicas.iter().filter_map(|(_, key)| key.as_ref()).for_each(&mut *visit);
                for key in &secret.keys {
                    if let SecretValue::Text(text) = &key.value {
                        visit(text);
                    }
                }
            }
            Self::Connection(connection) => visit(&connection.identifier),
            Self::Role { name, trust, boundary, .. } => {
                visit(name);
                boundary.iter().for_each(&mut *visit);
                document(trust, visit);
            }
            Self::Policy { name, document: policy, holders, .. } => {
                visit(name);
                document(policy, visit);
                for Holder::Role(holder) | Holder::User(holder) in holders {
                    visit(holder);
                }
            }
            Self::LogGroup { key, .. } => key.iter().for_each(visit),
            Self::Function(function) => {
                visit(&function.role);
                match &function.code {
                    Code::Zip { .. } => {}
                    Code::S3 { bucket, key, version, .. } => {
                        [bucket, key].into_iter().chain(version).for_each(&mut *visit);
                    }
                    Code::Image(uri) => visit(uri),
                }
                function.environment.values().chain(&function.layers).for_each(&mut *visit);
                function.code_signing_config.iter().for_each(&mut *visit);
                if let Some(network) = &function.network {
                    network.subnets.iter().chain([&network.group]).for_each(visit);
                }
            }
            Self::InvokePermission { function, source, .. } => {
                visit(&Text::Account);
                visit(function);
                source.iter().for_each(visit);
            }
            Self::SecurityGroup { vpc, egress, .. } => {
                visit(vpc);
                for rule in egress {
                    if let Peer::Group(group) = &rule.to {
                        visit(group);
                    }
                }
            }
            Self::Ingress { group, from, .. } => [group, from].into_iter().for_each(visit),
            Self::Endpoint { vpc, subnets, group, policy, .. } => {
                visit(&Text::Region);
                [vpc, group].into_iter().chain(subnets).for_each(&mut *visit);
                document(policy, visit);
            }
            Self::NatGateway {
                location: NatLocation::Zonal { subnet: text, .. } | NatLocation::Regional { vpc: text },
                ..
            } => {
                visit(text);
            }
            Self::Route { table, .. } => visit(table),
            Self::Schedule(schedule) => {
                visit(&schedule.secret);
                match &schedule.rotator {
                    Rotator::Function(function) => visit(function),
                    Rotator::Service => {}
                    Rotator::Hosted(hosted) => {
                        let optional = [&hosted.superuser_secret, &hosted.superuser_key, &hosted.key, &hosted.endpoint];
                        optional.into_iter().flatten().for_each(&mut *visit);
                        if let Some(network) = &hosted.network {
                            network.subnets.iter().chain([&network.group]).for_each(visit);
                        }
                    }
                }
            }
            Self::TopicPolicy { document: policy, .. } => document(policy, visit),
            Self::Subscription { topic, .. } => visit(topic),
            Self::Alarm { function, topic, .. } => [function, topic].into_iter().for_each(visit),
            Self::FailureEvents { secret, topic, .. } => [secret, topic].into_iter().for_each(visit),
            Self::DailyCheck { secret, function, .. } => [secret, function].into_iter().for_each(visit),
            Self::KeyAlias { .. } | Self::ElasticIp { .. } | Self::Topic { .. } => {}
        }
    }
}
