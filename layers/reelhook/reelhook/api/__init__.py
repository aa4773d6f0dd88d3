"""The public HTTP shapes: what clients may ask and what they are answered."""
