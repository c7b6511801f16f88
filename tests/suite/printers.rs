//! The four printers against readers that we did not write, with text chosen to break them.

use hcl::eval::{Context, Evaluate};
use proptest::prelude::*;
use rotaform::target::cloudformation::document::{Entry, Item, Map, Value, sub_escape};
use rotaform::target::cloudformation::{json as cloudformation_json, yaml};
use rotaform::target::terraform::document::{Block, Body, Expression, Part, Structure};
use rotaform::target::terraform::{hcl as terraform_hcl, json as terraform_json};
use serde_json::{Value as Json, json};

/// Text that some reader of YAML, HCL or a template takes for something else.
#[rustfmt::skip]
const HOSTILE: &[&str] = &[
    "", " ", "on", "off", "yes", "No", "y", "n", "true", "False", "null", "~", "nan", ".inf", "-.INF", ".NaN",
    "=", "<<", "23:59", "190:20:30", "2010-09-09", "2012-10-17T10:00:00Z", "1_000", "1,000", "0x1F", "0o17",
    "017", "0b11", "1e3", "1E+3", "e3", ".5", "5.", "+1", "-1", "1.2.3", "5432", "-", "- a", "---", "...",
    "? a", ": a", "a: b", "a:", "a #b", "#a", "*", "arn:aws:s3:::*", "!Ref a", "!", "&a", "%a", "@a", "`a", "|",
    ">", "[a]", "{a}", "a, b", "'a'", "\"a\"", "it's", "{{resolve:secretsmanager:a:SecretString:b}}", " a",
    "a ", "\n", "a\n", "a\nb", "a\nb\n", "a\n\nb\n\n", "  a\nb", "a \nb", "a\n#b", "\ta", "a\tb", "a\r\nb",
    "\r", "\u{0}", "\u{1b}[0m", "\u{7f}", "\u{85}", "\u{a0}a", "\u{2028}", "\u{2029}", "\u{feff}a", "\u{fffe}",
    "🔑", "👩‍👩‍👧", "e\u{301}", "\u{301}", "日本語", "${", "${a}", "$${a}", "$$${a}", "%{", "%{ if a }", "%%{a}",
    "%%%{", "$", "$$", "%", "$%{", "%${", "$%%{", "%$${", "${!a}", "{", "\\", "\\n", "\\${a}", "\\u0024{",
    "10.0.0.0/16", "cron(0 16 1,15 * ? *)", "^[a-z]+$", "AWS::Region", "python3.13",
];

fn text() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(HOSTILE).prop_map(str::to_owned);
    prop_oneof![
        6 => hostile.clone(),
        3 => prop::collection::vec(hostile, 2..4).prop_map(|parts| parts.concat()),
        3 => "[$%{}\"\\\\' :#\n\r\t\\-ab01_.]{0,12}",
        2 => prop::collection::vec(any::<char>(), 0..8).prop_map(String::from_iter),
    ]
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Za-z_][A-Za-z0-9_-]{0,12}", text()]
}

/// Up to four pairs whose keys differ.
fn entries<T: std::fmt::Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<(String, T)>> {
    prop::collection::vec((key(), value), 0..4).prop_map(|mut pairs| {
        for (position, (key, _)) in pairs.iter_mut().enumerate() {
            key.push_str(&position.to_string());
        }
        pairs
    })
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        4 => text().prop_map(Value::from),
        1 => text().prop_map(Value::Ref),
        1 => text().prop_map(|attribute| Value::attribute("Secret", attribute)),
        1 => text().prop_map(Value::Sub),
    ];
    leaf.prop_recursive(4, 24, 4, |value| {
        let boxed = value.clone().prop_map(Box::new);
        prop_oneof![
            1 => boxed.clone().prop_map(Value::ImportValue),
            1 => (0..3u32, boxed.clone()).prop_map(|(index, list)| Value::Select(index, list)),
            1 => (text(), boxed).prop_map(|(delimiter, text)| Value::Split(delimiter, text)),
            1 => (text(), entries(value.clone())).prop_map(|(text, values)| Value::SubWith(text, values)),
            2 => prop::collection::vec((comment(), value.clone()), 0..4)
                .prop_map(|items| Value::List(items.into_iter().map(|(comment, value)| Item { comment, value }).collect())),
            2 => map_of(value).prop_map(Value::Map),
        ]
    })
}

fn comment() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop_oneof![text(), "[a-z ]{0,150}"])
}

fn map_of(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map> {
    entries((comment(), any::<bool>(), value)).prop_map(|pairs| {
        Map(pairs
            .into_iter()
            .map(|(key, (comment, blank_before, value))| Entry { comment, blank_before, key, value })
            .collect())
    })
}

/// What serde_yaml reads, with short functions in their long form.
fn read_yaml(text: &str) -> Json {
    fn long(value: serde_yaml::Value) -> Json {
        match value {
            serde_yaml::Value::Tagged(tagged) => {
                let name = tagged.tag.to_string().replace('!', "");
                let argument = long(tagged.value);
                match (name.as_str(), argument.as_str().and_then(|argument| argument.split_once('.'))) {
                    ("Ref", _) => json!({ "Ref": argument }),
                    ("GetAtt", Some((id, attribute))) => json!({ "Fn::GetAtt": [id, attribute] }),
                    _ => json!({ format!("Fn::{name}"): argument }),
                }
            }
            serde_yaml::Value::Sequence(items) => items.into_iter().map(long).collect(),
            serde_yaml::Value::Mapping(pairs) => pairs
                .into_iter()
                .map(|(key, value)| (key.as_str().unwrap_or("a key that is no text").to_owned(), long(value)))
                .collect(),
            plain => serde_json::to_value(plain).unwrap_or_else(|error| panic!("{error}")),
        }
    }
    long(serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}")))
}

/// An expression and what it comes to where `local.word` is `w$`.
fn expression() -> impl Strategy<Value = (Expression, Json)> {
    let part = prop_oneof![
        text().prop_map(|text| (Part::Text(text.clone()), text)),
        text().prop_map(|text| (Part::Expression(text.as_str().into()), text)),
        Just((Part::Expression(Expression::reference("local.word")), "w$".to_owned())),
    ];
    let leaf = prop_oneof![
        1 => any::<bool>().prop_map(|boolean| (boolean.into(), json!(boolean))),
        1 => any::<i32>().prop_map(|integer| (i64::from(integer).into(), json!(integer))),
        4 => text().prop_map(|text| (text.as_str().into(), json!(text))),
        3 => prop::collection::vec(part, 0..4).prop_map(|parts| {
            let (parts, texts): (_, Vec<_>) = parts.into_iter().unzip();
            (Expression::Template(parts), json!(texts.concat()))
        })
        // hcl-rs writes a template anew before it evaluates it and then forgets escapes; without one it reads them all.
        .prop_filter("hcl-rs misreads it", |(_, value)| {
            !value.as_str().is_some_and(|text| ["$${", "%%{", "$%{", "%${"].iter().any(|signs| text.contains(signs)))
        }),
    ];
    leaf.prop_recursive(3, 16, 4, |expression| {
        prop_oneof![
            prop::collection::vec(expression.clone(), 0..4).prop_map(|elements| {
                let (elements, values) = elements.into_iter().unzip();
                (Expression::List(elements), Json::Array(values))
            }),
            entries(expression).prop_map(|entries| {
                let value = entries.iter().map(|(key, (_, value))| (key.clone(), value.clone())).collect();
                (Expression::map(entries.into_iter().map(|(key, (expression, _))| (key, expression))), value)
            }),
        ]
    })
}

fn with_word() -> Context<'static> {
    let mut context = Context::new();
    context.declare_var("local", hcl::Value::from_iter([("word", "w$")]));
    context
}

/// What hcl-rs reads from each argument of the file.
fn read_hcl(text: &str) -> Json {
    let body = hcl::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let read = body.attributes().map(|attribute| {
        let value = attribute.expr().evaluate(&with_word()).unwrap_or_else(|error| panic!("{error}\n{text}"));
        (attribute.key().to_owned(), json!(value))
    });
    read.collect()
}

/// What Terraform's JSON syntax means: every text in it, keys too, is a template.
fn read_templates(value: &Json) -> Json {
    let read = |text: &str| -> String {
        let template: hcl::Template = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
        template.evaluate(&with_word()).unwrap_or_else(|error| panic!("{error}\n{text}"))
    };
    match value {
        Json::String(text) => json!(read(text)),
        Json::Array(elements) => elements.iter().map(read_templates).collect(),
        Json::Object(pairs) => pairs.iter().map(|(key, value)| (read(key), read_templates(value))).collect(),
        plain => plain.clone(),
    }
}

fn parsed(json: &str) -> Json {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}\n{json}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_yaml_and_the_json_of_a_template_say_the_same(template in map_of(value())) {
        let text = yaml::print(&template);
        prop_assert_eq!(read_yaml(&text), parsed(&cloudformation_json::print(&template)), "{}", text);
    }

    #[test]
    fn hcl_reads_back_as_what_was_printed(arguments in prop::collection::vec((expression(), comment(), any::<bool>()), 1..5)) {
        let mut body = Body::new();
        let mut expected = serde_json::Map::new();
        for (position, ((expression, value), comment, blank)) in arguments.into_iter().enumerate() {
            let name = format!("argument_{}", "n".repeat(position));
            body = comment.into_iter().fold(body, Body::comment).with(name.as_str(), expression);
            body = if blank { body.blank() } else { body };
            expected.insert(name, value);
        }
        let text = terraform_hcl::print(&body);
        prop_assert_eq!(read_hcl(&text), Json::Object(expected), "{}", text);
    }

    #[test]
    fn terraform_json_reads_back_as_what_was_printed((expression, expected) in expression()) {
        let text = terraform_json::print(&Body::new().with("value", expression));
        prop_assert_eq!(&read_templates(&parsed(&text))["value"], &expected, "{}", text);
    }
}

#[test]
fn long_text_stays_whole() {
    let long = HOSTILE.concat().repeat(16);
    assert!(long.len() > 4096);
    assert_eq!(read_yaml(&yaml::print(&Map::new().with("Key", long.as_str()))), json!({ "Key": long }));
    let body = Body::new().with("value", long.as_str());
    assert_eq!(read_hcl(&terraform_hcl::print(&body)), json!({ "value": long }));
    assert_eq!(read_templates(&parsed(&terraform_json::print(&body))), json!({ "value": long }));
}

/// serde_yaml reads these as text even without quotes; PyYAML, Go and Ruby do not.
#[test]
fn what_only_yaml_1_1_takes_for_a_boolean_a_number_or_a_date_is_quoted() {
    for text in ["on", "OFF", "yes", "No", "y", "23:59", "2010-09-09", "1_000", "1,000", "017", "e3", "=", "<<", "1e3"]
    {
        assert_eq!(yaml::print(&Map::new().with("Key", text)), format!("Key: '{text}'\n"));
        assert_eq!(yaml::print(&Map::new().with(text, 1)), format!("'{text}': 1\n"));
    }
}

#[test]
fn what_reads_well_without_quotes_has_none() {
    for text in [
        "AWS::EC2::VPC",
        "10.0.0.0/16",
        "arn:aws:s3:::bucket/*",
        "python3.13",
        "It's the caller's.",
        "rate(4 hours)",
        "日本語",
    ] {
        assert_eq!(yaml::print(&Map::new().with("Key", text)), format!("Key: {text}\n"));
    }
}

#[test]
fn a_template_is_laid_out_as_an_expert_writes_it() {
    let permission = Map::new().with("Type", "AWS::Lambda::Permission").with(
        "Properties",
        Map::new()
            .with("FunctionName", Value::attribute("RotationFunction", "Arn"))
            .with("SourceAccount", Value::reference("AWS::AccountId"))
            .with("Port", Value::Select(0, Box::new(Value::Split(",".into(), Box::new(Value::reference("Ports"))))))
            .with("SubnetIds", Value::ImportValue(Box::new(Value::sub("${Network}-subnets"))))
            .with("Tags", vec![Map::new().with("Key", "owner").with("Value", "on")])
            .with("Empty", Map::new())
            .with("Code", "import json\n\nprint(1)\n")
            .with(
                "Actions",
                Value::List(vec![
                    Item::new("secretsmanager:GetSecretValue").commented("The current password."),
                    Item::new(Value::SubWith("${A}-b".into(), vec![("A".into(), Value::reference("C"))])),
                ]),
            ),
    );
    let template = Map::new().with("AWSTemplateFormatVersion", "2010-09-09").with_entry(
        Entry::new(
            "Resources",
            Map::new().with_entry(
                Entry::new("Permission", permission)
                    .apart()
                    .commented("Secrets Manager may invoke the function, but only for this secret."),
            ),
        )
        .apart(),
    );
    assert_eq!(
        yaml::print(&template),
        "\
AWSTemplateFormatVersion: '2010-09-09'

Resources:
  # Secrets Manager may invoke the function, but only for this secret.
  Permission:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !GetAtt RotationFunction.Arn
      SourceAccount: !Ref AWS::AccountId
      Port: !Select [0, !Split [',', !Ref Ports]]
      SubnetIds:
        Fn::ImportValue: !Sub ${Network}-subnets
      Tags:
        - Key: owner
          Value: 'on'
      Empty: {}
      Code: |
        import json

        print(1)
      Actions:
        # The current password.
        - secretsmanager:GetSecretValue
        - !Sub
          - ${A}-b
          - A: !Ref C
"
    );
}

/// The expected text is what `terraform fmt` leaves as it is.
#[test]
fn a_terraform_file_is_laid_out_as_an_expert_writes_it() {
    let statement = Body::new()
        .with("sid", "GeneratePassword")
        .with("actions", vec!["secretsmanager:GetRandomPassword"])
        .with("resources", vec!["*"]);
    let settings = Body::new()
        .with(
            "name",
            Expression::Template(vec![
                Part::Expression(Expression::reference("var.name")),
                Part::Text("-$${a}".into()),
            ]),
        )
        .with("kms_key_id", Expression::Null)
        .with("policies", vec!["first", "second"])
        .with("tags", Expression::map([("Name", "a"), ("cost center", "b")]))
        .with("port", 5432)
        .comment("Not before the function.")
        .with("depends_on", Expression::List(vec![Expression::reference("aws_lambda_function.rotation")]))
        .block(Block::plain("statement", statement.clone()).commented("Only \"*\" is accepted."))
        .block(Block::plain("statement", Body::new()));
    let body = Body::new().banner("Secret").block(Block::new("resource", ["aws_any", "this"], settings)).blank();
    assert_eq!(
        terraform_hcl::print(&body),
        r##"################################################################################
# Secret
################################################################################

resource "aws_any" "this" {
  name       = "${var.name}-$$${a}"
  kms_key_id = null
  policies = [
    "first",
    "second",
  ]
  tags = {
    Name          = "a"
    "cost center" = "b"
  }
  port = 5432
  # Not before the function.
  depends_on = [aws_lambda_function.rotation]

  # Only "*" is accepted.
  statement {
    sid       = "GeneratePassword"
    actions   = ["secretsmanager:GetRandomPassword"]
    resources = ["*"]
  }

  statement {}
}
"##
    );
}

#[test]
fn terraform_json_spells_each_argument_as_terraform_reads_it() {
    let lifecycle = Body::new().with("ignore_changes", Expression::List(vec![Expression::reference("secret_string")]));
    let secret = Body::new()
        .with("name", "${a}")
        .with("kms_key_id", Expression::reference("var.key"))
        .with("depends_on", Expression::List(vec![Expression::reference("aws_any.other")]))
        .block(Block::plain("lifecycle", lifecycle))
        .block(Block::plain("rule", Body::new().with("order", 1)))
        .block(Block::plain("rule", Body::new().with("order", 2)));
    let variable = Body::new()
        .with("description", "Not `${a}`.")
        .with("type", Expression::call("list", [Expression::reference("string")]))
        .with("default", vec!["${a}"]);
    let mut body = Body::new().block(Block::new("resource", ["aws_any", "this"], secret).commented("The secret."));
    body.push(Structure::Block(Block::new("variable", ["keys"], variable)));
    assert_eq!(
        parsed(&terraform_json::print(&body)),
        json!({
            "resource": { "aws_any": { "this": {
                "//": "The secret.",
                "name": "$${a}",
                "kms_key_id": "${var.key}",
                "depends_on": ["aws_any.other"],
                "lifecycle": { "ignore_changes": ["secret_string"] },
                "rule": [{ "order": 1 }, { "order": 2 }],
            } } },
            "variable": { "keys": { "description": "Not `${a}`.", "type": "list(string)", "default": ["${a}"] } },
        })
    );
}

#[test]
fn text_for_a_substitution_comes_out_as_it_is() {
    assert_eq!(sub_escape("a ${B} $c {d}"), "a ${!B} $c {d}");
}
