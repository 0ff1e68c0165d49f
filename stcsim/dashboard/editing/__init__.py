"""Scenarios edited as text by way of forms: what can be said where, where it is said, and how to change it.

Nothing here knows of a browser. The text is the only truth: a form shows what the reader makes of it, and a
change in a form is a change of the text at one place.
"""
