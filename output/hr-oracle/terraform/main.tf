# AWS publishes its rotation functions from one account in each partition.
locals {
  rotation_applications = {
    aws          = "arn:aws:serverlessrepo:us-east-1:297356227824"
    "aws-cn"     = "arn:aws-cn:serverlessrepo:cn-north-1:193023089310"
    "aws-us-gov" = "arn:aws-us-gov:serverlessrepo:us-gov-west-1:023102451235"
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

################################################################################
# Secret
################################################################################

# Holds the login's user name and password. The first password is made by AWS and seen by nobody.
resource "aws_secretsmanager_secret" "this" {
  # checkov:skip=CKV_AWS_149:The AWS managed key costs nothing; secret.kms_key sets another

  name_prefix = "hr-oracle-"
  description = "Oracle login HR_APP"

  lifecycle {
    prevent_destroy = true
  }
}

# The first password. An ephemeral value: it is in no state file, no plan and no log.
ephemeral "aws_secretsmanager_random_password" "first" {
  password_length            = 30
  exclude_characters         = " \"'/:@\\"
  require_each_included_type = true
}

# The first value, written once. Rotation soon takes its labels away; a version without a label is
# removed by AWS, Terraform would then plan to create it again, and the first password would come
# back over the live one. So the version carries a label of its own, ROTAFORM_INITIAL: AWS never
# removes a labelled version. The labels that rotation moves are ignored, since putting them back
# would make the first password current; so is the version number, since a new one would write a new
# password that the database does not know.
resource "aws_secretsmanager_secret_version" "first" {
  secret_id = aws_secretsmanager_secret.this.id
  secret_string_wo = jsonencode({
    username = "HR_APP"
    password = ephemeral.aws_secretsmanager_random_password.first.random_password
    engine   = "oracle"
    host     = data.aws_db_instance.this.address
    port     = 1521
    dbname   = "HR"
    ssl      = true
  })
  secret_string_wo_version = 1
  version_stages = [
    "AWSCURRENT",
    "ROTAFORM_INITIAL",
  ]

  lifecycle {
    prevent_destroy = true
    ignore_changes = [
      secret_string_wo_version,
      version_stages,
    ]
  }
}

# Where the database is; the secret's first value says so to its clients.
data "aws_db_instance" "this" {
  db_instance_identifier = "hr-prod"
}

################################################################################
# Rotation
################################################################################

# AWS's own rotation function, with its role: AWS owns what is in it.
resource "aws_serverlessapplicationrepository_cloudformation_stack" "rotation" {
  name           = "hr-oracle-rotation"
  application_id = "${local.rotation_applications[data.aws_partition.current.partition]}:applications/SecretsManagerRDSOracleRotationSingleUser"
  capabilities = [
    "CAPABILITY_IAM",
    "CAPABILITY_RESOURCE_POLICY",
  ]

  parameters = {
    functionName      = "hr-oracle-rotation"
    endpoint          = "https://secretsmanager.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"
    excludeCharacters = " \"'/:@\\"
    vpcSubnetIds = join(",", [
      "subnet-0a00000000000000a",
      "subnet-0a00000000000000b",
    ])
    vpcSecurityGroupIds = aws_security_group.function.id
  }
}

# When the secret rotates. AWS calls the function as soon as this exists, so all that the function
# needs comes first.
resource "aws_secretsmanager_secret_rotation" "rotation" {
  secret_id           = aws_secretsmanager_secret.this.id
  rotation_lambda_arn = aws_serverlessapplicationrepository_cloudformation_stack.rotation.outputs["RotationLambdaARN"]
  rotate_immediately  = true

  rotation_rules {
    schedule_expression = "rate(30 days)"
  }

  depends_on = [
    aws_secretsmanager_secret_version.first,
    aws_vpc_security_group_ingress_rule.database,
    aws_vpc_security_group_ingress_rule.endpoint,
    aws_vpc_endpoint.secrets_manager,
    aws_vpc_security_group_egress_rule.function_to_database,
    aws_vpc_security_group_egress_rule.function_to_secrets_manager,
  ]
}
