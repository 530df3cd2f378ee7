# Les panneaux à côté de la carte, et le tableau.

panel-details = Détails
panel-empty = Rien n’est choisi. Cliquez un repère de la carte, une barre de la frise ou une ligne du tableau pour lire ce qu’on en sait, par qui, et d’après quelle source.
panel-back = Retour
panel-forward = Suivant
panel-event = Événement
panel-actor = Acteur
panel-place = Lieu
panel-source = Source

panel-no-date = date inconnue
panel-no-place = lieu inconnu
panel-unknown = inconnu
panel-edtf = La date telle qu’elle est écrite, en EDTF (ISO 8601-2)
panel-within-km = à { $name } km près
panel-at-least = au moins { $name }
panel-at-most = au plus { $name }
panel-all-together = tous confondus
panel-with-people = avec { $name } personnes
panel-char = car. { $name }
panel-no-position = sans position
panel-more-hint = Filtrer dessus et ouvrir le tableau
panel-more-claims = Autres affirmations
panel-more = { $n ->
    [one] et { $n } autre
   *[other] et { $n } autres
}

panel-flag-inferred-date = La source ne dit pas la date ; elle se déduit du contexte.
panel-flag-inferred-place = La source ne dit pas le lieu ; il se déduit du contexte.
panel-flag-contested = Les sources se contredisent.
panel-inferred-hint = La source ne le dit pas : on le déduit du contexte, ou cela vient d’ailleurs.
panel-differ = Les sources divergent ({ $n })
panel-shown = retenu ici
panel-cited = Lu dans { $name }
panel-source-grade = source { $name }
panel-claim-grade = information { $name }

panel-at-date = Au { $name }
panel-at-end = À la fin des données
panel-actors-date = Acteurs au { $name }
panel-actors-end = Acteurs à la fin des données
panel-rank = Rang
panel-possibly = peut-être { $name }
panel-perhaps = peut-être valable
panel-perhaps-already = peut-être déjà
panel-not-yet = pas encore { $name }
panel-perhaps-not-yet = peut-être pas encore { $name }
panel-no-ties = Aucun lien avec un autre acteur n’est noté pour ce moment.
panel-before = Avant
panel-after = Plus tard
panel-network = Réseau
panel-in-network = { $name } dans le réseau
panel-on-strip = { $name } sur la bande
panel-events = { $n ->
    [0] Événements
    [one] { $n } événement
   *[other] { $n } événements
}
panel-no-events = Aucun événement n’est noté.

panel-filter-on = Filtrer ainsi
panel-filter-off = Ne plus filtrer ainsi
panel-filter-hint = Ne montrer que ces événements sur la carte, la frise et dans le tableau
panel-show-on-map = Voir sur la carte
panel-precision = Précision
panel-coordinates = Position
panel-area = une zone ou une ligne
panel-copy = Copier les coordonnées

panel-read = Lire
panel-language = Langue
panel-reliability = Fiabilité
panel-licence = Licence
panel-url = Adresse
panel-copy-url = Copier l’adresse
panel-document = Document
panel-document-none = Aucun : l’ouvrage est cité par référence.
panel-document-missing = { $name } n’est pas disponible.
panel-document-altered = { $name } est là, mais ce n’est pas le fichier qui a été cité. Ses passages ne sont pas montrés.
panel-document-unreadable = { $name } est là, mais ce n’est pas un texte UTF-8.
panel-document-present = { $name } est là, inchangé.
panel-add-documents = Ajouter des documents…
panel-our-summary = Notre résumé
panel-passages = { $n ->
    [0] Passages cités
    [one] { $n } passage cité
   *[other] { $n } passages cités
}

reader-tab = Source { $name }
reader-close = Fermer { $name }
reader-previous = Passage cité précédent
reader-next = Passage cité suivant
reader-cited-passages = Passages cités
reader-find-hint = Chercher
reader-find = Chercher dans le texte
reader-find-previous = Résultat précédent
reader-find-next = Résultat suivant
reader-passage-not-found = Passage introuvable : le texte à cette position n’est pas celui qui a été cité.
reader-no-position = Cette affirmation ne donne pas de position dans le texte.
reader-copy-paragraph = Copier le paragraphe
reader-range = caractères { $start } à { $end }

table-date = Date
table-title = Titre
table-kind = Nature
table-place = Lieu
table-killed = Morts
table-side = Camp
table-sources = Sources
table-certainty = Dans la fenêtre
table-certainly = certainement
table-possibly = peut-être
table-no = non
table-events = { $n ->
    [one] { $n } événement
   *[other] { $n } événements
}
table-columns = Colonnes
table-copy = Tout copier
table-copy-selected = Copier la sélection
table-copy-first = Copier les { $name } premiers
table-copy-first-selected = Copier les { $name } premiers sélectionnés
table-copying = Copie… { $name }
table-sorting = Tri…
table-scroll = Première ligne visible du tableau
table-sort-by = Trier par { $name }
table-empty = Aucun événement ne passe le filtre et la fenêtre. Élargissez la fenêtre, ou effacez le filtre.

filter-searching = Recherche…
filter-search = Chercher des événements
filter-shown = { $n } événements sur { $all }
filter-clear = Effacer les filtres
filter-area = Dans le cadre tracé sur la carte
filter-area-clear = Quitter le cadre
filter-kind = Nature
filter-side = Camp
filter-actor = Acteur
filter-source = Source
filter-place = Lieu
filter-evidence = Preuve
filter-certainty = Certitude
filter-possibly = Peut-être dans la fenêtre
filter-certainly = Certainement seulement
filter-layers = Couches
filter-layer-relief = Relief
filter-layer-labels = Noms de lieux
filter-layer-precision = Précision
filter-layer-mark-labels = Noms des événements
filter-layer-graticule = Graticule
filter-show-all = Tout montrer ({ $n })…
filter-show-fewer = Montrer moins
filter-find-actor = Chercher un acteur
filter-find-place = Chercher un lieu
filter-find-source = Chercher une source
filter-none-found = Rien de trouvé.
panel-or = ou
panel-colon = { $name } :
panel-filtered-out = Le filtre écarte cet événement.
panel-outside = Hors de la fenêtre.
panel-move-window = Y déplacer la fenêtre
panel-extra = Autres colonnes
panel-extra-copy = Copier { $name }
panel-extra-browser = S’ouvre dans votre navigateur, qui se connecte au réseau
filter-file = Fichier
