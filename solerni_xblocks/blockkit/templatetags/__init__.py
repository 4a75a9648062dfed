"""Tags that frames of pages share."""
