"""Terms of office and elections: from the plan of an election to the committee that was seated."""
