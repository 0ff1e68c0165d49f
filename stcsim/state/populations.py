"""Columns of states, their bodies and donors: everything about them that changes or that processes read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stcsim.actors.vocabulary import DRIVES, LAW
from stcsim.draws import F8, I8
from stcsim.state.table import Population, column

B1 = NDArray[np.bool_]

LAW_INDEX: dict[str, int] = {name: i for i, name in enumerate(LAW)}
"""Place of each switch of the law on the second axis of `Countries.law`."""

DRIVE_INDEX: dict[str, int] = {name: i for i, name in enumerate(DRIVES)}
"""Place of what a shock strains on the second axis of `Countries.strain`."""

HOLDER_KINDS: tuple[str, ...] = ("agency", "partner", "post", "stretch")


@dataclass
class Countries(Population):
    """Law, will and the licensing authority's queue."""

    law_base: B1 = column()
    """Law of the scenario, shape (rows, len(LAW))."""
    law: B1 = column()
    """Law in force: the scenario's, switched by mandates."""
    detention_days: F8 = column("calendar days", 0)
    """Clock for a detained consignment where there is power to detain, without an extension."""
    extended_days: F8 = column("calendar days", 0)
    """That clock where the law lets the hold be extended."""
    evidence: I8 = column("0 none, 1 ad hoc, 2 joint", 0, 2)
    will: F8 = column("share", 0, 1)
    will_base: F8 = column("share", 0, 1)
    upkeep: F8 = column("share", 0, 1)
    funding: F8 = column("share", 0, 1)
    wage_level: F8 = column("multiple", 0)
    supply: F8 = column("share", 0, 1)
    recruitable: F8 = column("multiple", 0)
    insider: F8 = column("share", 0, 1)
    transit_flow: F8 = column("share", 0, 1)
    willing: F8 = column("share", 0, 1)
    """willing[row, j]: how willing the country is to share with country j of its run, shape (rows, m)."""
    success: F8 = column("1/yr", 0)
    """Publicised seizures a year, with fading memory."""
    incidents: F8 = column("1/yr", 0)
    """Diversions found out a year, with fading memory."""
    aid: F8 = column("thousand USD/yr", 0)
    """Assistance that donors pay for in this quarter."""
    counted_on: F8 = column("thousand USD/yr", 0)
    """The part of it that the national budget expects to last."""
    displaced: F8 = column("share", 0, 1)
    """Share of the national money for use and upkeep that has given way to aid."""
    handed_over: F8 = column("share", 0, 1)
    """Share of what is missing of that money which donors pay that are leaving."""
    fatigue: F8 = column("assessments", 0)
    """Repeat assessments that hosts have answered and remember."""
    reported: F8 = column("share", 0, 1)
    """How fresh reports are on what raised each competence here, shape (rows, 9)."""
    holding_since: F8 = column("days")
    """Day since which captured capacity has held without aid, inf where it does not."""
    handover_until: F8 = column("days")
    """Day until which donors pay upkeep in a country that began to hold under aid; -inf in others."""
    graduated: F8 = column("days")
    """Day on which the country graduated, inf before."""
    caseload: F8 = column("cases", 0)
    """Open cases of law enforcement."""
    clarity: F8 = column("share", 0, 1)
    """Clarity of roles between customs and law enforcement."""
    strain: F8 = column("multiple", 0)
    """Factors of the shocks in force, shape (rows, len(DRIVES))."""
    tips: F8 = column("1/yr", 0)
    """False tips a year that a shock brings."""
    backlog: F8 = column("applications", 0)
    """Applications waiting beyond their handling."""
    load_noise: F8 = column("log")
    staff_noise: F8 = column("log")
    applications: F8 = column("1/yr", 0)
    """Applications a year expected at the start, over which capacity is normalised."""
    arrived: F8 = column("applications", 0)
    """Applications of adversaries and firms in this step, filled by the processes that apply."""
    flow: F8 = column("1/yr", 0)
    """Applications a year, smoothed over a quarter."""
    perceived_detection: F8 = column("share", 0, 1)
    """What firms believe the chance is that an unlicensed export is found."""
    licence_days: F8 = column("days", 0)
    """Days that a licence is expected to take now, as firms experience it."""
    list_lag: F8 = column("multiple", 0)
    """Time that adopting the regime's list takes, relative to the register's."""
    list_version: F8 = column("version", 0)
    """Yearly version of the regime's list that is in force here."""
    list_since: F8 = column("days")
    """Day on which it came into force."""
    authority: I8 = column(refers="holders")
    """Row of the licensing authority, -1 where there is none; likewise below."""
    customs: I8 = column(refers="holders")
    intelligence: I8 = column(refers="holders")
    law_enforcement: I8 = column(refers="holders")
    prosecutor: I8 = column(refers="holders")
    technical: I8 = column(refers="holders")


@dataclass
class Holders(Population):
    """Agencies, partners and checkpoints: whoever can hold capacity and information."""

    kind: I8 = column("index into HOLDER_KINDS", 0, 3)
    role: I8 = column("index into State.roles")
    country: I8 = column(refers="countries")
    """Row of the country, -1 for an international body."""
    staff_base: F8 = column("FTE", 0)
    staff: F8 = column("FTE", 0)
    """Staff now: base, strained by shocks, plus posts added by arrangements."""
    manning: F8 = column("share", 0, 1)
    """Share of its own staff that shocks leave it."""
    exchange: F8 = column("share", 0, 1)
    """Pace of its exchanges that shocks leave it."""
    added_inspectors: F8 = column("FTE")
    """Staff that arrangements add in a role; below 0 where they are seconded elsewhere, likewise below."""
    added_officers: F8 = column("FTE")
    added_investigators: F8 = column("FTE")
    added_analysts: F8 = column("FTE")
    added_liaison: F8 = column("FTE", 0)
    authority: F8 = column("share", 0, 1)
    """Leadership's buy-in at this holder."""
    interest: F8 = column("share", 0, 1)
    """0 where the burden on trade counts alone, 1 where the effectiveness of control does."""
    tied: B1 = column()
    """tied[row, j]: whether a channel led to or from holder j of the run at the start, shape (rows, n)."""
    identity: F8 = column("share", 0, 1)
    """How far it sees itself as part of one ecosystem."""
    champion: F8 = column("share", 0, 1)
    """1 while its key practitioner is there, 0 until a successor is; always 1 where nobody is counted on."""
    champion_hazard: F8 = column("-", 0)
    """Accumulated hazard of the champion's leaving, against one keyed clock."""
    champion_back: F8 = column("days", 0)
    """Day on which the successor arrives."""
    champions_lost: I8 = column("count", 0)
    attends: F8 = column("share", 0, 1)
    """Share of the convenings and courses meant for it that it takes part in."""
    attends_courses: F8 = column("share", 0, 1)
    """Share of the places in courses meant for it that it fills."""
    analyst_share: F8 = column("share", 0, 1)
    uses: B1 = column()
    """Competences that the holder's role uses, shape (rows, 9)."""
    latent: F8 = column("share", 0, 1)
    """KPST acquired and not in use, shape (rows, 9, 4)."""
    captured: F8 = column("share", 0, 1)
    """KPST in use, shape (rows, 9, 4)."""
    academy: F8 = column("1/yr", 0)
    """Own yearly dose that holds the starting level steady, shape (rows, 9, 4)."""
    dose: F8 = column("1/yr", 0)
    """Dose rate of this quarter's activities, shape (rows, 9, 4)."""
    capture_shift: F8 = column("1/yr")
    """What modality adds to the dose of which a share is captured at once (below 0: takes), shape (rows, 9,
    4)."""
    met: F8 = column("1/yr", 0)
    """Joint meetings a year with holder j of the run at this quarter's activities, shape (rows, n)."""
    trainers: F8 = column("people", 0)
    """Active own trainers of each competence, counted by what they know, shape (rows, 9)."""
    taught_at_home: F8 = column("share", 0, 1)
    """Share of those who use a competence whom own trainers teach in a year, shape (rows, 9)."""
    institutionalised: F8 = column("share", 0, 1)
    plan: F8 = column("share", 0, 1)
    """How far a capture plan with follow-up is carried out, shape (rows, 9)."""
    competence: F8 = column("share", 0, 1)
    """Effective competence E, shape (rows, 9)."""
    competence_start: F8 = column("share", 0, 1)
    hours: F8 = column("hours/yr", 0)
    """Hours of coordination and of other duties that arrangements ask for now."""
    hours_before: F8 = column("hours", 0)
    """Hours spent on exchanges, checks and assessments in the last step, charged in the next."""
    course_hours: F8 = column("hours/yr", 0)
    """Hours a year that this quarter's courses and assessments take, charged through `hours_before`."""
    available: F8 = column("share", 0, 1)
    """Share of working time left, a_h."""
    available_start: F8 = column("share", 0, 1)
    """Share of working time left under the baseline load of meetings."""
    available_quarter: F8 = column("share", 0, 1)
    """Availability when the quarter began: what the compiled structure is made from."""
    competence_quarter: F8 = column("share", 0, 1)
    """Competence when the quarter began, shape (rows, 9)."""
    recognises: B1 = column()
    """recognises[row, j]: the holder knows of the part of holder j of its run, shape (rows, n)."""
    recognised_start: B1 = column()
    """The same at the start."""
    trust: F8 = column("share", 0, 1)
    """trust[row, j] of the holder in holder j of its run, shape (rows, n)."""
    trust_base: F8 = column("share", 0, 1)
    reading: F8 = column("items", 0)
    """Reading credit: items that can be read now."""
    list_version: F8 = column("version", 0)
    """Newest control-list version read."""
    false_listings: F8 = column("items", 0)
    """False party listings read and still alive."""
    procedures_known: F8 = column("share", 0, 1)


@dataclass
class Posts(Population):
    """Checkpoints with declarations and open stretches; their capacity and information are in `Holders`."""

    holder: I8 = column(refers="holders")
    country: I8 = column(refers="countries")
    stretch: B1 = column()
    """Open stretch: no declarations, patrols on intelligence."""
    traffic: F8 = column("1/yr", 0)
    inspectors: F8 = column("FTE", 0)
    """Inspectors at the start, before arrangements and will."""
    patrols: F8 = column("share", 0, 1)
    inspected_share: F8 = column("share", 0, 1)
    """Share of ordinary trade that can be inspected now (the threshold's tail)."""
    capacity: F8 = column("1/week", 0)
    """Inspections that hours allow this week, n_k."""
    targeting: F8 = column("sd")
    """d' of the risk score now."""
    found: F8 = column("violations", 0)
    """Recognised violations, list hits excluded, one-year memory."""
    inspected: F8 = column("inspections", 0)
    """Inspections, one-year memory."""
    seen: F8 = column("share", 0, 1)
    """What a probing smuggler has seen of the post's inspections, lagged."""
    doubt_hours: F8 = column("hours", 0)
    """Hours that last week's doubts and false listings took."""
    detained: F8 = column("consignments", 0)
    """Consignments detained now, honest ones included."""
    answered: F8 = column("share", 0, 1)
    """Share of doubts answered in time now."""
    answered_start: F8 = column("share", 0, 1)
    """Share of doubts answered in time at the start."""
    waved: F8 = column("share", 0, 1)
    """Share of inspections of illicit consignments that a shock's insider waves through."""


@dataclass
class Donors(Population):
    """Donor programmes."""

    budget: F8 = column("thousand USD/yr", 0)
    priority: F8 = column("weight", 0)
    """Weight per pillar, shape (rows, 5)."""
    works_in: B1 = column()
    """Countries it works in, shape (rows, countries)."""
    balance: F8 = column("thousand USD")
    """Money not yet committed."""
    active_from: F8 = column("days")
    leaves: F8 = column("days")
    """Day on which it leaves each country, inf where no end is set, shape (rows, countries)."""
    announces: F8 = column("days")
    """Day from which each country knows that it will leave, inf before, shape (rows, countries)."""
    hands_over: B1 = column()
    """Whether it goes on paying upkeep and use for a time after it left, shape (rows, countries)."""
    sees_commitments: B1 = column()
    shared_priorities: B1 = column()
    tailored: B1 = column()
    """Has its activities made for those who attend."""
    assessed: B1 = column()
    """Plans on an assessment of what its hosts miss."""
    shared_assessment: B1 = column()
    """Uses one assessment together with others that do."""
    reports: B1 = column()
    """Reads reports on what activities brought, and has them written."""
    chairs: B1 = column()
    """Chairs the donors' planning: plans first."""
