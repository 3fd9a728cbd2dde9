"""The slice's pages: `pages` to look at, `deeds` on a report, `notes` taken during the quarter."""
