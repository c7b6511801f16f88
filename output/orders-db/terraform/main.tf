# The zip's name holds the hash of its content: other code has another name.
locals {
  function_zip = coalesce(
    var.function_zip,
    "${path.module}/../orders-db-rotation-c839b616f806a3e8.zip",
  )
  function_zip_hash = var.function_zip_hash == null ? filebase64sha256(local.function_zip) : var.function_zip_hash
}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

################################################################################
# Secret
################################################################################

# Holds the login's user name and password. The first password is made by AWS and seen by nobody.
resource "aws_secretsmanager_secret" "this" {
  # checkov:skip=CKV_AWS_149:The AWS managed key costs nothing; secret.kms_key sets another

  name        = "prod/orders/db"
  description = "PostgreSQL login orders_app"

  lifecycle {
    prevent_destroy = true
  }
}

# The first password. An ephemeral value: it is in no state file, no plan and no log.
ephemeral "aws_secretsmanager_random_password" "first" {
  password_length            = 32
  exclude_characters         = " \"'/:@\\"
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
    username = "orders_app"
    password = ephemeral.aws_secretsmanager_random_password.first.random_password
    engine   = "postgres"
    host     = data.aws_db_instance.this.address
    port     = 5432
    dbname   = "orders"
    ssl      = true
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
data "aws_db_instance" "this" {
  db_instance_identifier = "orders-prod"
}

################################################################################
# Function
################################################################################

# The function's log lines. They hold no secret. The group is made here so that its retention is
# set.
resource "aws_cloudwatch_log_group" "rotation" {
  # checkov:skip=CKV_AWS_158:The lines hold no secret; function.log_kms_key sets a key

  name              = "/aws/lambda/orders-db-rotation"
  retention_in_days = 365
}

# Changes the password: Secrets Manager calls it four times for each rotation of the PostgreSQL
# login.
resource "aws_lambda_function" "rotation" {
  # checkov:skip=CKV_AWS_116:Rotations are invoked synchronously, so none becomes a dead letter
  # checkov:skip=CKV_AWS_173:It holds no secret: a host, a port, a password's length
  # checkov:skip=CKV_AWS_115:A limit could throttle; function.reserved_concurrency sets one
  # checkov:skip=CKV_AWS_50:Four logged calls a rotation; function.tracing turns it on
  # checkov:skip=CKV_AWS_272:Pinned by hash; function.code_signing_config adds signatures

  function_name = "orders-db-rotation"
  description   = "Rotates the PostgreSQL secret of orders-db (single-user)"
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
      DATABASE_ENGINE   = "postgres"
      DATABASE_NAME     = "orders"
      DATABASE_PORT     = "5432"
      DATABASE_TLS      = "verify-full"
      DATABASE_USERNAME = "orders_app"
      PASSWORD_EXCLUDE  = " \"'/:@\\"
      PASSWORD_LENGTH   = "32"
    }
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.rotation.name
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
  statement_id   = "orders-db-secrets-manager"
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
    schedule_expression = "rate(30 days)"
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
