"""The office's own commands, one file a concern; `kawan/command.py` lists them."""
