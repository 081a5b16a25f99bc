"""The independent verifier, handed over as it is: nothing here is imported by the ledger, and it imports nothing of it."""
