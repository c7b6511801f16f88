variable "function_zip" {
  description = "Path of the function's zip"
  type        = string
}

variable "function_zip_hash" {
  description = "SHA-256 of the zip in base64; by default computed from the file"
  type        = string
  default     = null
}
