// The pictures of docs/handbook for the three doors of cases: resident, community, department; and of the systems' pages.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PHONE, ROOT, enter, office, page } from './harness.mjs';

const folder = join(ROOT, 'docs/pictures/handbook');
mkdirSync(folder, { recursive: true });
const site = await office();
const take = (p, name) => p.screenshot({ path: join(folder, `${name}.png`) });
const press = (p, name) => Promise.all([p.waitForLoadState('load'), p.getByRole('button', { name }).first().click()]);
try {
  // One question a page: what, where, where exactly, whom it is about, how to reach.
  const phone = await page(site, PHONE);
  await phone.goto('/r/report');
  await phone.fill('#words', '2号楼电梯又坏了，老人下不了楼');
  await take(phone, 'resident-report');
  await press(phone, '下一步');
  await phone.fill('#place_search', '滨河');
  await press(phone, '查找');
  await phone.getByLabel('青云镇滨河社区').check();
  await press(phone, '下一步');
  await phone.fill('#place_words', '2号楼');
  await press(phone, '下一步');
  await press(phone, '下一步');
  await press(phone, '下一步');
  await phone.getByRole('button', { name: '反映', exact: true }).click();
  await phone.waitForSelector('[data-sent]');
  await take(phone, 'resident-receipt');

  const desk = await page(site, { width: 1280, height: 800 });
  await enter(desk, 'shequ');
  await take(desk, 'community-board');
  await desk.getByRole('link', { name: /电梯又坏了/ }).first().click();
  await desk.waitForLoadState();
  await take(desk, 'community-case');
  await desk.getByText('物业与停车', { exact: true }).click();
  await press(desk, '定下类别');
  await press(desk, /向县住房和城乡建设局吹哨/);

  const department = await page(site, PHONE);
  await enter(department, 'lianluo');
  await take(department, 'liaison-board');
  await department.locator('li.case', { hasText: '电梯又坏了' }).getByRole('button', { name: '报到' }).click();
  await department.waitForLoadState();
  await department.locator('li.case', { hasText: '电梯又坏了' }).getByRole('link').first().click();
  await department.waitForLoadState();
  await take(department, 'liaison-case');

  const officer = await page(site, { width: 1280, height: 800 });
  await enter(officer);
  for (const [path, name] of [['/reports/party-life/half-year', 'office-half-year'], ['/campaigns/rectification/stars?year=2026', 'office-stars'], ['/tasks', 'office-tasks']]) {
    await officer.goto(path);
    await take(officer, name);
  }
} finally {
  await site.close();
}
