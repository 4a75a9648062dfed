"""The databases that a platform may stand on: throw-away servers, and the settings that reach them."""
