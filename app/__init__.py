"""Parcomètre: the assets, maintenance contract, tickets and indicators of a small company."""

__version__ = "0.1.0"
