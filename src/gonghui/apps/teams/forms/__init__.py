"""What is filled in of teams: registers, plans, sessions, topics, praise."""
