"""One module a layout strategy: page in, drafts out."""
