"""What is measured, each in a process of its own: it imports as little as it can before the clock matters."""
