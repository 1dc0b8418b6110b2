"""Releases: which version a chart needs, what has to be edited for it, and whether a repository has done so."""
