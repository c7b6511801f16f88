data "aws_region" "current" {}

################################################################################
# Rotation
################################################################################

# When the service that owns the secret rotates it.
resource "aws_secretsmanager_secret_rotation" "rotation" {
  secret_id          = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-0a1b2c3d-0000-4444-8888-000000000000-AbCdEf"
  rotate_immediately = true

  rotation_rules {
    schedule_expression = "rate(14 days)"
  }
}
