"""Where appeals come from: databases and files behind one interface, ``Reader``."""
