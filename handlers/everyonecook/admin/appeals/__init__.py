"""Appeals against bans and hidden content: submitted, listed, decided."""
