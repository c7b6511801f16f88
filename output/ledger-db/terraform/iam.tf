################################################################################
# Permissions
################################################################################

# Who may assume the role: Lambda, for functions of this account.
data "aws_iam_policy_document" "rotation_trust" {
  # Lambda, acting for this account.
  statement {
    sid     = "LambdaOfThisAccount"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

# The rotation function's identity. The policies below say what it may do; nothing else does.
resource "aws_iam_role" "rotation" {
  name               = "ledger-db-rotation-${data.aws_region.current.region}"
  description        = "Rotation function of ledger-db"
  assume_role_policy = data.aws_iam_policy_document.rotation_trust.json
}

# What the function needs to exist: logs, passwords and network interfaces. It must be in place
# before the function.
data "aws_iam_policy_document" "execution" {
  # checkov:skip=CKV_AWS_111,CKV_AWS_356:AWS takes only * for these; each statement says why

  # Its own log group, which exists already: no right to create one.
  statement {
    sid = "WriteLogs"
    actions = [
      "logs:CreateLogStream",
      "logs:PutLogEvents",
    ]
    resources = ["${aws_cloudwatch_log_group.rotation.arn}:*"]
  }

  # GetRandomPassword has no resource to name: "*" is the only value that AWS accepts.
  statement {
    sid       = "GeneratePassword"
    actions   = ["secretsmanager:GetRandomPassword"]
    resources = ["*"]
  }

  # Lambda makes and removes the function's network interfaces with these; AWS documents them with
  # "*". Code inside the function is denied them by the rotation policy.
  statement {
    sid = "NetworkInterfaces"
    actions = [
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:UnassignPrivateIpAddresses",
    ]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "execution" {
  name        = "ledger-db-execution-${data.aws_region.current.region}"
  description = "What the rotation function of ledger-db needs to run"
  policy      = data.aws_iam_policy_document.execution.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.rotation.name
  policy_arn = aws_iam_policy.execution.arn
}

# What the function needs to rotate: this secret and its key, and no other.
data "aws_iam_policy_document" "rotation" {
  # The calls of a rotation, on this secret, and only while this function is the one attached to it.
  statement {
    sid = "RotateThisSecret"
    actions = [
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetSecretValue",
      "secretsmanager:PutSecretValue",
      "secretsmanager:UpdateSecretVersionStage",
    ]
    resources = [var.secret_arn]

    condition {
      test     = "ArnEquals"
      variable = "secretsmanager:resource/AllowRotationLambdaArn"
      values   = [aws_lambda_function.rotation.arn]
    }
  }

  # Secrets Manager uses the key in the function's name; the context ties it to this secret.
  statement {
    sid = "UseSecretKey"
    actions = [
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:GenerateDataKey",
    ]
    resources = [
      data.aws_ssm_parameter.security_prod_secrets_key_arn.insecure_value,
    ]

    condition {
      test     = "StringEquals"
      variable = "kms:EncryptionContext:SecretARN"
      values   = [var.secret_arn]
    }
  }

  # The superuser sets the password; its own secret is only read.
  statement {
    sid       = "ReadSuperuserSecret"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [var.superuser_secret_arn]
  }

  # Only Lambda itself needs these rights; calls made by the function's code are denied.
  statement {
    sid    = "NoNetworkInterfacesFromInside"
    effect = "Deny"
    actions = [
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:DetachNetworkInterface",
      "ec2:UnassignPrivateIpAddresses",
    ]
    resources = ["*"]

    condition {
      test     = "ArnEquals"
      variable = "lambda:SourceFunctionArn"
      values   = [aws_lambda_function.rotation.arn]
    }
  }
}

resource "aws_iam_policy" "rotation" {
  name        = "ledger-db-rotation-${data.aws_region.current.region}"
  description = "What the rotation function of ledger-db needs to rotate"
  policy      = data.aws_iam_policy_document.rotation.json
}

resource "aws_iam_role_policy_attachment" "rotation" {
  role       = aws_iam_role.rotation.name
  policy_arn = aws_iam_policy.rotation.arn
}
