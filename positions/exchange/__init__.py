"""Texts and norms on their way out and in: norm files for the law, workbooks for translators."""
