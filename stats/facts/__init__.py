"""From the tables of people, items, adoptions and events to the facts that are counted. The only such bridge.

Every filing, issue, credit and event belongs to the ranking unit above it: the direct child of the office.
What belongs to the office itself is counted for the office, in a group of its own. A unit is listed in
a period when it existed on one of its days, or when a fact of the period is its own, such as the late
adoption of a unit that was closed: nothing that counts is left out of a table.
"""
