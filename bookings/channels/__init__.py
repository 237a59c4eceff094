"""The ways a message leaves the house. Each sends one, and says `Refused` where trying again would not help."""
