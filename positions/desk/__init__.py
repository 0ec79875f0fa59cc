"""The pages of the editors' desk, inside Django's admin: drafts, their review, the history of editions."""
