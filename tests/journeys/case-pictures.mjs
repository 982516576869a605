// The pictures of docs/handbook for the three doors of cases.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PHONE, ROOT, enter, office, page } from './harness.mjs';

const folder = join(ROOT, 'docs/handbook/pictures');
mkdirSync(folder, { recursive: true });
const site = await office();
const take = (p, name) => p.screenshot({ path: join(folder, `${name}.png`) });
try {
  const desk = await page(site, { width: 1280, height: 800 });
  await enter(desk, 'shequ');
  await take(desk, 'cases-board');
  const department = await page(site, PHONE);
  await enter(department, 'lianluo');
  await take(department, 'cases-department');
  const phone = await page(site, PHONE);
  await phone.goto('/r/report');
  await take(phone, 'resident-report');
} finally {
  await site.close();
}
