"""Critical points, exactly, with verdicts that are proved."""
