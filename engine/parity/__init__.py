"""How far the two lanes of a pair are apart, measured on every step. Whether that is right, the judge says."""
