"""One verb a file: transaction, rows, announcement."""
