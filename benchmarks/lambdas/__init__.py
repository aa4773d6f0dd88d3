"""What runs in measured processes of its own: an execution environment, and the Lambdas that ours are compared with."""
