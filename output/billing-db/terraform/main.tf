# The zip's name holds the hash of its content: other code has another name.
locals {
  function_zip = coalesce(
    var.function_zip,
    "${path.module}/../billing-db-rotation-b9cfefe3fc4d9957.zip",
  )
  function_zip_hash = var.function_zip_hash == null ? filebase64sha256(local.function_zip) : var.function_zip_hash
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

################################################################################
# Secret
################################################################################

# Encrypts the secret with a key of your own, which you can watch, close and delete.
resource "aws_kms_key" "secret" {
  description         = "Encrypts the secret billing-db"
  enable_key_rotation = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "AccountDecides"
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
    ]
  })

  tags = {
    env  = "prod"
    team = "billing"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# Gives the key a name that people can find.
resource "aws_kms_alias" "secret" {
  name          = "alias/billing-db"
  target_key_id = aws_kms_key.secret.key_id
}

# Holds the login's user name and password. The first password is made by AWS and seen by nobody.
resource "aws_secretsmanager_secret" "this" {
  name_prefix = "billing-db-"
  description = "MySQL login billing"
  kms_key_id  = aws_kms_key.secret.arn

  tags = {
    env  = "prod"
    team = "billing"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# The first password. An ephemeral value: it is in no state file, no plan and no log.
ephemeral "aws_secretsmanager_random_password" "first" {
  password_length            = 40
  exclude_characters         = " !\"#$%&'()*+,/:;<=>?@[\\]^`{|}"
  require_each_included_type = true
}

# The first value, written once. Rotation soon takes its labels away; a version without a label is
# removed by AWS, Terraform would then plan to create it again, and the first password would come
# back over the live one. So the version carries a label of its own, ROTAFORM_INITIAL: AWS never
# removes a labelled version. The labels that rotation moves are ignored, since putting them back
# would make the first password current; so is the version number, since a new one would write a new
# password that the database does not know.
resource "aws_secretsmanager_secret_version" "first" {
  secret_id = aws_secretsmanager_secret.this.id
  secret_string_wo = jsonencode({
    username  = "billing"
    password  = ephemeral.aws_secretsmanager_random_password.first.random_password
    engine    = "mysql"
    host      = data.aws_rds_cluster.this.endpoint
    port      = 3306
    dbname    = "billing"
    ssl       = true
    masterarn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!cluster-0a1b2c3d-0000-4444-8888-000000000000-AbCdEf"
  })
  secret_string_wo_version = 1
  version_stages = [
    "AWSCURRENT",
    "ROTAFORM_INITIAL",
  ]

  lifecycle {
    prevent_destroy = true
    ignore_changes = [
      secret_string_wo_version,
      version_stages,
    ]
  }
}

# Where the database is; the secret's first value says so to its clients.
data "aws_rds_cluster" "this" {
  cluster_identifier = "billing-aurora"
}

################################################################################
# Function
################################################################################

# The function's log lines. They hold no secret. The group is made here so that its retention is
# set.
resource "aws_cloudwatch_log_group" "rotation" {
  # checkov:skip=CKV_AWS_158:The lines hold no secret; function.log_kms_key sets a key

  name              = "/aws/lambda/billing-db-rotation"
  retention_in_days = 365

  tags = {
    env  = "prod"
    team = "billing"
  }
}

# Changes the password: Secrets Manager calls it four times for each rotation of the MySQL login.
resource "aws_lambda_function" "rotation" {
  # checkov:skip=CKV_AWS_116:Rotations are invoked synchronously, so none becomes a dead letter
  # checkov:skip=CKV_AWS_173:It holds no secret: a host, a port, a password's length
  # checkov:skip=CKV_AWS_115:A limit could throttle; function.reserved_concurrency sets one
  # checkov:skip=CKV_AWS_50:Four logged calls a rotation; function.tracing turns it on
  # checkov:skip=CKV_AWS_272:Pinned by hash; function.code_signing_config adds signatures

  function_name = "billing-db-rotation"
  description   = "Rotates the MySQL secret of billing-db (alternating-users)"
  role          = aws_iam_role.rotation.arn

  runtime          = "python3.13"
  handler          = "rotate.handler"
  filename         = local.function_zip
  source_code_hash = local.function_zip_hash
  architectures    = ["arm64"]
  memory_size      = 256
  timeout          = 60

  vpc_config {
    subnet_ids = [
      "subnet-0a00000000000000a",
      "subnet-0a00000000000000b",
    ]
    security_group_ids = [aws_security_group.function.id]
  }

  environment {
    variables = {
      DATABASE_ENGINE      = "mysql"
      DATABASE_NAME        = "billing"
      DATABASE_PORT        = "3306"
      DATABASE_TLS         = "verify-full"
      DATABASE_USERNAME    = "billing"
      PASSWORD_EXCLUDE     = " !\"#$%&'()*+,/:;<=>?@[\\]^`{|}"
      PASSWORD_LENGTH      = "40"
      SUPERUSER_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!cluster-0a1b2c3d-0000-4444-8888-000000000000-AbCdEf"
    }
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.rotation.name
  }

  tags = {
    env  = "prod"
    team = "billing"
  }

  depends_on = [
    aws_iam_role_policy_attachment.execution,
    aws_cloudwatch_log_group.rotation,
  ]
}

################################################################################
# Rotation
################################################################################

# Secrets Manager may invoke the function: in this account, for this secret.
resource "aws_lambda_permission" "secrets_manager" {
  statement_id   = "billing-db-secrets-manager"
  function_name  = aws_lambda_function.rotation.arn
  action         = "lambda:InvokeFunction"
  principal      = "secretsmanager.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
  source_arn     = aws_secretsmanager_secret.this.arn
}

# When the secret rotates. AWS calls the function as soon as this exists, so all that the function
# needs comes first.
resource "aws_secretsmanager_secret_rotation" "rotation" {
  secret_id           = aws_secretsmanager_secret.this.id
  rotation_lambda_arn = aws_lambda_function.rotation.arn
  rotate_immediately  = true

  rotation_rules {
    schedule_expression = "cron(0 3 ? * SUN *)"
    duration            = "3h"
  }

  depends_on = [
    aws_lambda_permission.secrets_manager,
    aws_iam_role_policy_attachment.execution,
    aws_iam_role_policy_attachment.rotation,
    aws_secretsmanager_secret_version.first,
    aws_vpc_security_group_ingress_rule.database,
    aws_vpc_security_group_ingress_rule.endpoint,
    aws_vpc_endpoint.secrets_manager,
    aws_vpc_security_group_egress_rule.function_to_database,
    aws_vpc_security_group_egress_rule.function_to_secrets_manager,
  ]
}

################################################################################
# Alerts
################################################################################

# Where alerts go. Messages name the secret; they hold nothing of it.
resource "aws_sns_topic" "alerts" {
  # checkov:skip=CKV_AWS_26:CloudWatch cannot publish through the AWS managed key

  name = "billing-db-rotation"

  tags = {
    env  = "prod"
    team = "billing"
  }
}

data "aws_iam_policy_document" "alerts_topic" {
  # CloudWatch's alarms.
  statement {
    sid       = "AlarmsOfThisAccount"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alerts.arn]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

# Only AWS's alarms and events of this account may publish.
resource "aws_sns_topic_policy" "alerts" {
  arn    = aws_sns_topic.alerts.arn
  policy = data.aws_iam_policy_document.alerts_topic.json
}

# Hears of failures by mail, once its owner has confirmed the subscription.
resource "aws_sns_topic_subscription" "email_1" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = "billing-oncall@example.com"
}

# Rings when a step of a rotation fails: Secrets Manager itself reports no metric.
resource "aws_cloudwatch_metric_alarm" "rotation_failed" {
  alarm_name        = "billing-db-rotation-failed"
  alarm_description = "A rotation step of billing-db failed; the function's log says why"

  namespace   = "AWS/Lambda"
  metric_name = "Errors"
  dimensions = {
    FunctionName = aws_lambda_function.rotation.function_name
  }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"

  alarm_actions = [aws_sns_topic.alerts.arn]

  tags = {
    env  = "prod"
    team = "billing"
  }
}

# Asks the function once a day whether rotation is overdue; if so, the function fails and the alarm
# rings.
resource "aws_cloudwatch_event_rule" "overdue" {
  name                = "billing-db-rotation-overdue"
  description         = "Asks the function once a day whether rotation is overdue; if so, the function fails and the alarm rings."
  schedule_expression = "rate(1 day)"

  tags = {
    env  = "prod"
    team = "billing"
  }
}

resource "aws_cloudwatch_event_target" "overdue" {
  rule      = aws_cloudwatch_event_rule.overdue.name
  target_id = "function"
  arn       = aws_lambda_function.rotation.arn
  input = jsonencode({
    Check    = "overdue"
    SecretId = aws_secretsmanager_secret.this.arn
  })
}

# The daily check may invoke the function: that one rule of this account.
resource "aws_lambda_permission" "overdue" {
  statement_id   = "billing-db-overdue"
  function_name  = aws_lambda_function.rotation.arn
  action         = "lambda:InvokeFunction"
  principal      = "events.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
  source_arn     = aws_cloudwatch_event_rule.overdue.arn
}
