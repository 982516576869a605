// The pictures of docs/handbook/branch-secretary.md.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PHONE, ROOT, enter, office, page } from './harness.mjs';

const site = await office();
try {
  const folder = join(ROOT, 'docs/pictures/handbook');
  mkdirSync(folder, { recursive: true });
  const p = await page(site, PHONE);
  await enter(p, 'zhishu');
  await p.goto('/duties');
  await p.screenshot({ path: join(folder, 'secretary-duties.png') });
  await p.locator('.duty a', { hasText: '主题党日' }).first().click();
  await p.waitForLoadState();
  await p.screenshot({ path: join(folder, 'secretary-form.png') });
} finally {
  await site.close();
}
