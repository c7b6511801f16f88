################################################################################
# Security groups
################################################################################

# The function's own security group: out to the database and to Secrets Manager, nothing in.
resource "aws_security_group" "function" {
  name        = "ledger-db-rotation"
  description = "Rotation function: out to its database and to Secrets Manager only"
  vpc_id      = data.aws_ssm_parameter.network_prod_vpc_id.insecure_value

  tags = {
    Name = "ledger-db-rotation"
  }
}

resource "aws_vpc_security_group_egress_rule" "function_to_database" {
  security_group_id            = aws_security_group.function.id
  description                  = "To the database"
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = data.aws_cloudformation_export.ledger_database_security_group.value
}

resource "aws_vpc_security_group_egress_rule" "function_to_secrets_manager" {
  security_group_id            = aws_security_group.function.id
  description                  = "To the endpoint of Secrets Manager"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = data.aws_cloudformation_export.network_endpoint_security_group.value
}

# Lets the rotation function, and only it, reach the database's port.
resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = data.aws_cloudformation_export.ledger_database_security_group.value
  description                  = "From the rotation function"
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = aws_security_group.function.id
}

# Lets the rotation function reach Secrets Manager's endpoint.
resource "aws_vpc_security_group_ingress_rule" "endpoint" {
  security_group_id            = data.aws_cloudformation_export.network_endpoint_security_group.value
  description                  = "From the rotation function"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.function.id
}
