"""Where the points of a study lie: a design gives each point a place in the unit cube."""
