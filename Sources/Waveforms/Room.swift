// The room's nouns stand in files beside this one.
