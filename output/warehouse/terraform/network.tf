################################################################################
# Security groups
################################################################################

# The function's own security group: out to the database and to Secrets Manager, nothing in.
resource "aws_security_group" "function" {
  name        = "warehouse-rotation"
  description = "Rotation function: out to its database and to Secrets Manager only"
  vpc_id      = "vpc-0a000000000000011"

  tags = {
    Name = "warehouse-rotation"
  }
}

resource "aws_vpc_security_group_egress_rule" "function_to_database" {
  security_group_id            = aws_security_group.function.id
  description                  = "To the database"
  ip_protocol                  = "tcp"
  from_port                    = 5439
  to_port                      = 5439
  referenced_security_group_id = "sg-0db00000000000005"
}

resource "aws_vpc_security_group_egress_rule" "function_to_secrets_manager" {
  security_group_id = aws_security_group.function.id
  description       = "To Secrets Manager through the NAT gateway"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

# Lets the rotation function, and only it, reach the database's port.
resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = "sg-0db00000000000005"
  description                  = "From the rotation function"
  ip_protocol                  = "tcp"
  from_port                    = 5439
  to_port                      = 5439
  referenced_security_group_id = aws_security_group.function.id
}
