"""Wavy lines: some borders run straight like a canal, others wind like a river."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SEED = 20241031
N_WAVES = 8
CANAL_SHARE = 0.25
STEP_M = 220


def wave_line(start: Floats, end: Floats, key: tuple[int, ...], *, calm: float = 1.0) -> Floats:
    """Points from start to end, both included; the same key gives the same bends at any length.

    calm: factor on the height of the waves, 0 for a straight line.
    """
    chance = np.random.default_rng([SEED, *key])
    roughness = 0.02 if chance.random() < CANAL_SHARE else chance.uniform(0.07, 0.11)
    waves = np.arange(1, N_WAVES + 1)
    heights = chance.normal(size=N_WAVES) / waves**1.2
    along = end - start
    n_steps = int(np.clip(round(float(np.hypot(*along)) / STEP_M), 6, 18))
    t = np.linspace(0, 1, n_steps + 1)
    bend = calm * roughness * (np.sin(np.pi * np.outer(t, waves)) @ heights)
    bend[-1] = 0
    across = np.array([-along[1], along[0]])
    points: Floats = start + t[:, None] * along + bend[:, None] * across
    return points
