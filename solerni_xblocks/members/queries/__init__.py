"""Reading rows of the members domain; the gate keeps its own short memory."""
