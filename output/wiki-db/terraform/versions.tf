# 1.11 (Terraform or OpenTofu): the first password is a write-only argument, so that it reaches no
# state.
terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.24, < 7.0"
    }
  }
}
