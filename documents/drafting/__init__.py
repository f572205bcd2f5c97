"""From stored data to papers: a module a kind gathers its facts and asks for the rest.

``documents.kinds`` says how a kind is worded and knows no models; these modules know no wording.
"""
