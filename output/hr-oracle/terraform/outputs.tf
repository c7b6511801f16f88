output "secret_arn" {
  description = "ARN of the secret that rotates"
  value       = aws_secretsmanager_secret.this.arn
}

output "endpoint_security_group_id" {
  description = "Security group of the endpoint; open it to whatever else in the VPC calls Secrets Manager"
  value       = aws_security_group.endpoint.id
}

output "function_security_group_id" {
  description = "Security group of the rotation function"
  value       = aws_security_group.function.id
}
