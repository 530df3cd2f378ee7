map = Carte
map-zoom-in = Zoom avant
map-zoom-out = Zoom arrière
map-fit-all = Cadrer tous les événements
map-fit-selection = Cadrer la sélection
map-key-home = Début
map-menu = Menu de la carte
map-open = Ouvrir l’événement
map-copy = Copier { $name }
map-filter-view = Filtrer sur cette vue
map-filter-none = Retirer le filtre de zone
map-legend = Légende
map-legend-sides = Camp
map-legend-kinds = Nature
map-legend-precision = Lieu
map-colour-by = Couleur
map-by-side = Camp
map-by-kind = Nature
map-by-number = Nombre
map-density = Événements par maille de { $n } × { $n } points
map-side-none = Aucun camp
map-key-ring = près du signe, dans le cercle
map-key-area = quelque part dans la zone
map-key-line = quelque part sur la ligne
map-key-possible = peut-être dans la fenêtre
map-shelf = { $n ->
    [one] { $n } événement sans lieu
   *[other] { $n } événements sans lieu
}
map-stack = { $n ->
    [one] { $n } événement ici
   *[other] { $n } événements ici
}
map-in-view = { $n ->
    [one] { $n } événement en vue
   *[other] { $n } événements en vue
}
map-more = { $n ->
    [one] et { $n } autre
   *[other] et { $n } autres
}
map-killed = { $n ->
    [one] { $range } mort
   *[other] { $range } morts
}
map-no-date = Sans date
map-coordinates = Coordonnées sous le pointeur
map-scale = Échelle
map-credits = À propos des données de la carte
map-credit-earth = Natural Earth
map-credit-names = Noms de lieux © GeoNames (geonames.org), CC BY 4.0, modifiés
map-credit-borders = Frontières sans prise de position
map-letter-n = N
map-letter-s = S
map-letter-e = E
map-letter-w = O

map-precision-near = à proximité
map-precision-admin2 = dans le district
map-precision-admin1 = dans la province
map-precision-region = dans la région
map-precision-country = dans le pays
map-precision-unknown = lieu non précisé

