"""Breakpoints as they are typed: lines, stages and conditions."""
