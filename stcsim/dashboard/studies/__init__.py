"""What the page of studies shows, made without a browser: folders, how far they are, findings, documents."""
