"""What changes rows: one verb a module, each with its transaction, its evidence and its announcement."""
