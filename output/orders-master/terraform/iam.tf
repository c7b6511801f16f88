################################################################################
# Permissions
################################################################################

# May start a rotation as it is set up, and change nothing.
data "aws_iam_policy_document" "trigger" {
  # Start a rotation as it is set up: no other schedule, no other function.
  statement {
    sid     = "StartRotation"
    actions = ["secretsmanager:RotateSecret"]
    resources = [
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-0a1b2c3d-0000-4444-8888-000000000000-AbCdEf",
    ]

    condition {
      test     = "BoolIfExists"
      variable = "secretsmanager:ModifyRotationRules"
      values   = ["false"]
    }

    condition {
      test     = "Null"
      variable = "secretsmanager:RotationLambdaARN"
      values   = ["true"]
    }
  }

  # A rotation runs on its own; this tells how it went.
  statement {
    sid     = "SeeTheResult"
    actions = ["secretsmanager:DescribeSecret"]
    resources = [
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-0a1b2c3d-0000-4444-8888-000000000000-AbCdEf",
    ]
  }
}

resource "aws_iam_policy" "trigger" {
  name        = "orders-master-trigger-${data.aws_region.current.region}"
  description = "May start a rotation as it is set up, and change nothing (orders-master)"
  policy      = data.aws_iam_policy_document.trigger.json
}

resource "aws_iam_role_policy_attachment" "trigger" {
  role       = "DatabaseOnCall"
  policy_arn = aws_iam_policy.trigger.arn
}
