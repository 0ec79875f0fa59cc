"""The papers of attestation: what they say, their numbers, their sheets in three languages, who may read them."""
