//! The bundle's README: what this is, what somebody must do, what there is and why, how to deploy.

use serde_json::{Value, json};

use super::Choice;
use crate::blueprint::{Template, render};
use crate::check::Checked;
use crate::diagnostic::render::printable;
use crate::plan::{Document, Effect, From, NatLocation, Plan, Planned, Resource};
use crate::target::{CodeName, cloudformation, terraform};

/// The README's text.
pub fn readme(plan: &Plan, checked: &Checked, code: &CodeName, choice: Choice) -> String {
    let parameters: Vec<Value> = plan
        .inputs
        .iter()
        .filter_map(|input| match &input.from {
            From::Caller { default } => Some(json!({
                "name": cloudformation::parameter_name(plan, input),
                "variable": crate::plan::naming::snake(&input.name),
                "description": prose(&input.description).replace('|', "\\|"),
                "default": default.as_deref().map(|text| match text {
                    "" => "empty".to_owned(),
                    text => cell(&code_span(text)),
                }),
            })),
            From::Ssm(_) | From::Export(_) => None,
        })
        .collect();
    let context = json!({
        "name": plan.name,
        "description": prose(&plan.description),
        "steps": plan.steps.iter().map(|step| json!({ "what": step_text(&step.what, checked), "command": step.command.as_deref().map(line) })).collect::<Vec<_>>(),
        "assumptions": plan.assumptions.iter().map(|text| line(text)).collect::<Vec<_>>(),
        "resources": plan.resources.iter().map(resource).collect::<Vec<_>>(),
        "permissions": plan.resources.iter().flat_map(permissions).collect::<Vec<_>>(),
        "parameters": parameters,
        "required_parameters": plan.inputs.iter().filter(|input| matches!(input.from, From::Caller { default: None })).map(|input| cloudformation::parameter_name(plan, input)).collect::<Vec<_>>(),
        "costs": costs(plan),
        "overrides": overrides(plan),
        "diagram": diagram(checked),
        "hosted": plan.is_hosted(),
        "has_zip": code.digest.is_some(),
        "takes_zip": plan.takes_zip(),
        "zip": code.zip(),
        "template": if choice.format == crate::target::Format::Json { "template.json" } else { "template.yaml" },
        "cloudformation": choice.cloudformation,
        "terraform": choice.terraform,
        "managed": checked.spec().strategy.is_managed(),
        "in_vpc": checked.spec().placement.as_ref().is_some_and(|placement| placement.vpc().is_some()),
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

/// What a step says. It names the login in backticks, of which the name may hold some itself.
fn step_text(what: &str, checked: &Checked) -> String {
    let username = checked.spec().secret.username.as_deref().filter(|username| username.contains('`'));
    username.map_or_else(|| line(what), |username| line(&what.replace(&format!("`{username}`"), &code_span(username))))
}

/// Text on one line.
fn line(text: &str) -> String {
    printable(text)
}

/// Text of our own for a cell of a Markdown table.
fn cell(text: &str) -> String {
    line(text).replace('|', "\\|")
}

/// Text of somebody else as Markdown that shows it as it is. Code in backticks may stay code.
fn prose(text: &str) -> String {
    let text = line(text.trim());
    let parts: Vec<&str> = text.split('`').collect();
    let is_code = parts.len() % 2 == 1 && parts.iter().skip(1).rev().skip(1).all(|part| !part.is_empty());
    let mut out = String::new();
    for (position, part) in parts.iter().enumerate() {
        out.push_str(match (position, is_code) {
            (0, _) => "",
            (_, true) => "`",
            (_, false) => "\\`",
        });
        if position % 2 == 1 && is_code {
            out.push_str(part);
        } else {
            for character in part.chars() {
                if "\\<[*_".contains(character) {
                    out.push('\\');
                }
                out.push(character);
            }
        }
    }
    // What starts a heading, a list, a quotation or a block of code.
    let digits = out.chars().take_while(char::is_ascii_digit).count();
    if out.get(digits..).is_some_and(|rest| digits > 0 && rest.starts_with(['.', ')'])) {
        out.insert(digits, '\\');
    } else if out.starts_with(['#', '-', '+', '=', '>', '~', '|']) {
        out.insert(0, '\\');
    }
    out
}

/// Text as code in a sentence, between more backticks than it holds (CommonMark 6.1).
fn code_span(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{ticks}{space}{}{space}{ticks}", line(text))
}
