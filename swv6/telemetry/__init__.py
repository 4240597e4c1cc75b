"""What happens, as values."""
