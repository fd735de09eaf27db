"""What administrators watch: counts, series, health, metrics, costs."""
