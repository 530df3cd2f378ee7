app-name = Chronotope
