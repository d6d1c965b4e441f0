"""Heatmaps of DIY, torch and their difference, and the choice of what they show."""
