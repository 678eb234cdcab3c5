"""Signing in with a municipality's own OpenID Connect provider."""
