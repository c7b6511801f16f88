//! What the planning modules share while a plan is made.

use super::input::Inputs;
use super::{Attribute, Exception, Id, Input, Kind, Output, Plan, Planned, Resource, Step, Text, ValueKind};
use crate::check::Checked;
use crate::diagnostic::Route;
use crate::spec::{Source, SourceWith, SourceWord, Spec, Value};

/// A plan in the making.
pub struct Builder<'c> {
    /// The spec.
    pub spec: &'c Spec,
    /// Whether the folder of the user's own code is not there yet.
    pub directory_missing: bool,
    inputs: Inputs,
    resources: Vec<Planned>,
    outputs: Vec<Output>,
    assumptions: Vec<String>,
    steps: Vec<Step>,
}

impl<'c> Builder<'c> {
    /// An empty plan for a spec.
    pub fn new(checked: &'c Checked) -> Self {
        Self {
            spec: checked.spec(),
            directory_missing: checked.shipped().directory_missing,
            inputs: Inputs::default(),
            resources: Vec::new(),
            outputs: Vec::new(),
            assumptions: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// A value of the spec as a text of the plan.
    pub fn text(&mut self, value: &Value, kind: ValueKind, description: &str) -> Text {
        self.inputs.text(value, kind, description)
    }

    /// An input of rotaform's own.
    pub fn own_input(&mut self, input: Input) -> Text {
        self.inputs.own(input)
    }

    /// Adds a resource.
    pub fn add(
        &mut self,
        kind: Kind,
        role: &str,
        origin: &str,
        purpose: impl Into<String>,
        what: Resource,
    ) -> Adding<'_> {
        self.resources.push(Planned {
            id: Id::new(kind, role),
            what,
            purpose: purpose.into(),
            origin: Route::to(origin),
            after: Vec::new(),
            exceptions: Vec::new(),
        });
        Adding { planned: self.resources.last_mut() }
    }

    /// Whether the plan holds a resource.
    pub fn has(&self, kind: Kind, role: &str) -> bool {
        self.resources.iter().any(|planned| planned.id.kind == kind && planned.id.role == role)
    }

    /// Every resource of a kind, in order.
    pub fn all(&self, kind: Kind) -> Vec<Id> {
        self.resources.iter().filter(|planned| planned.id.kind == kind).map(|planned| planned.id.clone()).collect()
    }

    /// Adds something that the deployment tells, unless another stack tells it already.
    pub fn output(&mut self, name: &'static str, description: &'static str, value: Text) {
        if !self.inputs.is_export(&value) {
            self.outputs.push(Output { name, description, value });
        }
    }

    /// Adds something that must hold in the account.
    pub fn assume(&mut self, what: impl Into<String>) {
        self.assumptions.push(what.into());
    }

    /// Adds something that somebody must do by hand.
    pub fn step(&mut self, what: impl Into<String>, command: Option<String>) {
        self.steps.push(Step { what: what.into(), command });
    }

    /// The finished plan.
    pub fn finish(self, description: String) -> Plan {
        Plan {
            name: self.spec.name.clone(),
            description,
            tags: self.spec.tags.clone(),
            inputs: self.inputs.into_vec(),
            resources: self.resources,
            outputs: self.outputs,
            assumptions: self.assumptions,
            steps: self.steps,
            overrides: self.spec.overrides.clone(),
        }
    }

    /// Whether this plan makes a function of its own: its role, its policies, its log group.
    pub fn makes_function(&self) -> bool {
        !self.spec.strategy.is_managed()
            && !matches!(
                self.spec.function.source,
                Source::Word(SourceWord::AwsHosted) | Source::With(SourceWith::Arn(_))
            )
    }

    /// The physical name of the function, its security group and what else belongs to it.
    pub fn rotation_name(&self) -> String {
        format!("{}-rotation", self.spec.name)
    }

    /// The name of an IAM resource, which is one for all Regions of an account.
    pub fn iam_name(&self, role: &str) -> Text {
        Text::joined([format!("{}-{role}-", self.spec.name).into(), Text::Region])
    }

    /// The rotated secret's ARN.
    pub fn secret_arn(&mut self) -> Text {
        match &self.spec.secret.arn {
            Some(arn) => self.text(arn, ValueKind::SecretArn, "ARN of the secret to rotate"),
            None => Text::Of(Id::new(Kind::Secret, ""), Attribute::Arn),
        }
    }

    /// The ARN of the key that encrypts the rotated secret, if it is a customer managed one.
    pub fn secret_key(&mut self) -> Option<Text> {
        let key = self.spec.secret.kms_key.as_ref()?;
        Some(match key.existing() {
            Some(value) => self.text(value, ValueKind::KeyArn, "ARN of the KMS key that encrypts the secret"),
            None => Text::Of(Id::new(Kind::Key, "secret"), Attribute::Arn),
        })
    }

    /// The superuser secret's ARN, if there is one.
    pub fn superuser_secret(&mut self) -> Option<Text> {
        let superuser = self.spec.strategy.superuser()?;
        Some(self.text(&superuser.superuser_secret, ValueKind::SecretArn, "ARN of the superuser's secret"))
    }

    /// The ARN of the superuser secret's customer managed key, if it has one.
    pub fn superuser_key(&mut self) -> Option<Text> {
        let key = self.spec.strategy.superuser()?.superuser_kms_key.as_ref()?;
        Some(self.text(key, ValueKind::KeyArn, "ARN of the KMS key that encrypts the superuser's secret"))
    }

    /// The rotation function's ARN, if a function rotates.
    pub fn function_arn(&mut self) -> Option<Text> {
        if self.spec.strategy.is_managed() {
            return None;
        }
        Some(match &self.spec.function.source {
            Source::With(SourceWith::Arn(arn)) => {
                self.text(arn, ValueKind::FunctionArn, "ARN of the rotation function")
            }
            Source::Word(SourceWord::AwsHosted) => Text::arn("lambda", format!("function:{}", self.rotation_name())),
            _ => Text::Of(Id::new(Kind::Function, "rotation"), Attribute::Arn),
        })
    }

    /// The rotation function's name, if a function rotates.
    pub fn function_name(&mut self) -> Option<Text> {
        if self.spec.strategy.is_managed() {
            return None;
        }
        Some(match &self.spec.function.source {
            Source::With(SourceWith::Arn(arn)) => {
                match self.text(arn, ValueKind::FunctionArn, "ARN of the rotation function") {
                    Text::Literal(arn) => arn.split(':').nth(6).unwrap_or(&arn).into(),
                    later => Text::Part(Box::new(later), ':', 6),
                }
            }
            Source::Word(SourceWord::AwsHosted) => self.rotation_name().into(),
            _ => Text::Of(Id::new(Kind::Function, "rotation"), Attribute::Name),
        })
    }

    /// The function's security group, in a VPC.
    pub fn function_group(&mut self) -> Option<Text> {
        let vpc = self.spec.placement.as_ref()?.vpc()?;
        Some(match &vpc.security_group {
            Some(group) => self.text(group, ValueKind::SecurityGroup, "Security group of the rotation function"),
            None => Text::Of(Id::new(Kind::SecurityGroup, "function"), Attribute::Id),
        })
    }
}

/// The resource that was just added.
pub struct Adding<'b> {
    planned: Option<&'b mut Planned>,
}

impl Adding<'_> {
    /// What it needs besides what it names.
    pub fn after(self, ids: impl IntoIterator<Item = Id>) -> Self {
        self.change(|planned| planned.after.extend(ids))
    }

    /// Where it departs from common advice.
    pub fn except(self, exceptions: impl IntoIterator<Item = Exception>) -> Self {
        self.change(|planned| planned.exceptions.extend(exceptions))
    }

    fn change(mut self, change: impl FnOnce(&mut Planned)) -> Self {
        if let Some(planned) = &mut self.planned {
            change(planned);
        }
        self
    }
}
