// 整顿 from the list to acceptance, and the bulletin that names who falls short.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, enter, office, page, picture, sideways } from './harness.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

test('a village is listed, decided by three meetings, and cannot skip one', async () => {
  const p = await page(site, DESKTOP);
  await enter(p);
  await p.goto('/campaigns');
  assert.match(await p.textContent('main'), /个村党组织列入/);
  await picture(p, 'rectification-list');
  await p.fill('#unit', '青云镇大王庄村');
  await p.click('form[action="/campaigns/rectification"] button');
  await p.waitForLoadState();
  assert.match(await p.textContent('h1'), /大王庄村/);
  const step = async (fields) => {
    await p.fill('#on', '2026-11-20');
    for (const [id, value] of Object.entries(fields)) await p.fill(`#f-${id}`, value);
    await p.click('.matter-step .is-main');
    await p.waitForLoadState();
  };
  await step({ origin: '群众评议', kind: '乱', problem: '班子不团结' });
  await step({ should: '46', present: '20', agree: '20' });
  assert.match(await p.textContent('main'), /不足 1\/2/);
  await step({ should: '46', present: '41', agree: '40' });
  await step({ should: '9', present: '8', agree: '8' });
  await step({ should: '11', present: '10', agree: '10' });
  await step({ summary: '年底前达到三星' });
  assert.match(await p.textContent('main'), /任务清单里还没有内容/);
  assert.match(await p.textContent('main'), /还没有明确：县级领导包保/);
  await picture(p, 'rectification-village');
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});

test('the bulletin writes itself, names who falls short, and opens its rows', async () => {
  const p = await page(site, PHONE);
  await enter(p);
  await p.goto('/campaigns/rectification/bulletin?month=2026-10');
  assert.match(await p.textContent('main'), /没有达到要求的/);
  assert.ok(await sideways(p) <= 0);
  await picture(p, 'rectification-bulletin-phone');
  const first = p.locator('#short a').first();
  await first.click();
  await p.waitForLoadState();
  assert.match(await p.textContent('main'), /逾期|未办/);
  const pdf = await p.request.get('/campaigns/rectification/bulletin/2026-10.pdf');
  assert.equal(pdf.status(), 200);
  assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
  const docx = await p.request.get('/campaigns/rectification/bulletin/2026-10.docx');
  assert.equal((await docx.body()).subarray(0, 2).toString(), 'PK');
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});
