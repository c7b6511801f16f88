"""A stand-in for the AWS provider, so that the real Terraform runs offline.

It serves the recorded schema, applies the cross-attribute rules that a schema cannot say, answers
with deterministic values, and keeps the versions of secrets in memory with AWS's own label rules.
"""
