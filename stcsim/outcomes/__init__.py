"""What a run is judged by: every outcome is one function on the ledger's tables and the snapshots."""
