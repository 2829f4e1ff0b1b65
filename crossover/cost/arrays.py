"""The two shapes a number takes in this stage: alone, or as an array over samples, months or draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Amount = float | FloatArray
