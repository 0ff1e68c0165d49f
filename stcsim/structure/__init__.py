"""What mechanisms may change, what a planner can see, and the network compiled from both."""
