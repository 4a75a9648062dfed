"""What every XBlock and page of ours shares: base class, handlers, page frame, style, browser modules."""
