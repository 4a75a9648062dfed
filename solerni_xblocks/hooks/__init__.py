"""Where domains meet without knowing one another: facts announced, questions asked, duties owed. See README.md."""
