"""What the functions do, in terms of the domain's ports."""
