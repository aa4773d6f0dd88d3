"""Webhooks: our own signed messages to the endpoints that an owner named."""
