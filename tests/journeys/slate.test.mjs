// A slate of two through the votes: one passes, one does not; a year later the probation is confirmed.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { OUTPUT, PHONE, PROGRAM, TODAY, enter, office, page, picture, sideways, state } from './harness.mjs';
import { DAYS, completeStep, fillStep, present } from './steps.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

const ask = (...words) => JSON.parse(execFileSync(PROGRAM, ['--data', site.data, '--today', TODAY, '--json', ...words], { maxBuffer: 1 << 28 }));
const seats = () => ask('ledger', 'run', 'seats').rows;

async function pick(p, field, text) {
  await p.locator(`#${field}`).pressSequentially(text);
  await p.locator(`#${field}-list a, #${field}-list button`).first().click();
  await p.waitForTimeout(400);
}

test('two are proposed, one is appointed, and a year later confirmed', { timeout: 300_000 }, async () => {
  // Who is elected has no probation, so posts that are appointed.
  const [first, second] = seats().filter((s) => s['seat.vacant'] > 0 && s['seat.level'] === '乡科级正职' && !/[乡镇]长|主席/.test(s['seat.name']));
  const p = await page(site);
  await enter(p);
  await p.goto('/procedures/new');
  await p.fill('#title', '两人方案');
  await pick(p, 'r0-who', '李明');
  await pick(p, 'r0-seat', first['seat.name']);
  await p.fill('input[name="r0-reason"]', '工作需要');
  await p.locator('button[value=add]').click();
  await p.waitForSelector('#r1-who');
  assert.match(await p.locator('.slate-row').first().textContent(), /李明/, 'what was typed stays');
  await pick(p, 'r1-who', '王建国');
  await pick(p, 'r1-seat', second['seat.name']);
  await p.fill('input[name="r1-reason"]', '工作需要');
  await p.locator('button', { hasText: '先看审查结果和班子变化' }).click();
  await p.waitForSelector('#looked');
  const looked = await p.textContent('#looked');
  for (const name of ['李明', '王建国']) assert.match(looked, new RegExp(name));
  await picture(p, 'slate-looked-1280');
  await p.locator('button', { hasText: '提出方案并开始程序' }).click();
  await p.waitForURL(/\/procedures\/\d+/);
  const here = new URL(p.url()).pathname;
  assert.equal(await p.locator('.slate-item').count(), 2);

  // 打印与屏幕一致: every figure of the change and who is in the team stand on the paper too.
  const figures = await p.locator('#impact .impact-figures tbody tr').evaluateAll((rows) => rows.map((r) => [...r.children].map((c) => (c.querySelector('summary') ?? c).innerText.trim()).join(' ')));
  const members = await p.locator('#impact .impact-members a').allTextContents();
  const file = join(OUTPUT, 'slate-printed.pdf');
  await p.pdf({ path: file, format: 'A4' });
  const printed = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  const lines = printed.split('\n').map((l) => l.trim().split(/\s+/).join(' '));
  for (const figure of figures) assert.ok(lines.some((l) => l.includes(figure.split(/\s+/).join(' '))), `${figure} is not on the paper`);
  assert.ok(figures.length > 5 && members.length > 5);
  for (const name of members) assert.ok(printed.includes(name), `${name} is not on the paper`);
  // 成批填表 with what is proposed, from the slate.
  await p.click('.slate-forms a');
  await p.waitForLoadState();
  assert.match(await p.textContent('main'), /填 2 份，拟任、拟免和任免理由照方案填写/);
  await p.goto(here);

  for (const step of Object.keys(DAYS)) {
    assert.equal(await present(p), step);
    await fillStep(p, step);
    if (step === 'discussion') {
      const row = p.locator('tr[data-vote]', { hasText: '王建国' });
      const there = await p.locator('[data-there]:checked').count();
      await row.locator('input[name$="-agree"]').fill('1');
      await row.locator('input[name$="-against"]').fill(String(there - 1));
      // He sits there himself and may not vote on himself; and a vote that is lost cannot pass unsaid.
      await p.fill('#done_on', DAYS.discussion.done);
      await p.locator('button[value=complete]').click();
      await p.waitForLoadState();
      assert.equal(await present(p), 'discussion', 'a minority is no decision');
      await row.locator('input[type=checkbox]').check();
      await row.locator('input.votes-why').fill('会议表决未达到应到会成员半数');
      await p.locator('button[value=complete]').click();
      await p.waitForLoadState();
      assert.match(await p.textContent('main'), /与到会并参加表决的 \d+ 人不符/, 'who is turned down is counted as well');
      await row.locator('input[name$="-against"]').fill(String(there - 2));
      await picture(p, 'slate-votes-1280');
    }
    await completeStep(p, step);
    if (step === 'discussion') assert.match(await p.locator('.slate-item.is-ended').textContent(), /王建国[\s\S]*会议表决未达到/);
  }
  const effects = await p.textContent('.effects');
  assert.match(effects, /李明/);
  assert.doesNotMatch(effects, /王建国/, 'who was not agreed to is not appointed');
  const left = (name) => seats().find((s) => s['seat.name'] === name)['seat.vacant'];
  assert.equal(left(first['seat.name']), first['seat.vacant'] - 1);
  assert.equal(left(second['seat.name']), second['seat.vacant']);
  for (const made of await p.locator('#made a[href$=".pdf"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')))) {
    if (!made.includes('probation-appraisal')) assert.equal((await p.request.get(made)).status(), 200, made);
  }
  await p.context().close();

  // The probation is a year: it shows on the home page before it ends, and is confirmed after its appraisal.
  await site.later('2027-10-25');
  const later = await page(site, PHONE);
  await enter(later);
  await later.goto('/');
  assert.match(await later.textContent('main'), /试用期/, 'what is due is on the first page');
  await later.goto(here);
  assert.equal(await present(later), 'probation');
  assert.ok(await sideways(later) <= 0);
  await fillStep(later, 'probation');
  await completeStep(later, 'probation', '2027-10-25');
  assert.match(await later.textContent('.head'), /办结/);
  await picture(later, 'slate-probation-phone');
  assert.deepEqual(later.accidents.filter((a) => !a.includes('style')), []);
  await later.context().close();
});

test('the forms of a slate come in its order, as one print or as a package of each kind', async () => {
  const p = await page(site);
  await enter(p);
  for (const [format, magic] of [['pdf', '%PDF'], ['pdfs', 'PK'], ['docx', 'PK'], ['lrmx', 'PK']]) {
    await p.goto('/forms/batch');
    await state(p, 'appointment');
    await p.fill('#names', '王建国\n李明');
    await p.selectOption('#format', format);
    await p.locator('button', { hasText: '填好这批表' }).click();
    const link = p.locator('main a[download]');
    await link.waitFor({ timeout: 30_000 });
    assert.match(await p.textContent('main'), /2 份/);
    const answer = await p.request.get(await link.getAttribute('href'));
    assert.equal(answer.status(), 200, format);
    const bytes = await answer.body();
    assert.ok(bytes.toString('latin1', 0, 4).startsWith(magic), format);
    if (magic === 'PK') {
      const names = bytes.toString('utf8').match(/\d+[^\0\/]*?(王建国|李明)[^\0\/]*?\.(pdf|docx|lrmx)/g) ?? [];
      assert.ok(names.length >= 2 && names[0].includes('王建国'), `${format}: ${names}`);
    }
  }
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});
