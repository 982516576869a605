// A record is changed on its pages: corrected, changed from a day, ended, withdrawn, taken back; typed, left and found again.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, enter, office, page, picture, sideways, state } from './harness.mjs';
import { person } from './find.mjs';

let site;
before(async () => { site = await office(400); });
after(async () => { await site?.close(); });

/** Fills the fields, looks at the change, and answers what the preview says. */
async function look(p, typed) {
  for (const [name, value] of Object.entries(typed)) {
    const control = p.locator(`#amendment [name="${name}"]`);
    if (await control.evaluate((e) => e.tagName === 'SELECT')) await control.selectOption(value);
    else await control.fill(value);
  }
  await p.locator('#amendment .form-acts button[value=look]').click();
  await p.waitForLoadState();
  return p.locator('.preview').count().then((n) => (n ? p.textContent('.preview') : ''));
}
async function confirm(p) {
  await p.locator('.preview button[value=save]').click();
  await p.waitForURL(/\/changes\/\d+/);
  return p.textContent('main');
}
/** The record of this person, its purpose stated. */
async function record(p, name) {
  const id = await person(p, name);
  await p.goto(`/officials/${id}/records`);
  await state(p);
  await p.goto(`/officials/${id}/records`);
  return id;
}

for (const viewport of [DESKTOP, PHONE]) {
  test(`an award is entered: mistakes at the fields, old beside new, written, taken back (${viewport.width})`, async () => {
    const p = await page(site, viewport);
    await enter(p);
    const id = await record(p, '李明');
    const name = `青云县先进个人${viewport.width}`;
    await picture(p, `records-${viewport.width}`);
    await p.locator('#awards a', { hasText: '登记奖励' }).click();
    assert.equal(await look(p, { from_day: '202413' }), '');
    const wrong = await p.locator('.error-summary a').allTextContents();
    assert.deepEqual(wrong, ['请填写奖励名称', '批准时间“202413”读不懂，请写成 1982-04 或 1982-04-17']);
    assert.equal(await p.inputValue('#from_day'), '202413', 'what was typed is kept');
    const seen = await look(p, { name, from_day: '2024-05', organ: '青云县委' });
    assert.match(seen, /还没有写入/);
    assert.match(seen, new RegExp(`新增 奖励“${name}”`));
    await picture(p, `record-preview-${viewport.width}`);
    assert.match(await confirm(p), /改动已写入/);
    assert.ok(await sideways(p) <= 0);
    const done = p.url();
    await p.goto(`/officials/${id}`);
    assert.match(await p.textContent('main'), new RegExp(name));
    await p.goto(done);
    await p.locator('button', { hasText: '撤销这次改动' }).click();
    await p.waitForLoadState();
    await p.goto(`/officials/${id}/records`);
    assert.doesNotMatch(await p.textContent('#awards'), new RegExp(name));
    assert.deepEqual(p.accidents, []);
    await p.context().close();
  });
}

test('更正 takes the place of what was wrong, 变更 leaves what was so until its day, 截止 ends it', async () => {
  const p = await page(site);
  await enter(p);
  const id = await record(p, '李明');
  const tenure = p.locator('#tenures tbody tr', { hasText: '青云镇副镇长' }).first();
  await tenure.locator('a', { hasText: '更正' }).click();
  const from = await p.inputValue('#from_day');
  assert.match(await look(p, { from_day: '2023-07' }), /^$/);
  assert.match(await p.textContent('.error-summary'), /请写明更正的依据/);
  const seen = await look(p, { from_day: '2023-07', basis: '任职文件原件' });
  assert.match(seen, new RegExp(`任职时间 ${from} → 2023-07`));
  await confirm(p);

  await p.goto(`/officials/${id}/records`);
  const relative = p.locator('#relatives tbody tr').first();
  const old = (await relative.locator('td').nth(4).textContent()).trim();
  await relative.locator('a', { hasText: '变更' }).click();
  const changed = await look(p, { on: '2026-11-01', work: '青云县档案馆干部' });
  assert.match(changed, /自2026-11-01起/);
  assert.ok(changed.includes(old) && changed.includes('青云县档案馆干部'));
  await confirm(p);

  await p.goto(`/officials/${id}/records`);
  await p.locator('#tenures tbody tr', { hasText: '青云镇副镇长' }).first().locator('a', { hasText: '截止' }).click();
  assert.match(await look(p, { on: '2001-01-01' }), /^$/);
  assert.match(await p.textContent('.error-summary'), /早于起始时间/);
  assert.match(await look(p, { on: '2026-11-20', end_paper: '青任〔2026〕30号' }), /免职时间|截止/);
  await confirm(p);
  await p.locator('button', { hasText: '撤销这次改动' }).click();
  await p.waitForLoadState();
  await p.goto(`/officials/${id}/history`);
  const history = await p.textContent('main');
  assert.match(history, /更正李明的任职“青云镇副镇长”.*依据：任职文件原件/s);
  assert.match(history, /撤销 /);
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});

test('two editors of one row: the second is told before and after, and keeps what she typed', async () => {
  const [first, second] = [await page(site), await page(site)];
  for (const p of [first, second]) await enter(p);
  await record(first, '李明');
  await record(second, '李明');
  const open = async (p) => {
    await p.locator('#relatives tbody tr').nth(1).locator('a', { hasText: '更正' }).click();
    await p.waitForSelector('#amendment');
  };
  await open(second);
  await open(first);
  await look(first, { work: '青云县图书馆馆员', basis: '本人申报' });
  await confirm(first);
  assert.equal(await look(second, { work: '青云县文化馆馆员', name: '王一丁', basis: '户口簿' }), '');
  const told = await second.textContent('.error-summary');
  for (const words of ['您填写期间，有人修改了这份记录', '青云县图书馆馆员', '青云县文化馆馆员', '两人都改了']) assert.match(told, new RegExp(words));
  assert.equal(await second.inputValue('#work'), '青云县文化馆馆员');
  assert.equal(await second.inputValue('#name'), '王一丁');
  await picture(second, 'two-editors-1280');
  assert.match(await look(second, {}), /青云县图书馆馆员 → 青云县文化馆馆员/);
  await confirm(second);
  for (const p of [first, second]) await p.context().close();
});

test('what was typed and left is found again, and thrown away when it is not wanted', async () => {
  const p = await page(site);
  await enter(p);
  const id = await record(p, '李明');
  await p.locator('#trainings a', { hasText: '登记教育培训' }).click();
  const address = p.url();
  await p.locator('#name').pressSequentially('青云县年轻干部培训班');
  await p.waitForFunction(() => document.querySelector('[data-draft-says]').textContent.includes('草稿已存'));
  await p.goto('/');
  await p.goto(address);
  assert.match(await p.textContent('main'), /没有保存的草稿/);
  assert.equal(await p.inputValue('#name'), '青云县年轻干部培训班');
  await p.locator('button', { hasText: '丢弃草稿' }).click();
  await p.waitForLoadState();
  assert.equal(await p.inputValue('#name'), '');
  await p.locator('#name').pressSequentially('青云县年轻干部培训班');
  await look(p, { kind: '脱产', hours: '40', from_day: '2026-10-08', until_day: '2026-10-12' });
  await confirm(p);
  await p.goto(address);
  assert.doesNotMatch(await p.textContent('main'), /没有保存的草稿/, 'saved, the draft is gone');
  await p.goto(`/officials/${id}`);
  assert.match(await p.textContent('main'), /青云县年轻干部培训班/);
  await p.context().close();
});

test('a new person, a new organisation and a new post are entered, and 职数 is kept', async () => {
  const p = await page(site);
  await enter(p);
  await p.goto('/ledgers/roster');
  await p.locator('a', { hasText: '新增干部' }).click();
  const seen = await look(p, { name: '周小满', sex: '女', born: '1992-05', unit: '青云镇' });
  assert.match(seen, /周小满/);
  await p.locator('.preview button[value=save]').click();
  await p.waitForURL(/\/officials\/\d+$/);
  assert.match(await p.textContent('h1'), /周小满/);
  const her = p.url().match(/officials\/(\d+)/)[1];

  await p.goto('/organisations?find=' + encodeURIComponent('青云镇'));
  await p.locator('#units a[href^="/organisations/"]', { hasText: '青云镇' }).first().click();
  await p.waitForURL(/\/organisations\/\d+$/);
  const town = await p.textContent('h1');
  await p.locator('summary', { hasText: '办理' }).click();
  await p.locator('a', { hasText: '新增下属机构' }).click();
  assert.equal(await p.inputValue('#parent'), town);
  await look(p, { name: '青云镇综合便民服务中心二部', from_day: '2026-11-01' });
  await confirm(p);
  await p.locator('a', { hasText: '回到青云镇综合便民服务中心二部' }).click();
  await p.locator('summary', { hasText: '办理' }).click();
  await p.locator('a', { hasText: '新增岗位' }).click();
  await look(p, { name: '主任', seats: '1', from_day: '2026-11-01' });
  await confirm(p);
  await p.locator('a', { hasText: '回到青云镇综合便民服务中心二部主任' }).click();
  assert.match(await p.textContent('main'), /空缺/);

  await p.goto(`/officials/${her}/records/tenures/new`);
  await state(p);
  await p.goto(`/officials/${her}/records/tenures/new`);
  await p.locator('#post').pressSequentially('青云镇综合便民服务中心二部主任');
  await p.locator('#post-list a').first().click();
  assert.match(await look(p, { kind: '任职', from_day: '2026-11-15' }), /新增 任职/);
  await confirm(p);
  const other = await record(p, '李明');
  await p.goto(`/officials/${other}/records/tenures/new`);
  await p.locator('#post').pressSequentially('青云镇综合便民服务中心二部主任');
  await p.locator('#post-list a').first().click();
  assert.equal(await look(p, { kind: '任职', from_day: '2026-11-16' }), '');
  assert.match(await p.textContent('.error-summary'), /职数为 1.*周小满.*没有空缺/s);
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});
