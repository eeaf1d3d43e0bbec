"""What counts per ward say, and do not say: change, small numbers, concentration, clusters, evaluation."""
