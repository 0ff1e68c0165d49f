"""What mechanisms may change: the closed vocabulary, what a planner can see, and the network compiled from both."""
