timeline-name = Chronologie
timeline-help = La molette agrandit, Maj et molette déplacent. Glisser sur les barres définit une fenêtre, glisser l’axe le déplace, un double clic sur l’axe montre tout. Alt fait glisser sans accrochage.

# Lecture
timeline-first = Premier événement
timeline-event-back = Événement précédent
timeline-step-back = Un pas en arrière
timeline-play = Lecture
timeline-pause = Pause
timeline-step = Un pas en avant
timeline-event = Événement suivant
timeline-last = Dernier événement
timeline-loop = Reprendre au début à la fin
timeline-key = { $name } ({ $key })
timeline-key-shift = Maj
timeline-key-home = Début
timeline-key-end = Fin
timeline-key-space = Espace

timeline-unit = Longueur d’un pas
timeline-unit-second = 1 seconde
timeline-unit-minute = 1 minute
timeline-unit-hour = 1 heure
timeline-unit-day = 1 jour
timeline-unit-week = 1 semaine
timeline-unit-month = 1 mois
timeline-unit-quarter = 1 trimestre
timeline-unit-year = 1 an
timeline-unit-decade = 1 décennie
timeline-unit-century = 1 siècle
timeline-unit-millennium = 1 millénaire

timeline-speed = Vitesse en pas par seconde
timeline-speed-suffix =  /s

timeline-mode = Mouvement de la fenêtre
timeline-mode-slide = Fenêtre glissante
timeline-mode-cumulative = Cumul
timeline-mode-trailing = Traîne estompée

# Vue
timeline-group = Regrouper les lignes
timeline-group-kind = Par type
timeline-group-side = Par camp
timeline-group-source = Par source

timeline-bins = Largeur des barres de l’histogramme
timeline-bins-auto = Auto : { $name }
timeline-bins-fixed = Barres : { $name }
timeline-bin-second = seconde
timeline-bin-minute = minute
timeline-bin-hour = heure
timeline-bin-day = jour
timeline-bin-week = semaine
timeline-bin-month = mois
timeline-bin-quarter = trimestre
timeline-bin-year = an
timeline-bin-decade = décennie
timeline-bin-century = siècle
timeline-bin-millennium = millénaire

# La fenêtre
timeline-from = Début de la fenêtre (EDTF)
timeline-from-help = Début de la fenêtre en EDTF : 2017, 2017-10, 2017-10-04. Un intervalle comme 2014/2016 fixe les deux bornes ; « .. » est sans limite.
timeline-to = Fin de la fenêtre (EDTF)
timeline-to-help = Fin de la fenêtre en EDTF, incluse. Vide : la fenêtre est ce que dit le début. « .. » est sans limite.
timeline-dash = à
timeline-start-handle = Poignée de début
timeline-end-handle = Poignée de fin
timeline-playhead = Tête de lecture
timeline-all = Tout
timeline-all-help = Montrer tous les temps
timeline-fit-all = Ajuster l’axe à tous les événements
timeline-fit-window = Ajuster l’axe à la fenêtre

timeline-certainly = Certains seulement
timeline-certainly-help = Ne montrer que les événements qui sont certainement dans la fenêtre
timeline-counts = { $certain } certainement · { $possible } peut-être · { $all } en tout

# Dans l’image
timeline-max = max. { $name }
timeline-undated = { $n } sans date
timeline-dense = { $n } événements en vue. Agrandissez pour voir chacun.
timeline-nothing = Aucun événement ne passe le filtre.
timeline-nothing-here = Aucun événement dans cette période.
timeline-empty = Aucun événement n’a de date.
timeline-folded = { $n ->
    [one] { $n } autre événement commence ici
   *[other] { $n } autres événements commencent ici
}
timeline-bin-events = { $certain } certainement · { $possible } peut-être
timeline-bin-mass = ≈ { $name } en étalant chaque date
timeline-no-place = Sans lieu
timeline-no-source = Sans source
timeline-group-count = { $n ->
    [one] { $n } événement
   *[other] { $n } événements
}
