"""The dashboard: pages in a browser on the same calls as the command line."""
