"""Job descriptions: the order's text as their basis, and beside it what an organisation asks for itself."""
