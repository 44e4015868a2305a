"""What we do for a client: rules, records and the outbox brought together."""
