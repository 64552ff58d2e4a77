"""Faults made on purpose while the store works: kill -9, full disk, a failing call, a power cut.

Each harness returns its figures, and has a control: a planted bug that it must see, or its figures mean nothing.
"""
