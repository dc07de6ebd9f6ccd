"""Who comes to an activity: places, the waiting line, questions, delegations, invitations."""
