output "secret_arn" {
  description = "ARN of the secret that rotates"
  value       = aws_secretsmanager_secret.this.arn
}

output "execution_policy_arn" {
  description = "ARN of the policy with what the function needs to run"
  value       = aws_iam_policy.execution.arn
}

output "rotation_role_arn" {
  description = "ARN of the function's role, for resource policies that must admit it"
  value       = aws_iam_role.rotation.arn
}

output "rotation_function_arn" {
  description = "ARN of the rotation function"
  value       = aws_lambda_function.rotation.arn
}

output "rotation_policy_arn" {
  description = "ARN of the policy with what the function needs to rotate"
  value       = aws_iam_policy.rotation.arn
}
