"""One module a page, each with a component ``Page``; `stcsim.dashboard.app` lists them."""
