"""Designs of runs, how they are run on any number of processes, and what is kept of them.

::

    worlds ─┐
    keys ───┴> specs ─> block (stacks) ─> runner (processes) ─> tables ─> table_files
    design ─────────────────┘                equal_cost, comparing: the smallest study

A study of a file::

    study_file ─> study_reading ─> factors, designs ─> points ─> plan ─> blocks
                                                                  ├> set_studies: arms joined to sets
                                                                  └> fresh: the same with other seeds

and carried out::

    plan ─> planned ─> carrying_out ─> runner (processes, dask_cluster, any executor) ─> store/
                       stopping, rivalry: what is run beyond the plan
"""
