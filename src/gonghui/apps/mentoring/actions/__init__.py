"""What happens in mentoring: two agree, work together, graduate; people are placed and sent."""
