"""Files of other programs to plain data: tables of texts, facts about machines.

Everything here runs in a child process with limits (`worker`), so nothing here imports the base, the entities nor
the window: the child starts in some tens of milliseconds, and what it sends back is JSON.
"""
