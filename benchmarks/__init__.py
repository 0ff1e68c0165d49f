"""Benchmarks: ratios of stcsim against named peers that do the same work, measured in the same run.

``python -m benchmarks`` (or ``make bench``) measures every row and writes ``benchmarks/results.md``. A
row is a file of `benchmarks.rows`; what is timed stands in `benchmarks.twins`, each variant as a function
that builds a block of work, and runs in a process of its own (`worker`, `interleaved`). Twins state one
law, and where their totals do not agree within the error of chance no ratio is printed (`agreement`).
"""
