"""What the use cases need of the outside world, in the domain's own words."""
