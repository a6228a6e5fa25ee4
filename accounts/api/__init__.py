"""What every open interface of the portal shares: who speaks, how often, and how a "no" looks."""
