"""Where everything lies in the one table: partition keys, sort keys and the keys of the five indexes.

Every key is a small dictionary, to be merged into the item: `{**people.profile(sub), "username": name}`.
"""
