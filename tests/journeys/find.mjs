/** The number of the person with this name, by the one search box. */
export async function person(p, name) {
  await p.goto(`/search?q=${encodeURIComponent(name)}`);
  const link = p.locator('a[href^="/officials/"]', { hasText: name }).first();
  if (await link.count()) return (await link.getAttribute('href')).match(/\d+/)[0];
  return p.url().match(/officials\/(\d+)/)[1];
}
