# The same surroundings as in template.yaml.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_ssm_parameter" "vpc" {
  name = "/judged/vpc"
}

data "aws_cloudformation_export" "subnet_a" {
  name = "judged-SubnetA"
}

data "aws_ssm_parameter" "subnet_b" {
  name = "/judged/subnet-b"
}

resource "aws_security_group" "function" {
  name        = "app-rotation"
  description = "the function"
  vpc_id      = data.aws_ssm_parameter.vpc.insecure_value
}

resource "aws_vpc_security_group_egress_rule" "function" {
  security_group_id            = aws_security_group.function.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.endpoint.id
  description                  = "to the endpoint"
}

resource "aws_security_group" "endpoint" {
  name        = "app-endpoint"
  description = "the endpoint"
  vpc_id      = data.aws_ssm_parameter.vpc.insecure_value
  tags        = { team = "judges" }
}

resource "aws_vpc_security_group_ingress_rule" "endpoint" {
  security_group_id            = aws_security_group.endpoint.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.function.id
  description                  = "from the function"
}

data "aws_iam_policy_document" "endpoint" {
  statement {
    actions   = ["secretsmanager:GetRandomPassword"]
    resources = ["*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

resource "aws_vpc_endpoint" "secretsmanager" {
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${data.aws_region.current.region}.secretsmanager"
  vpc_id              = data.aws_ssm_parameter.vpc.insecure_value
  subnet_ids          = [data.aws_cloudformation_export.subnet_a.value, data.aws_ssm_parameter.subnet_b.insecure_value]
  security_group_ids  = [aws_security_group.endpoint.id]
  private_dns_enabled = true
  policy              = data.aws_iam_policy_document.endpoint.json
}

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "this" {
  subnet_id     = "subnet-1"
  allocation_id = aws_eip.nat.allocation_id
  tags          = { Name = "app" }
}

resource "aws_route" "nat" {
  route_table_id         = "rtb-1"
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this.id
}

data "aws_iam_policy_document" "key" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "this" {
  description         = "encrypts"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.key.json
}

resource "aws_kms_alias" "this" {
  name          = "alias/app"
  target_key_id = aws_kms_key.this.key_id
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/app"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.this.arn
}

resource "aws_sns_topic" "this" {
  name              = "app"
  kms_master_key_id = "alias/aws/sns"
}

data "aws_iam_policy_document" "topic" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.this.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.failures.arn]
    }
  }
}

resource "aws_sns_topic_policy" "this" {
  arn    = aws_sns_topic.this.arn
  policy = data.aws_iam_policy_document.topic.json
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = aws_sns_topic.this.arn
  protocol  = "email"
  endpoint  = "a@example.com"
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "app-failed"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = "app" }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
}

resource "aws_cloudwatch_event_rule" "failures" {
  name          = "app-failures"
  event_pattern = jsonencode({ detail = { eventName = ["RotationFailed"] }, source = ["aws.secretsmanager"] })
}

resource "aws_cloudwatch_event_target" "failures" {
  rule      = aws_cloudwatch_event_rule.failures.name
  target_id = "Topic"
  arn       = aws_sns_topic.this.arn
}

resource "aws_cloudwatch_event_rule" "daily" {
  name                = "app-overdue"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "daily" {
  rule      = aws_cloudwatch_event_rule.daily.name
  target_id = "Function"
  arn       = "arn:aws:lambda:ap-southeast-1:111122223333:function:app"
  input     = jsonencode({ overdue = true })
}

resource "aws_serverlessapplicationrepository_cloudformation_stack" "rotation" {
  name           = "app-rotation"
  application_id = "arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSPostgreSQLRotationSingleUser"
  capabilities   = ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"]
  parameters = {
    functionName        = "app-rotation"
    excludeCharacters   = "/@"
    endpoint            = "https://secretsmanager.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"
    vpcSubnetIds        = "subnet-1,subnet-2"
    vpcSecurityGroupIds = aws_security_group.function.id
  }
}

resource "aws_secretsmanager_secret_rotation" "this" {
  secret_id           = "arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:app-AbCdEf"
  rotation_lambda_arn = aws_serverlessapplicationrepository_cloudformation_stack.rotation.outputs["RotationLambdaARN"]
  rotation_rules {
    schedule_expression = "cron(0 3 ? * SUN *)"
    duration            = "3h"
  }
  depends_on = [aws_route.nat, aws_vpc_security_group_ingress_rule.endpoint, aws_vpc_security_group_egress_rule.function, aws_vpc_endpoint.secretsmanager]
}

output "endpoint_host" {
  value = aws_vpc_endpoint.secretsmanager.dns_entry[0].dns_name
}

output "log_group_arn" {
  value = "${aws_cloudwatch_log_group.this.arn}:*"
}
