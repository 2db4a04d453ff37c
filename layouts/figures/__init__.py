"""Pictures as pure functions: values and words in, a static SVG text or a plotly dict out."""
