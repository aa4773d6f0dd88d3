"""What any speaker of HTTP and JSON needs: one bounded exchange, and JSON read strictly."""
