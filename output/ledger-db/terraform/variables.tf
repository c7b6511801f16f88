variable "secret_arn" {
  description = "The secret to rotate"
  type        = string
}

variable "database_host" {
  description = "Host name of the database"
  type        = string
}

variable "superuser_secret_arn" {
  description = "ARN of the superuser's secret"
  type        = string
}

variable "function_zip" {
  description = "Path of the function's zip; by default where `rotaform package` puts it"
  type        = string
  default     = null
}

variable "function_zip_hash" {
  description = "SHA-256 of the zip in base64; by default computed from the file"
  type        = string
  default     = null
}
