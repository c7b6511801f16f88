################################################################################
# Security groups
################################################################################

# The function's own security group: out to the database and to Secrets Manager, nothing in.
resource "aws_security_group" "function" {
  name        = "wiki-db-rotation"
  description = "Rotation function: out to its database and to Secrets Manager only"
  vpc_id      = "vpc-0a000000000000007"

  tags = {
    Name = "wiki-db-rotation"
  }
}

resource "aws_vpc_security_group_egress_rule" "function_to_database" {
  security_group_id            = aws_security_group.function.id
  description                  = "To the database"
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = "sg-0db00000000000003"
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
  security_group_id            = "sg-0db00000000000003"
  description                  = "From the rotation function"
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = aws_security_group.function.id
}

################################################################################
# The way to Secrets Manager
################################################################################

# The public address of the NAT gateway below.
resource "aws_eip" "zone_1" {
  domain = "vpc"

  tags = {
    Name = "wiki-db-nat-1"
  }
}

# The function's way to Secrets Manager, in this zone.
resource "aws_nat_gateway" "zone_1" {
  subnet_id     = "subnet-0a00000000000001a"
  allocation_id = aws_eip.zone_1.allocation_id

  tags = {
    Name = "wiki-db-nat-1"
  }
}

# The public address of the NAT gateway below.
resource "aws_eip" "zone_2" {
  domain = "vpc"

  tags = {
    Name = "wiki-db-nat-2"
  }
}

# The function's way to Secrets Manager, in this zone.
resource "aws_nat_gateway" "zone_2" {
  subnet_id     = "subnet-0a00000000000001b"
  allocation_id = aws_eip.zone_2.allocation_id

  tags = {
    Name = "wiki-db-nat-2"
  }
}

# Sends what leaves the VPC from this route table's subnets through the NAT gateway.
resource "aws_route" "to_internet_1" {
  route_table_id         = "rtb-0a00000000000007a"
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.zone_1.id
}

# Sends what leaves the VPC from this route table's subnets through the NAT gateway.
resource "aws_route" "to_internet_2" {
  route_table_id         = "rtb-0a00000000000007b"
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.zone_2.id
}
