"""Facts, one module for each domain that announces. Ids, keys and times only: no text, no name."""
