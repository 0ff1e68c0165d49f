"""The folder of a study: what is kept of its runs, so that nothing finished is ever lost or kept twice.

::

    DIR/study.yaml        what was run, as it was given
        manifest.json     where the numbers come from, and every execution
        points.parquet    what was varied, one row a point
        runs/*.parquet    one row a run
        months/*.parquet  one row a run and month
        bodies/*.parquet  hours of coordination, one row a run and body
        failures/*.json   runs that came to no end: stage, error, traceback, inputs
        torn/             shards that could not be read, set aside; their runs are run again
        lock              held by whoever writes

Three files of one number, one in each of the first three folders of shards, are one shard. Each is written
beside its place, forced to the disk and renamed; that of `runs` comes last, and with it the shard counts.
Tables are plain Parquet that any reader takes, also while a study runs. Only `started`, `finished`, `host`,
`pid` and `seconds` differ between two executions of the same run.
"""
