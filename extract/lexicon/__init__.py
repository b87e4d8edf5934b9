"""Words as data: TOML and TSV files beside this module, read once and cached."""
