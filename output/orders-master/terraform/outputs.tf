output "secret_arn" {
  description = "ARN of the secret that rotates"
  value       = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-0a1b2c3d-0000-4444-8888-000000000000-AbCdEf"
}

output "trigger_policy_arn" {
  description = "ARN of the policy of those who may start a rotation"
  value       = aws_iam_policy.trigger.arn
}
