# Les mots du modèle de données, communs à toutes les parties de la fenêtre.

kind-attack = Attaque
kind-clash = Affrontement
kind-strike = Frappe
kind-raid = Raid
kind-explosion = Explosion
kind-abduction = Enlèvement
kind-leader-killing = Mort d’un chef
kind-statement = Déclaration
kind-pledge = Allégeance
kind-bounty = Mise à prix
kind-founding = Fondation
kind-deployment = Déploiement
kind-withdrawal = Retrait
kind-displacement = Déplacement de population
kind-surrender = Reddition
kind-other = Autre

side-none = Sans camp

role-initiator = auteur
role-target = cible
role-victim = victime
role-killed = tué
role-wounded = blessé
role-captured = capturé
role-witness = témoin
role-claimant = a revendiqué
role-commentator = a commenté
role-announcer = a annoncé
role-leader = chef
role-member = membre
role-ally = allié
role-rival = rival
role-other = concerné

certainty-certain = certain
certainty-probable = probable
certainty-possible = possible
inferred = déduit
stated = dit par la source

toll-killed = Morts
toll-wounded = Blessés
toll-captured = Capturés
toll-surrendered = Redditions
toll-displaced = Déplacés
toll-joined = Ralliés
toll-n-killed = { $n ->
    [one] { $n } mort
   *[other] { $n } morts
}
toll-n-wounded = { $n ->
    [one] { $n } blessé
   *[other] { $n } blessés
}
toll-n-captured = { $n ->
    [one] { $n } capturé
   *[other] { $n } capturés
}
toll-n-surrendered = { $n ->
    [one] { $n } reddition
   *[other] { $n } redditions
}
toll-n-displaced = { $n ->
    [one] { $n } déplacé
   *[other] { $n } déplacés
}
toll-n-joined = { $n ->
    [one] { $n } rallié
   *[other] { $n } ralliés
}

flag-inferred-date = Date déduite
flag-inferred-place = Lieu déduit
flag-contested = Contesté
flag-none = Dit par la source

precision-exact = exact
precision-near = à proximité
precision-admin2 = district
precision-admin1 = région administrative
precision-region = zone étendue
precision-country = pays
precision-unknown = inconnu

schema-Person = Personne
schema-Organization = Organisation
schema-PublicBody = Organisme public
schema-Company = Entreprise
schema-LegalEntity = Entité juridique

name-primary = nom
name-alias = dit aussi
name-spelling = autre graphie

state-killed = tué
state-captured = capturé
state-neutralised = « neutralisé »
state-wounded = blessé
state-dissolved = dissous
state-wanted = recherché
state-at-large = en liberté
state-founded = fondé
state-alive = en vie
state-active = en activité

relation-membership = Appartenance
relation-leadership = Direction
relation-affiliation = Affiliation
relation-part-of = Partie d’un ensemble
relation-succession = Succession
relation-rivalry = Rivalité
relation-alliance = Alliance
relation-command = Commandement
relation-renamed = Changement de nom
relation-employment = Emploi
relation-captivity = Captivité

relation-membership-from = membre de
relation-leadership-from = dirige
relation-affiliation-from = affilié à
relation-part-of-from = fait partie de
relation-succession-from = successeur de
relation-rivalry-from = rival de
relation-alliance-from = allié de
relation-command-from = sous les ordres de
relation-renamed-from = devenu
relation-employment-from = travaille pour
relation-captivity-from = détenu par
relation-membership-to = a pour membre
relation-leadership-to = dirigé par
relation-affiliation-to = a pour affilié
relation-part-of-to = comprend
relation-succession-to = remplacé par
relation-rivalry-to = rival de
relation-alliance-to = allié de
relation-command-to = commande
relation-renamed-to = auparavant
relation-employment-to = emploie
relation-captivity-to = détient

stance-asserts = affirme
stance-denies = dément
stance-doubts = met en doute

source-report = Publication
source-reference = Ouvrage de référence

reliability-A = tout à fait fiable
reliability-B = généralement fiable
reliability-C = assez fiable
reliability-D = rarement fiable
reliability-E = non fiable
reliability-F = fiabilité non appréciable
credibility-1 = confirmé
credibility-2 = probablement vrai
credibility-3 = peut-être vrai
credibility-4 = douteux
credibility-5 = improbable
credibility-6 = non appréciable

attribute-when = Date
attribute-where = Lieu
attribute-kind = Nature
attribute-toll = Bilan
attribute-participant = Participant
attribute-relation = Lien
attribute-name = Nom
attribute-state = État
attribute-announced = Annonce
attribute-origin = Origine
attribute-published = Parution
attribute-publisher = Éditeur
attribute-author = Auteur
attribute-strength = Effectif
attribute-record = Relate l’événement
attribute-remark = Remarque
attribute-surrender = Reddition
attribute-means = Moyens
attribute-seized = Saisies
attribute-held-at = Lieu de détention
attribute-operates-in = Zone d’action
attribute-methods = Méthodes
attribute-extent = Étendue
attribute-amount = Montant
attribute-medium = Support
attribute-collateral-damage = Dommages collatéraux
attribute-damage = Dégâts

lang-en = anglais
lang-fr = français
lang-ar = arabe
lang-de = allemand
lang-es = espagnol
lang-ru = russe
