// The pictures of README.md: six pages at desk width, small enough to carry.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP, ROOT, enter, office, page } from './harness.mjs';

const site = await office();
try {
  const p = await page(site, { width: DESKTOP.width, height: 800 });
  await enter(p);
  const take = (name) => p.screenshot({ path: join(ROOT, 'docs/pictures', `${name}.png`) });
  await p.goto('/');
  await take('home');
  await p.goto(`/search?q=${encodeURIComponent('李明')}`);
  const person = p.locator('a[href^="/officials/"]', { hasText: '李明' }).first();
  if (await person.count()) await person.click();
  await p.waitForLoadState();
  await take('official');
  await p.goto(`/ledgers/new?q=${encodeURIComponent('女 36岁以下 大学以上 乡镇')}`);
  await take('ledger');
  await p.goto(`/organisations?find=${encodeURIComponent('青云镇')}`);
  await p.locator('main a[href^="/organisations/"]', { hasText: '青云镇' }).first().click();
  await p.waitForLoadState();
  await take('team');
  await p.goto('/procedures/new');
  await take('procedure');
  const corpus = join(ROOT, 'fixtures/corpus');
  const forms = readdirSync(corpus, { recursive: true }).map(String).filter((f) => f.endsWith('.lrmx')).sort().slice(0, 8);
  await p.goto('/imports');
  await p.setInputFiles('input[name=files]', forms.map((f) => ({ name: f.split('/').pop(), mimeType: 'application/octet-stream', buffer: readFileSync(join(corpus, f)) })));
  await p.locator('[data-go]').click();
  await p.waitForSelector('#import-acts', { timeout: 60_000 });
  await take('import');
} finally {
  await site.close();
}
