# Words of the data model, shared by all parts of the window.

kind-attack = Attack
kind-clash = Clash
kind-strike = Strike
kind-raid = Raid
kind-explosion = Explosion
kind-abduction = Abduction
kind-leader-killing = Killing of a leader
kind-statement = Statement
kind-pledge = Pledge
kind-bounty = Bounty
kind-founding = Founding
kind-deployment = Deployment
kind-withdrawal = Withdrawal
kind-displacement = Displacement
kind-surrender = Surrender
kind-other = Other

side-none = No side

role-initiator = initiator
role-target = target
role-victim = victim
role-killed = killed
role-wounded = wounded
role-captured = captured
role-witness = witness
role-claimant = claimed it
role-commentator = commented on it
role-announcer = announced it
role-leader = leader
role-member = member
role-ally = ally
role-rival = rival
role-other = involved

certainty-certain = certain
certainty-probable = probable
certainty-possible = possible
inferred = inferred
stated = stated

toll-killed = Killed
toll-wounded = Wounded
toll-captured = Captured
toll-surrendered = Surrendered
toll-displaced = Displaced
toll-joined = Joined
toll-n-killed = { $n } killed
toll-n-wounded = { $n } wounded
toll-n-captured = { $n } captured
toll-n-surrendered = { $n } surrendered
toll-n-displaced = { $n } displaced
toll-n-joined = { $n } joined

flag-inferred-date = Inferred date
flag-inferred-place = Inferred place
flag-contested = Contested
flag-none = Stated

precision-exact = exact
precision-near = near
precision-admin2 = district
precision-admin1 = region of a state
precision-region = wider region
precision-country = country
precision-unknown = not known

schema-Person = Person
schema-Organization = Organisation
schema-PublicBody = Public body
schema-Company = Company
schema-LegalEntity = Legal entity

name-primary = name
name-alias = also known as
name-spelling = also spelt

state-killed = killed
state-captured = captured
state-neutralised = “neutralised”
state-wounded = wounded
state-dissolved = dissolved
state-wanted = wanted
state-at-large = at large
state-founded = founded
state-alive = alive
state-active = active

relation-membership = Membership
relation-leadership = Leadership
relation-affiliation = Affiliation
relation-part-of = Part of a whole
relation-succession = Succession
relation-rivalry = Rivalry
relation-alliance = Alliance
relation-command = Command
relation-renamed = Renaming
relation-employment = Employment
relation-captivity = Captivity

# Read from one actor to the other …
relation-membership-from = member of
relation-leadership-from = leads
relation-affiliation-from = affiliated with
relation-part-of-from = part of
relation-succession-from = successor of
relation-rivalry-from = rival of
relation-alliance-from = ally of
relation-command-from = serves under
relation-renamed-from = renamed to
relation-employment-from = works for
relation-captivity-from = held by
# … and from the other end.
relation-membership-to = has as member
relation-leadership-to = led by
relation-affiliation-to = has as affiliate
relation-part-of-to = includes
relation-succession-to = succeeded by
relation-rivalry-to = rival of
relation-alliance-to = ally of
relation-command-to = commands
relation-renamed-to = formerly
relation-employment-to = employs
relation-captivity-to = holds

stance-asserts = asserts
stance-denies = denies
stance-doubts = doubts

source-report = Report
source-reference = Reference

# Admiralty code.
reliability-A = completely reliable
reliability-B = usually reliable
reliability-C = fairly reliable
reliability-D = not usually reliable
reliability-E = unreliable
reliability-F = cannot be judged
credibility-1 = confirmed
credibility-2 = probably true
credibility-3 = possibly true
credibility-4 = doubtful
credibility-5 = improbable
credibility-6 = cannot be judged

attribute-when = When
attribute-where = Where
attribute-kind = Kind
attribute-toll = Toll
attribute-participant = Participant
attribute-relation = Relation
attribute-name = Name
attribute-state = State
attribute-announced = Announced
attribute-origin = Origin
attribute-published = Published
attribute-publisher = Publisher
attribute-author = Author
attribute-strength = Strength
attribute-record = Tells of the event
attribute-remark = Remark
attribute-surrender = Surrender
attribute-means = Means
attribute-seized = Seized
attribute-held-at = Held at
attribute-operates-in = Operates in
attribute-methods = Methods
attribute-extent = Extent
attribute-amount = Amount
attribute-medium = Medium
attribute-collateral-damage = Collateral damage
attribute-damage = Damage

lang-en = English
lang-fr = French
lang-ar = Arabic
lang-de = German
lang-es = Spanish
lang-ru = Russian
