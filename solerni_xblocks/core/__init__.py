"""What every floor stands on: clock, identifiers, HTML, JSON, errors, settings. No domain word lives here."""
