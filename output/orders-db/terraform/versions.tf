# 1.11 (Terraform or OpenTofu) brought write-only arguments: a first password reaches no state.
terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0, < 7.0"
    }
  }
}
