"""The editors' desk: drafts of editions, what is wrong with them, what they change, and how they come into force."""
