variable "code_bucket" {
  description = "Bucket with the function"
  type        = string
}

variable "code_key" {
  description = "Key of the zip; another for each build"
  type        = string
}
