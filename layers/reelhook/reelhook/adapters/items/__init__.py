"""Videos, gates, webhooks and accounts as DynamoDB items, and back."""
