"""Discussion: members talk inside a course unit, under published rules, with decisions that explain themselves."""
