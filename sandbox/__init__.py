"""The local stack: the real template on one machine, with a simulated provider. Nothing here is deployed."""
