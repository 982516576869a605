// What lies on the desk: preview, choices, one transaction, and never twice.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP, PHONE, ROOT, enter, office, page, picture, sideways } from './harness.mjs';

let site;
before(async () => { site = await office(400); });
after(async () => { await site?.close(); });

const CORPUS = join(ROOT, 'fixtures/corpus');
const files = readdirSync(CORPUS, { recursive: true }).map(String);
const some = (extension, most) => files.filter((f) => f.endsWith(extension) && !/敌|恶|炸|实体|截断|bomb|entity|truncat/.test(f)).sort().slice(0, most);

async function upload(p, names) {
  await p.goto('/imports');
  await p.setInputFiles('input[name=files]', names.map((name) => ({ name: name.split('/').pop(), mimeType: 'application/octet-stream', buffer: readFileSync(join(CORPUS, name)) })));
  await p.locator('[data-go]').click();
  await p.waitForURL(/\/imports\/[0-9a-f]+/, { timeout: 60_000 });
  await p.waitForSelector('#import-acts', { timeout: 60_000 });
}

for (const viewport of [DESKTOP, PHONE]) {
  test(`forms are previewed, written once, and the second time change nothing (${viewport.width})`, async () => {
    const p = await page(site, viewport);
    await enter(p);
    const all = some('.lrmx', 12);
    const names = viewport === DESKTOP ? all.slice(0, 6) : all.slice(6, 12);
    await upload(p, names);
    assert.match(await p.textContent('main'), /新增|新/);
    assert.ok(await sideways(p) <= 0);
    await picture(p, `import-preview-${viewport.width}`);
    await p.locator('button', { hasText: '导入所选' }).first().click();
    await p.waitForFunction(() => document.querySelector('h1')?.textContent.includes('已导入'), null, { timeout: 30_000 });
    await upload(p, names);
    const again = await p.textContent('main');
    assert.doesNotMatch(await p.textContent('#import-acts'), /导入所选 [1-9]\d* 人/, again.slice(0, 300));
    assert.deepEqual(p.accidents, []);
    await p.context().close();
  });
}

test('a file that is no file of ours is refused in words, and nothing is lost', async () => {
  const p = await page(site);
  await enter(p);
  await p.goto('/imports');
  await p.setInputFiles('input[name=files]', { name: '坏.lrmx', mimeType: 'application/octet-stream', buffer: Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><Person>&a;</Person>') });
  await p.locator('[data-go]').click();
  await p.waitForFunction(() => /实体|DTD|DOCTYPE|不能|读不|拒/.test(document.querySelector('main').textContent), null, { timeout: 30_000 });
  await p.context().close();
});
