// What journeys through cases share: who sits down, what is typed in, and that nobody is shut out of a page.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, enter, page, sideways } from './harness.mjs';

const axe = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
export const press = (p, name) => Promise.all([p.waitForEvent('load'), p.getByRole('button', { name }).first().click()]);
export const paper = { name: '佐证.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVQI12NgYGAAAAAEAAEnNCcKAAAAAElFTkSuQmCC', 'base64') };

/** Nobody is shut out of this page, and it does not scroll sideways. */
export async function sound(p, where) {
  assert.ok(await sideways(p) <= 0, `${where}: scrolls sideways`);
  await p.evaluate(axe);
  const found = await p.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`));
  assert.deepEqual(found, [], where);
}

/** Somebody at a desk or with a phone. */
export async function seated(site, name, size) {
  const p = await page(site, size);
  await enter(p, name);
  return p;
}

/** Types a report in, with what the system asks besides; answers the address of its case. */
export async function registered(p, system, { way, words, place, named, asked = {} }) {
  await p.goto(`/cases/new?system=${system}`);
  await p.selectOption('#way', way);
  await p.fill('#words', words);
  if (await p.locator('#place option').count() > 2) await p.selectOption('#place', { label: place });
  if (named) await p.fill('#named', named);
  for (const [id, text] of Object.entries(asked)) await p.fill(`#f-${id}`, text);
  await sound(p, `${system}: new`);
  await press(p, '登记并出回执');
  const [number, code] = await p.$$eval('main b', (all) => all.map((b) => b.textContent.trim()));
  await p.goto(`/cases?system=${system}&all=1`);
  const href = await p.locator('a.case-words', { hasText: words }).first().getAttribute('href');
  return { href, number, code };
}

/** The department that was called reports and hands in what it did; answers its seat. */
export async function handled(site, size, href, says) {
  const liaison = await seated(site, 'lianluo', size);
  await liaison.goto(href);
  await press(liaison, '报到');
  await liaison.fill('textarea[name=says]', says);
  await press(liaison, '提交办理结果');
  return liaison;
}

export async function sorted(p, href, title) {
  await p.goto(href);
  await p.getByText(title, { exact: true }).first().click();
  await press(p, '定下类别');
  assert.match(await p.textContent('.head'), new RegExp(title));
}

export async function whistled(p, words, unit) {
  await p.fill('#department', words);
  await press(p, '查找');
  await press(p, `向${unit}吹哨`);
  assert.match(await p.textContent('main'), /待报到/);
}

/** By when the case is due, as its page says it. */
export const shownDue = (p) => p.textContent('.head time');

/** What a letter says, read from the file that Word would open. */
export async function letterText(p, path) {
  const letter = await p.request.get(path);
  assert.equal(letter.status(), 200, path);
  const file = join(process.env.TMPDIR ?? '/tmp', `zhiren-letter-${process.pid}.docx`);
  writeFileSync(file, await letter.body());
  const xml = execFileSync('unzip', ['-p', file, 'word/document.xml'], { encoding: 'utf8' });
  return xml.replace(/<\/w:p>/g, '\n').replace(/<[^>]+>/g, '');
}

export async function signedOff(p, href) {
  await p.goto(href);
  await p.locator('form:has(input[value=sign_off]) input[type=file]').setInputFiles(paper);
  await press(p, '销号');
  assert.match(await p.textContent('.head'), /已销号/);
}

export async function closed(...pages) {
  for (const p of pages) { assert.deepEqual(p.accidents, []); await p.context().close(); }
}
