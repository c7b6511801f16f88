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
