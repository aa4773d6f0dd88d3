"""What a stack costs at AWS: `make costs` writes docs/cost.md from the template, the measurements and the list prices."""
