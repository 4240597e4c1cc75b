"""A page that shows what a conversation does: sections made of events, and the routes that serve them."""
