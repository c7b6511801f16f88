variable "code_bucket" {
  description = "Bucket with the function"
  type        = string
}
