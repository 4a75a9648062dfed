"""Reading rows of the terms domain; the gate keeps its own short memory."""
