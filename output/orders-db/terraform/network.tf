################################################################################
# Security groups
################################################################################

# The function's own security group: out to the database and to Secrets Manager, nothing in.
resource "aws_security_group" "function" {
  name        = "orders-db-rotation"
  description = "Rotation function: out to its database and to Secrets Manager only"
  vpc_id      = "vpc-0a000000000000009"

  tags = {
    Name = "orders-db-rotation"
  }
}

resource "aws_vpc_security_group_egress_rule" "function_to_database" {
  security_group_id            = aws_security_group.function.id
  description                  = "To the database"
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = "sg-0db00000000000001"
}

resource "aws_vpc_security_group_egress_rule" "function_to_secrets_manager" {
  security_group_id            = aws_security_group.function.id
  description                  = "To the endpoint of Secrets Manager"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.endpoint.id
}

# Lets the rotation function, and only it, reach the database's port.
resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = "sg-0db00000000000001"
  description                  = "From the rotation function"
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = aws_security_group.function.id
}

# The endpoint's security group: in from the function, nothing out.
resource "aws_security_group" "endpoint" {
  name        = "orders-db-endpoint"
  description = "Endpoint of Secrets Manager: in from the rotation function only"
  vpc_id      = "vpc-0a000000000000009"

  tags = {
    Name = "orders-db-endpoint"
  }
}

# Lets the rotation function reach Secrets Manager's endpoint.
resource "aws_vpc_security_group_ingress_rule" "endpoint" {
  security_group_id            = aws_security_group.endpoint.id
  description                  = "From the rotation function"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.function.id
}

################################################################################
# The way to Secrets Manager
################################################################################

data "aws_iam_policy_document" "secrets_manager_endpoint" {
  # Private DNS sends the whole VPC here, so no secret is named; what a caller may do, its own
  # policies say. GetRandomPassword, which knows no resource, passes.
  statement {
    sid       = "ThisAccountOnly"
    actions   = ["secretsmanager:*"]
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

# The function's way to Secrets Manager, without a way to the internet. Private DNS makes it the way
# of the whole VPC.
resource "aws_vpc_endpoint" "secrets_manager" {
  vpc_endpoint_type = "Interface"
  service_name      = "com.amazonaws.${data.aws_region.current.region}.secretsmanager"
  vpc_id            = "vpc-0a000000000000009"
  subnet_ids = [
    "subnet-0a00000000000000a",
    "subnet-0a00000000000000b",
  ]
  security_group_ids  = [aws_security_group.endpoint.id]
  private_dns_enabled = true
  policy              = data.aws_iam_policy_document.secrets_manager_endpoint.json

  tags = {
    Name = "orders-db-secrets-manager"
  }
}
