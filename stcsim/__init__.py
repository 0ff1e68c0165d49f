"""Simulation of how a strategic trade control ecosystem coordinates."""
