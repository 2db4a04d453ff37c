"""Finding a body, an area, a theme, a number, a term or a page by its name in any language."""
