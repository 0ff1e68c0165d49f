"""Actor types of a strategic trade control ecosystem: what a scenario file may say of each."""
