"""The scenario that ``stcsim new`` writes: small, complete, and explained line by line."""

from __future__ import annotations

SCHEMA_LINE = "# yaml-language-server: $schema=schema.json"
"""First line of a scenario file: editors that know it complete keys and show texts."""

_TEXT = """\
{schema_line}
# (`stcsim schema > schema.json` puts the schema beside this file.)
#
# Check it:     stcsim check {name}.yaml
# Compare arms: stcsim compare {name}.yaml
# What else can be said, with units and ranges: stcsim list mechanisms, stcsim list parameters, stcsim schema
format: 1
name: {name}
title: Two countries and the border between them
question: Does a channel between the frontline and the centre stop more than the same money spent on staff?

time:
  warm_up_weeks: 52 # without mechanisms, until the region has found its own level
  counted_weeks: 156 # what outcomes count
  step_days: 7

# At most four outcomes that the comparison is about; all others are shown as exploratory.
headline: [{headline}]

countries:
  - id: A # first part of the identity of everybody at home here, such as A/customs_headquarters
    name: Producer
    will: 0.5 # political will, a share; assumed
    competence: 0.55 # mean competence at the start; assumed
    supply: 1.0 # where the goods come from that procurement networks want
    agencies:
      - {{ role: licensing_authority, staff: 20 }}
      - {{ role: customs_headquarters, staff: 15 }}
      - {{ role: law_enforcement, staff: 10 }}
      - {{ role: intelligence, staff: 8 }}
      - {{ role: technical_authority, staff: 6 }}
    partners:
      - {{ kind: industry_association, staff: 3 }}
    checkpoints:
      - {{ kind: sea, traffic: 300000 }} # declarations a year; inspectors follow from the register
      - {{ kind: air, traffic: 200000 }}
    firms:
      - {{ firm_class: large, count: 10, sector: machine_tools }}
      - {{ firm_class: sme, count: 120, sector: machine_tools }}
      - {{ firm_class: forwarder, count: 10 }}

  - id: B
    name: Hub
    will: 0.35
    competence: 0.45
    supply: 0.1
    law:
      detention_working_days: 5 # customs must release what nobody has answered on by then
      extension: false
    agencies:
      - {{ role: licensing_authority, staff: 6 }}
      - {{ role: customs_headquarters, staff: 12 }}
      - {{ role: law_enforcement, staff: 6 }}
    checkpoints:
      - {{ kind: sea, count: 2, traffic: 400000 }} # B/sea_1 and B/sea_2
    firms:
      - {{ firm_class: forwarder, count: 30 }}
      - {{ firm_class: sme, count: 40 }}

donors:
  - {{ id: donor_1, budget: 1500 }} # thousand USD a year

networks:
  - {{ id: network_1, home: B, wanted: [cat_2_processing, cat_3_electronics] }}

# Doing nothing, `baseline`, is always there and is not listed.
arms:
  - name: frontline
    label: Frontline channel
    mechanisms:
      frontline_channel:
        mean_delay_days: 3
  - name: frontline_in_b
    label: Frontline channel in the hub alone
    mechanisms:
      frontline_channel:
        countries: [B]
        start: 26 # weeks after arms branch
"""


def starter(name: str, headline: tuple[str, ...]) -> str:
    """Return the text of a scenario called `name` that passes every check."""
    return _TEXT.format(name=name, schema_line=SCHEMA_LINE, headline=", ".join(headline))
