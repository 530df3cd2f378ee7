app-name = Chronotope
app-tagline = Des événements dans l’espace et le temps, et ce qui permet de le dire

app-menu-file = Fichier
app-menu-edit = Édition
app-menu-view = Affichage
app-menu-time = Temps
app-menu-help = Aide

app-group-panels = Panneaux
app-group-layers = Couches
app-group-theme = Thème
app-group-language = Langue
app-group-text = Taille du texte
app-group-mode = Mouvement de la fenêtre

app-open = Ouvrir…
app-open-bundled = Ouvrir le jeu de données fourni
app-recent = Ouvrir récemment
app-add-documents = Ajouter des documents…
app-paste = Coller un tableau
app-reload = Relire, et voir ce qui a changé
app-export = Exporter…
app-report = Rapport sur ce jeu de données…
app-quit = Quitter
app-undo = Annuler le filtre ou la fenêtre
app-redo = Rétablir le filtre ou la fenêtre
app-search = Rechercher partout
app-clear-filter = Effacer les filtres
app-select-all = Tout sélectionner
app-clear-selection = Effacer la sélection
app-certainly = Seulement ce qui est certainement dans la fenêtre
app-back = Page précédente des détails
app-forward = Page suivante des détails
app-fit-all = Cadrer la carte sur tous les événements affichés
app-fit-selection = Cadrer la carte sur la sélection
app-zoom-in = Agrandir la carte
app-zoom-out = Réduire la carte
app-toggle-filters = Panneau des filtres
app-toggle-details = Panneau des détails
app-toggle-timeline = Chronologie
app-toggle-table = Tableau
app-toggle-legend = Légende
app-toggle-shelf = Étagère des événements sans lieu
app-layer-relief = Relief
app-layer-labels = Noms de lieux
app-layer-precision = Précision
app-layer-marks = Noms des événements
app-layer-graticule = Graticule
app-colour-by = Couleur par camp ou par type
app-theme-light = Thème clair
app-theme-dark = Thème sombre
app-theme-system = Thème du système
app-lang-en = English
app-lang-fr = Français
app-iso-dates = Dates ISO
app-larger = Texte plus grand
app-smaller = Texte plus petit
app-normal-size = Taille de texte normale
app-play = Lecture ou pause
app-step-forward = Avancer d’un pas
app-step-back = Reculer d’un pas
app-next-event = Événement suivant
app-previous-event = Événement précédent
app-first-event = Premier événement
app-last-event = Dernier événement
app-window-all = Afficher toute la période
app-coarser-step = Pas plus grand
app-finer-step = Pas plus fin
app-mode-slide = Fenêtre glissante
app-mode-cumulative = Cumul
app-mode-trailing = Traîne qui s’estompe
app-loop = En boucle
app-help = Raccourcis clavier
app-tour = Visite rapide
app-about = À propos de Chronotope

app-search-hint = Rechercher événements, acteurs, lieux, sources, actions
app-search-nothing = Rien trouvé. Essayez une autre graphie ou moins de lettres.
app-found-action = Action
app-found-event = Événement
app-found-actor = Acteur
app-found-place = Lieu
app-found-source = Source

app-counts = { $certain } certains · { $possible } possibles · { $all } en tout
app-counts-hint = Événements certainement et possiblement dans la fenêtre, après filtres, et tous ceux du jeu de données
app-close = Fermer
app-copy = Copier
app-cancel = Annuler
app-cancelled = Annulé. Ce qui était ouvert le reste.
app-loading = Ouverture de { $name } …
app-percent = { $name } %
app-seconds = { $name } s

app-open-title = Ouvrir
app-open-what = Tableaux (CSV, TSV : ACLED, UCDP, GTD, GDELT, USGS ou tout autre), GeoJSON, KML et KMZ, GPX, GeoParquet, Arrow, FlatGeobuf, timemap, FollowTheMoney, Linked Places, tels quels ou en .gz et .zip ; ou un dossier Chronotope.
app-open-add = Ajouter à ce qui est ouvert, comme couche
app-open-add-hint = Plusieurs fichiers choisis ensemble deviennent de toute façon les couches d’une même session.
app-open-files = Parcourir les fichiers…
app-open-folder = Parcourir les dossiers…
app-open-path = Chemin
app-open-browse = Parcourir…
app-open-go = Ouvrir
app-open-drop = Vous pouvez aussi déposer des fichiers ou un dossier sur la fenêtre ; avec Maj, ils s’ajoutent à ce qui est ouvert.
app-drop = Déposez pour ouvrir. Avec Maj, pour ajouter à ce qui est ouvert.
app-recent-missing = introuvable
app-recent-forget = Oublier { $name }

app-paste-nothing = Il n’y a pas de tableau dans le presse-papiers : copiez ses lignes avec leurs en-têtes, puis collez de nouveau.
app-reload-nothing = Ce qui est ouvert n’est pas un fichier qu’on puisse relire
app-opened = { $events ->
    [one] Un événement
   *[other] { $events } événements
}{ $problems ->
    [0] {""}
    [one] , un type de problème
   *[other] , { $problems } types de problème
}
app-opened-report = Rapport
app-saved = Enregistré : { $name }
app-save-title = Enregistrer
app-save-path = Fichier à écrire
app-save-browse = Parcourir…
app-save-replace = Remplacer le fichier qui s’y trouve
app-save-go = Enregistrer

app-report-title = Rapport d’import
app-report-none = Aucun problème n’a été trouvé.
app-report-problems = { $n ->
    [one] Un type de problème
   *[other] { $n } types de problème
}
app-report-more = { $n ->
    [one] Un de plus : copiez ou enregistrez le rapport pour le lire.
   *[other] { $n } de plus : copiez ou enregistrez le rapport pour les lire.
}
app-report-save = Enregistrer en JSON…
app-report-error = Erreur
app-report-warning = Avertissement
app-report-column = colonne { $name }
app-report-line = à partir de la ligne { $name }
app-report-rows = { $n } lignes
report-format = Format
report-read = lignes lues
report-kept = événements gardés
report-without-place = sans lieu
report-without-date = sans date
report-skipped = lignes omises

app-exporting = Écriture de { $name } …
app-export-title = Exporter des événements
app-export-format = Format
app-export-holds-all = Contient tout, sous une forme que d’autres programmes lisent.
app-export-holds-ours = Contient tout, comme ce programme le garde.
app-export-holds-some = Ne peut pas tout contenir : ce qui manque est dit ensuite.
app-export-current = { $n ->
    [one] L’événement affiché
   *[other] Les { $n } événements affichés
}
app-export-current-hint = Exactement ce que filtres et fenêtre laissent passer
app-export-whole = { $n ->
    [one] Le seul événement du jeu de données
   *[other] Les { $n } événements du jeu de données
}
app-export-go = Exporter
app-export-busy = Une écriture est en cours : attendez-la ou annulez-la
app-export-written = { $n ->
    [one] Un événement écrit
   *[other] { $n } événements écrits
}
app-export-done = Écrit, mais pas en entier
app-export-losses = Ce que le format n’a pas pu contenir
app-export-fine = Entendu

app-changed = Les fichiers de ce jeu de données ont changé
app-changed-see = Relire : voir ce qui a changé
app-changes-title = Ce qui a changé
app-changes-what = Les fichiers ont été relus et comparés à ce qui est ouvert. Filtres, fenêtre et vue restent tels quels.
app-changes-none = Rien n’a changé
app-changes-changed = { $n } modifiés
app-changes-added = { $n } ajoutés
app-changes-removed = { $n } retirés
app-changes-beside = Hors des événements : { $name }
app-changes-table-head = la description du jeu de données
app-changes-table-actors = { $n ->
    [one] { $n } acteur
   *[other] { $n } acteurs
}
app-changes-table-relations = { $n ->
    [one] { $n } relation
   *[other] { $n } relations
}
app-changes-table-places = { $n ->
    [one] { $n } lieu
   *[other] { $n } lieux
}
app-changes-table-sources = { $n ->
    [one] { $n } source
   *[other] { $n } sources
}
app-changes-table-claims = { $n ->
    [one] { $n } affirmation
   *[other] { $n } affirmations
}
app-changes-more = En montrer plus ({ $n } restants)
app-changes-choose = Le choisir, pour le voir une fois le nouveau repris
app-changes-take = Prendre le nouveau
app-changes-keep = Garder l’ancien
app-changes-nothing = rien
field-title = Titre
field-summary = Résumé
field-when = Quand
field-where = Où
field-precision = Précision
field-kind = Type
field-tolls = Bilans
field-participants = Participants
field-side = Camp
field-sources = Sources
field-flags = Avertissements

app-failed-title = Ce jeu de données ne peut pas être ouvert
app-failed-kept = Ce qui était ouvert le reste.
app-errors-title = { $n ->
    [one] Ce jeu de données contient une erreur
   *[other] Ce jeu de données contient { $n } erreurs
}
app-errors-what = Rien n’est remplacé en silence : les enregistrements illisibles sont laissés de côté, les références sans cible sont montrées comme telles.
app-errors-anyway = Ouvrir quand même
app-errors-keep = Garder ce qui est ouvert

app-documents-found = { $n ->
    [0] Aucun document de ce jeu de données n’a été trouvé à cet endroit
    [one] Un document trouvé
   *[other] { $n } documents trouvés
}
app-documents-title = Ajouter des documents
app-documents-what = Un dossier ou un fichier avec les textes que citent les sources. Ils sont reconnus à leur empreinte, où qu’ils se trouvent.
app-no-more-events = Il n’y a rien au-delà
app-nothing-to-fit = Aucun de ces événements n’a de lieu sur la carte

app-help-title = Raccourcis clavier
app-help-map = Sur la carte : glisser pour déplacer, molette pour zoomer, Maj-glisser pour un cadre, Maj-Alt-glisser pour un tracé libre (avec Ctrl en plus, ils s’ajoutent à la sélection), Ctrl-clic pour ajouter un événement.
app-help-time = Sur la chronologie : molette pour zoomer, glisser pour déplacer ; glisser la fenêtre ou ses poignées ; avec Alt, sans aimantation.

app-about-version = Version { $name }
app-about-private = Fonctionne hors ligne. Aucune connexion réseau n’est ouverte.
app-about-map = Carte : Natural Earth (domaine public). Noms de lieux © GeoNames (geonames.org), CC BY 4.0, modifiés. Les frontières n’impliquent aucune approbation.
app-about-licence = Programme : MIT ou Apache 2.0. Caractères : Noto (OFL 1.1). Icônes : Phosphor (MIT).
app-about-data = Données : { $name }

app-tour-title = Bienvenue dans Chronotope
app-tour-1 = La carte montre les événements de la fenêtre ci-dessous. La forme dit le type, la couleur le camp ; cercles et zones disent à quel point un lieu est connu.
app-tour-2 = Faites glisser la fenêtre de la chronologie ou ses poignées, saisissez ses bornes (2017-10) ou appuyez sur Espace pour la lecture.
app-tour-3 = Cliquez sur un événement pour lire ce qu’on sait, par qui, et d’après quelle source. Cliquez sur un acteur pour le suivre.
app-tour-4 = Indiquez vos documents pour lire les passages cités, ou ouvrez votre propre jeu de données. Rien ne quitte cette machine.
app-tour-start = Commencer
app-tour-documents = Ajouter des documents…
app-copied = Copié

app-report-columns = Colonnes…
app-columns-title = Ce que veulent dire les colonnes
app-columns-what = Choisissez ce que veut dire chaque colonne. Ce que deviennent les premières lignes est à gauche ; les colonnes sans signification ici restent avec les événements.
app-columns-order = Dans la colonne { $column }, des dates comme { $example } se lisent de deux façons. Qu’est-ce qui vient d’abord ?
app-columns-day-first = Le jour (03/04 est le 3 avril)
app-columns-month-first = Le mois (03/04 est le 4 mars)
app-columns-answer = Dites d’abord ce qui vient en premier dans ses dates
app-columns-when = Quand
app-columns-where = Où
app-columns-role = Sens de { $name }
app-columns-counts = Sur les { $read } premières lignes, { $dated } ont une date et { $placed } un lieu ; { $skipped } ne peuvent pas être gardées.
app-columns-none = Les colonnes de ce format ont un seul sens, qui ne peut pas être changé
app-columns-more = { $n ->
    [one] Une colonne de plus
   *[other] { $n } colonnes de plus
}
column-id = Identifiant
column-title = Titre
column-summary = Résumé ou notes
column-kind = Ce qui s’est passé
column-date = Date
column-start = Début
column-end = Fin
column-year = Année
column-month = Mois
column-day = Jour
column-time = Heure
column-epoch = Secondes depuis 1970
column-epoch-ms = Millisecondes depuis 1970
column-lat = Latitude
column-lon = Longitude
column-lat-lon = Latitude, longitude
column-lon-lat = Longitude, latitude
column-wkt = Well-known text
column-geometry = Géométrie
column-precision = Précision
column-radius = Rayon en mètres
column-place = Nom du lieu
column-within = Région ou pays
column-actor = Qui l’a fait
column-target = Qui était visé
column-source = Source
column-url = Adresse de la source
column-killed = Personnes tuées
column-wounded = Personnes blessées
column-attribute = Autre colonne
column-ignore = Laisser de côté
