"""The ports of the domain, spoken to AWS and to the hosts of results."""
