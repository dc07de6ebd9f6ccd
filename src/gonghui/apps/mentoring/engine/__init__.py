"""The plain arithmetic of bringing people on: shares of degrees, days of milestones."""
