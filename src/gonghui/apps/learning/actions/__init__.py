"""What happens to study rules, and the slogans the product ships."""
