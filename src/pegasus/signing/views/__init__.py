"""Pages of signing: `public` for anybody with a code, `requests` for the office."""
