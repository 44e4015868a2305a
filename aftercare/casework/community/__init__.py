"""Activities of community groups: published, shown, joined and thanked for."""
