"""The trial of the forms that come back: printed, filled at random, made into scans, read, compared (papers.md 3).

    python -m benchmarks.forms --forms 700 --seed 90001

draws everything from the seed. `pen.py` fills a page as people do, `scan.py` makes a scan of it as scanners and
telephones do, `trial.py` reads it back in this process and compares with what was meant. The figures of the project
come from seeds that were used for nothing else: thresholds were set with seeds under 1000.
"""
