# The zip's name holds the hash of its content: other code has another name.
locals {
  function_zip = coalesce(
    var.function_zip,
    "${path.module}/../ledger-db-rotation-4c369ac256cb1079.zip",
  )
  function_zip_hash = var.function_zip_hash == null ? filebase64sha256(local.function_zip) : var.function_zip_hash
}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_ssm_parameter" "network_prod_vpc_id" {
  name = "/network/prod/vpc-id"
}

data "aws_cloudformation_export" "ledger_database_security_group" {
  name = "ledger-DatabaseSecurityGroup"
}

data "aws_cloudformation_export" "network_endpoint_security_group" {
  name = "network-EndpointSecurityGroup"
}

data "aws_cloudformation_export" "network_private_subnet_a" {
  name = "network-PrivateSubnetA"
}

data "aws_cloudformation_export" "network_private_subnet_b" {
  name = "network-PrivateSubnetB"
}

data "aws_ssm_parameter" "security_prod_secrets_key_arn" {
  name = "/security/prod/secrets-key-arn"
}

################################################################################
# Function
################################################################################

# The function's log lines. They hold no secret. The group is made here so that its retention is
# set.
resource "aws_cloudwatch_log_group" "rotation" {
  # checkov:skip=CKV_AWS_158:The lines hold no secret; function.log_kms_key sets a key

  name              = "/aws/lambda/ledger-db-rotation"
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

  function_name = "ledger-db-rotation"
  description   = "Rotates the PostgreSQL secret of ledger-db (alternating-users)"
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
      data.aws_cloudformation_export.network_private_subnet_a.value,
      data.aws_cloudformation_export.network_private_subnet_b.value,
    ]
    security_group_ids = [aws_security_group.function.id]
  }

  environment {
    variables = {
      DATABASE_ENGINE      = "postgres"
      DATABASE_HOST        = var.database_host
      DATABASE_NAME        = "ledger"
      DATABASE_PORT        = "5432"
      DATABASE_TLS         = "verify-full"
      PASSWORD_EXCLUDE     = " \"'/:@\\"
      PASSWORD_LENGTH      = "32"
      SUPERUSER_SECRET_ARN = var.superuser_secret_arn
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
  statement_id   = "ledger-db-secrets-manager"
  function_name  = aws_lambda_function.rotation.arn
  action         = "lambda:InvokeFunction"
  principal      = "secretsmanager.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
  source_arn     = var.secret_arn
}

# When the secret rotates. AWS calls the function as soon as this exists, so all that the function
# needs comes first.
resource "aws_secretsmanager_secret_rotation" "rotation" {
  secret_id           = var.secret_arn
  rotation_lambda_arn = aws_lambda_function.rotation.arn
  rotate_immediately  = true

  rotation_rules {
    schedule_expression = "cron(0 4 1 * ? *)"
  }

  depends_on = [
    aws_lambda_permission.secrets_manager,
    aws_iam_role_policy_attachment.execution,
    aws_iam_role_policy_attachment.rotation,
    aws_vpc_security_group_ingress_rule.database,
    aws_vpc_security_group_ingress_rule.endpoint,
    aws_vpc_security_group_egress_rule.function_to_database,
    aws_vpc_security_group_egress_rule.function_to_secrets_manager,
  ]
}
