# The same small rotation as in template.yaml.

variable "database_group" {
  type = string
}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

ephemeral "aws_secretsmanager_random_password" "first" {
  password_length = 32
}

resource "aws_secretsmanager_secret" "this" {
  name_prefix = "app-"
}

resource "aws_secretsmanager_secret_version" "first" {
  secret_id = aws_secretsmanager_secret.this.id
  secret_string_wo = jsonencode({
    username = "app"
    password = ephemeral.aws_secretsmanager_random_password.first.random_password
  })
  secret_string_wo_version = 1
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "rotation" {
  name               = "app-rotation-${data.aws_region.current.region}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "rotation" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.this.arn]
    condition {
      test     = "ArnEquals"
      variable = "secretsmanager:resource/AllowRotationLambdaArn"
      values   = [aws_lambda_function.rotation.arn]
    }
  }
}

resource "aws_iam_policy" "rotation" {
  name   = "app-rotation"
  policy = data.aws_iam_policy_document.rotation.json
}

resource "aws_iam_role_policy_attachment" "rotation" {
  role       = aws_iam_role.rotation.name
  policy_arn = aws_iam_policy.rotation.arn
}

resource "aws_lambda_function" "rotation" {
  function_name = "app-rotation"
  role          = aws_iam_role.rotation.arn
  runtime       = "python3.13"
  handler       = "rotate.handler"
  s3_bucket     = "artifacts"
  s3_key        = "rotate.zip"
  environment {
    variables = { DATABASE_PORT = 5432 }
  }
}

resource "aws_lambda_permission" "rotation" {
  function_name  = aws_lambda_function.rotation.arn
  action         = "lambda:InvokeFunction"
  principal      = "secretsmanager.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id = var.database_group
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
  cidr_ipv4         = "10.0.0.0/8"
}

resource "aws_secretsmanager_secret_rotation" "this" {
  secret_id           = aws_secretsmanager_secret_version.first.secret_id
  rotation_lambda_arn = aws_lambda_function.rotation.arn
  rotation_rules {
    schedule_expression = "rate(30 days)"
  }
  depends_on = [
    aws_iam_role_policy_attachment.rotation,
    aws_lambda_permission.rotation,
    aws_vpc_security_group_ingress_rule.database,
  ]
}
