"""Timings beside a plain way of doing the same. They print; they decide nothing."""
