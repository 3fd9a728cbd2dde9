"""Pages of the archive: `files` hands files out, `records` shows and edits records, `lists` exports them."""
