"""What happens to bodies and to the posts held in them."""
