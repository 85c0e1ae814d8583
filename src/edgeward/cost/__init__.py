"""What ownership costs: lines of money, time value, outages and where two costs are the same."""
