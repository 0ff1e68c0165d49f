"""Ways to choose points: rows of a design, each a value for every factor.

::

    listed                  values as they are given: lists and grids
    hypercube, sobol, morris -> sample -> cube      places in the unit cube
    sampled_worlds          keyed draws, the assumption worlds of a comparison

A row is counted from 1; 0 stands for the defaults, at which nothing is varied.
"""
