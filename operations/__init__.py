"""What an operator does to a stack: deploy it, hand out keys, take it down."""
