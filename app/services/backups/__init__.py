"""The backups followed: jobs checked, restorations tried and measured against what is promised (domain.md C.9, 13)."""
