"""Pages: the address of a thread; for moderators, what waits, one case, several at once. No JavaScript is needed."""
