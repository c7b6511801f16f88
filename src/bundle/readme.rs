//! The bundle's README: what this is, what somebody must do, what there is and why, how to deploy.

use serde_json::{Value, json};

use super::Choice;
use crate::blueprint::{Template, render};
use crate::check::Checked;
use crate::plan::{Code, Document, Effect, From, NatLocation, Plan, Planned, Resource, Rotator};
use crate::target::{CodeName, cloudformation, terraform};

/// The README's text.
pub fn readme(plan: &Plan, checked: &Checked, code: &CodeName, choice: Choice) -> String {
    let (mut hosted, mut has_zip) = (false, false);
    for planned in &plan.resources {
        match &planned.what {
            Resource::Schedule(schedule) => hosted = matches!(schedule.rotator, Rotator::Hosted(_)),
            Resource::Function(function) => has_zip = matches!(function.code, Code::Zip { .. }),
            _ => {}
        }
    }
    let parameters: Vec<Value> = plan
        .inputs
        .iter()
        .filter_map(|input| match &input.from {
            From::Caller { default } => Some(json!({
                "name": input.name,
                "variable": crate::plan::naming::snake(&input.name),
                "description": cell(&input.description),
                "default": default.as_deref().map(cell),
            })),
            From::Ssm(_) | From::Export(_) => None,
        })
        .collect();
    let context = json!({
        "name": plan.name,
        "description": line(&plan.description),
        "steps": plan.steps.iter().map(|step| json!({ "what": line(&step.what), "command": step.command.as_deref().map(line) })).collect::<Vec<_>>(),
        "assumptions": plan.assumptions.iter().map(|text| line(text)).collect::<Vec<_>>(),
        "resources": plan.resources.iter().map(resource).collect::<Vec<_>>(),
        "permissions": plan.resources.iter().flat_map(permissions).collect::<Vec<_>>(),
        "parameters": parameters,
        "required_parameters": plan.inputs.iter().filter(|input| matches!(input.from, From::Caller { default: None })).map(|input| input.name.clone()).collect::<Vec<_>>(),
        "costs": costs(plan),
        "overrides": overrides(plan),
        "diagram": diagram(checked),
        "hosted": hosted,
        "has_zip": has_zip,
        "has_function_folder": has_zip && (checked.spec().function.is_bundled() || checked.spec().function.directory().is_some()),
        "zip": code.zip(),
        "template": if choice.format == crate::target::Format::Json { "template.json" } else { "template.yaml" },
        "cloudformation": choice.cloudformation,
        "terraform": choice.terraform,
        "creates_secret": checked.spec().secret.username.is_some(),
        "retains": checked.spec().secret.username.is_some() && checked.spec().secret.on_delete == crate::spec::OnDelete::Retain,
    });
    render(Template::BundleReadme, &context)
}

fn resource(planned: &Planned) -> Value {
    json!({
        "logical_id": cloudformation::logical_id(&planned.id),
        "address": terraform::address(planned),
        "purpose": cell(&planned.purpose),
        "origin": planned.origin.to_string(),
    })
}

fn permissions(planned: &Planned) -> Vec<Value> {
    let document: &Document = match &planned.what {
        Resource::Policy { document, .. } | Resource::Role { trust: document, .. } => document,
        _ => return Vec::new(),
    };
    document
        .0
        .iter()
        .map(|statement| {
            json!({
                "holder": cloudformation::logical_id(&planned.id),
                "sid": statement.sid,
                "effect": if statement.effect == Effect::Deny { "Deny" } else { "Allow" },
                "actions": statement.actions.join(", "),
                "why": cell(statement.why),
            })
        })
        .collect()
}

/// What costs money each month, from public list prices of US East (N. Virginia), 730 hours, as of November 2026.
fn costs(plan: &Plan) -> Vec<Value> {
    let row = |what: &str, dollars: String| json!({ "what": what, "dollars": dollars });
    plan.resources
        .iter()
        .filter_map(|planned| match &planned.what {
            Resource::Secret(secret) => {
                Some(row("The secret, and each replica", format!("{:.2}", 0.40 * (1 + secret.replicas.len()) as f64)))
            }
            Resource::Key { .. } => Some(row("The key", "1.00".to_owned())),
            Resource::Endpoint { subnets, service, .. } => Some(row(
                &format!("The endpoint of {service}, one address a subnet"),
                format!("{:.2}", 7.30 * subnets.len() as f64),
            )),
            Resource::NatGateway { location: NatLocation::Zonal { .. }, .. } => {
                Some(row("A NAT gateway with its public address", "36.50".to_owned()))
            }
            Resource::NatGateway { location: NatLocation::Regional { .. }, .. } => {
                Some(row("The regional NAT gateway, for each zone in which it is active", "36.50".to_owned()))
            }
            _ => None,
        })
        .collect()
}

fn overrides(plan: &Plan) -> Vec<String> {
    let cloudformation = plan.overrides.cloudformation.keys();
    cloudformation.chain(plan.overrides.terraform.keys()).map(|id| line(id)).collect()
}

/// Who talks to whom, as a Mermaid diagram.
fn diagram(checked: &Checked) -> Option<String> {
    use crate::spec::Way;
    let spec = checked.spec();
    let database = spec.database.as_ref()?;
    let title = database.engine.title();
    let port = database.port();
    let way = spec.placement.as_ref()?.vpc().map(|vpc| vpc.egress.way());
    let to_secrets = match way {
        None => "  function -- 443 --> secrets",
        Some(Way::Endpoint(_)) => "  function -- 443 --> way[Interface endpoint] --> secrets",
        Some(Way::NatGateway(_) | Way::ExistingNatGateway) => "  function -- 443 --> way[NAT gateway] --> secrets",
    };
    Some(format!(
        "flowchart LR\n  secrets[Secrets Manager] -- invokes --> function[Rotation function]\n  function -- {port} --> database[({title})]\n{to_secrets}"
    ))
}

/// Text on one line.
fn line(text: &str) -> String {
    crate::diagnostic::render::printable(text)
}

/// Text for a cell of a Markdown table.
fn cell(text: &str) -> String {
    line(text).replace('|', "\\|")
}
