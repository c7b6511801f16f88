# What the stand-in must refuse. Each resource breaks one rule; its name is the rule's.

resource "aws_secretsmanager_secret_rotation" "two_schedules" {
  secret_id = "s"
  rotation_rules {
    automatically_after_days = 30
    schedule_expression      = "rate(30 days)"
  }
}

resource "aws_secretsmanager_secret_rotation" "bad_cron" {
  secret_id = "s"
  rotation_rules {
    schedule_expression = "cron(5 3 ? * SUN *)"
  }
}

resource "aws_vpc_security_group_ingress_rule" "two_peers" {
  security_group_id            = "sg-1"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  cidr_ipv4                    = "10.0.0.0/8"
  referenced_security_group_id = "sg-2"
}

resource "aws_vpc_security_group_egress_rule" "no_port" {
  security_group_id = "sg-1"
  ip_protocol       = "tcp"
  cidr_ipv4         = "10.0.0.0/8"
}

resource "aws_security_group" "two_names" {
  name        = "a"
  name_prefix = "b"
}

resource "aws_secretsmanager_secret_version" "no_version" {
  secret_id        = "s"
  secret_string_wo = "x"
}

resource "aws_secretsmanager_secret_version" "two_values" {
  secret_id     = "s"
  secret_string = "x"
  secret_binary = "eA=="
}

resource "aws_nat_gateway" "regional_subnet" {
  availability_mode = "regional"
  vpc_id            = "vpc-1"
  subnet_id         = "subnet-1"
}

resource "aws_nat_gateway" "no_subnet" {
  allocation_id = "eipalloc-1"
}

resource "aws_lambda_function" "two_sources" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/r"
  handler       = "a.b"
  runtime       = "python3.13"
  filename      = "a.zip"
  s3_bucket     = "b"
  s3_key        = "k"
}

resource "aws_lambda_function" "not_an_arn" {
  function_name = "f"
  role          = "r"
  handler       = "a.b"
  runtime       = "python3.13"
  filename      = "a.zip"
  kms_key_arn   = "key"
}

resource "aws_route" "two_ways" {
  route_table_id         = "rtb-1"
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = "nat-1"
  gateway_id             = "igw-1"
}

resource "aws_cloudwatch_log_group" "odd_retention" {
  name              = "/aws/lambda/f"
  retention_in_days = 31
}

resource "aws_cloudwatch_metric_alarm" "no_statistic" {
  alarm_name          = "a"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  period              = 60
}

resource "aws_iam_policy" "not_json" {
  policy = "{"
}

data "aws_iam_policy_document" "same_sid" {
  statement {
    sid       = "One"
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
  statement {
    sid       = "One"
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

ephemeral "aws_secretsmanager_random_password" "too_long" {
  password_length = 5000
}

resource "aws_lambda_function" "unknown_argument" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/r"
  filename      = "a.zip"
  handler       = "a.b"
  runtime       = "python3.13"
  memory        = 128
}
