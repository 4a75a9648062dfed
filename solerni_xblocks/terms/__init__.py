"""Terms: versioned documents, express acceptance with proof, and the gate that asks for it."""
