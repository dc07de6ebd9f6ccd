"""What is filled in about plans, one file a part: the plan, its steps, its tasks, passing down."""
