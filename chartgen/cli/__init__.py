"""The command line: parse, call one function, report, exit. No logic lives here; typer's only door."""
