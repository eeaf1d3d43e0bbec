"""Text cells -> checked rows of incidents, cameras, population and status."""
