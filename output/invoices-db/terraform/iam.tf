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
  name               = "invoices-db-rotation-${data.aws_region.current.region}"
  description        = "Rotation function of invoices-db"
  assume_role_policy = data.aws_iam_policy_document.rotation_trust.json

  tags = {
    env  = "prod"
    team = "invoices"
  }
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
  name        = "invoices-db-execution-${data.aws_region.current.region}"
  description = "What the rotation function of invoices-db needs to run"
  policy      = data.aws_iam_policy_document.execution.json

  tags = {
    env  = "prod"
    team = "invoices"
  }
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
    resources = [aws_secretsmanager_secret.this.arn]

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
    resources = [aws_kms_key.secret.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:EncryptionContext:SecretARN"
      values   = [aws_secretsmanager_secret.this.arn]
    }
  }

  # The superuser sets the password; its own secret is only read.
  statement {
    sid     = "ReadSuperuserSecret"
    actions = ["secretsmanager:GetSecretValue"]
    resources = [
      "arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!cluster-0a1b2c3d-0000-4444-8888-000000000000-AbCdEf",
    ]
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
  name        = "invoices-db-rotation-${data.aws_region.current.region}"
  description = "What the rotation function of invoices-db needs to rotate"
  policy      = data.aws_iam_policy_document.rotation.json

  tags = {
    env  = "prod"
    team = "invoices"
  }
}

resource "aws_iam_role_policy_attachment" "rotation" {
  role       = aws_iam_role.rotation.name
  policy_arn = aws_iam_policy.rotation.arn
}

# May set rotation up, change and cancel it.
data "aws_iam_policy_document" "configure" {
  # Attach this function to this secret, change the schedule, cancel a rotation, repair its labels.
  statement {
    sid = "SetUpRotation"
    actions = [
      "secretsmanager:CancelRotateSecret",
      "secretsmanager:DescribeSecret",
      "secretsmanager:RotateSecret",
      "secretsmanager:UpdateSecretVersionStage",
    ]
    resources = [aws_secretsmanager_secret.this.arn]

    condition {
      test     = "ArnEqualsIfExists"
      variable = "secretsmanager:RotationLambdaARN"
      values   = [aws_lambda_function.rotation.arn]
    }
  }

  # RotateSecret demands it of its caller. Called directly, the function refuses all but a step of a
  # rotation under way.
  statement {
    sid       = "InvokeFunction"
    actions   = ["lambda:InvokeFunction"]
    resources = [aws_lambda_function.rotation.arn]
  }
}

resource "aws_iam_policy" "configure" {
  name        = "invoices-db-configure-${data.aws_region.current.region}"
  description = "May set rotation up, change and cancel it (invoices-db)"
  policy      = data.aws_iam_policy_document.configure.json

  tags = {
    env  = "prod"
    team = "invoices"
  }
}

resource "aws_iam_role_policy_attachment" "configure" {
  role       = "PlatformAdmin"
  policy_arn = aws_iam_policy.configure.arn
}

# May start a rotation as it is set up, and change nothing.
data "aws_iam_policy_document" "trigger" {
  # Start a rotation as it is set up: no other schedule, no other function.
  statement {
    sid       = "StartRotation"
    actions   = ["secretsmanager:RotateSecret"]
    resources = [aws_secretsmanager_secret.this.arn]

    condition {
      test     = "BoolIfExists"
      variable = "secretsmanager:ModifyRotationRules"
      values   = ["false"]
    }

    condition {
      test     = "ArnEqualsIfExists"
      variable = "secretsmanager:RotationLambdaARN"
      values   = [aws_lambda_function.rotation.arn]
    }
  }

  # A rotation runs on its own; this tells how it went.
  statement {
    sid       = "SeeTheResult"
    actions   = ["secretsmanager:DescribeSecret"]
    resources = [aws_secretsmanager_secret.this.arn]
  }

  # RotateSecret demands it of its caller. Called directly, the function refuses all but a step of a
  # rotation under way.
  statement {
    sid       = "InvokeFunction"
    actions   = ["lambda:InvokeFunction"]
    resources = [aws_lambda_function.rotation.arn]
  }
}

resource "aws_iam_policy" "trigger" {
  name        = "invoices-db-trigger-${data.aws_region.current.region}"
  description = "May start a rotation as it is set up, and change nothing (invoices-db)"
  policy      = data.aws_iam_policy_document.trigger.json

  tags = {
    env  = "prod"
    team = "invoices"
  }
}

resource "aws_iam_role_policy_attachment" "trigger" {
  role       = "InvoicesOnCall"
  policy_arn = aws_iam_policy.trigger.arn
}
