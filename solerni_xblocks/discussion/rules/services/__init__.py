"""What external services are asked, and what their answers mean; pure, no call is made here."""
