"""The dashboard: pages in a browser that call what the command line calls. Only here is Solara imported."""
