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
  name               = "demo-db-rotation-${data.aws_region.current.region}"
  description        = "Rotation function of demo-db"
  assume_role_policy = data.aws_iam_policy_document.rotation_trust.json
}

# What the function needs to run: logs and passwords. It must be in place before the function.
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
}

resource "aws_iam_policy" "execution" {
  name        = "demo-db-execution-${data.aws_region.current.region}"
  description = "What the rotation function of demo-db needs to run"
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
    resources = [aws_secretsmanager_secret.this.arn]

    condition {
      test     = "ArnEquals"
      variable = "secretsmanager:resource/AllowRotationLambdaArn"
      values   = [aws_lambda_function.rotation.arn]
    }
  }
}

resource "aws_iam_policy" "rotation" {
  name        = "demo-db-rotation-${data.aws_region.current.region}"
  description = "What the rotation function of demo-db needs to rotate"
  policy      = data.aws_iam_policy_document.rotation.json
}

resource "aws_iam_role_policy_attachment" "rotation" {
  role       = aws_iam_role.rotation.name
  policy_arn = aws_iam_policy.rotation.arn
}
