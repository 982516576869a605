// From initiation to the appointment, in the order of the law: what is missing is said, nothing is skipped.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { PROGRAM, TODAY, enter, office, page, picture, sideways, state, PHONE } from './harness.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

const ask = (...words) => JSON.parse(execFileSync(PROGRAM, ['--data', site.data, '--today', TODAY, '--json', ...words], { maxBuffer: 1 << 28 }));

/** What must be 否 for a clean case; everything else that is asked is 是. */
const NO = ['candidate.by_votes_alone', 'candidate.low_recognition', 'candidate.other_unsuitable', 'recommendation.at_renewal',
  'recommendation.meeting_skipped', 'recommendation.by_leader', 'recommendation.npc_post', 'meeting.adhoc', 'meeting.recusal_needed',
  'meeting.disagreement', 'redeliberation.asked', 'notice.objection', 'probation.moved', 'plenary.ballot'];
const DAYS = {
  initiation: { done: '2026-09-07', 'initiation.day': '2026-09-07' },
  recommendation: { done: '2026-09-14', 'recommendation.day': '2026-09-14' },
  inspection: { done: '2026-09-28', 'candidate.fixed_on': '2026-09-21', 'inspection.from': '2026-09-22' },
  consultation: { done: '2026-10-09' },
  discussion: { done: '2026-10-12', 'decision.day': '2026-10-12' },
  notice: { done: '2026-10-21', 'notice.posted': '2026-10-13', 'notice.last_day': '2026-10-20' },
  talk: { done: '2026-10-22', 'talk.day': '2026-10-22' },
  appointment: { done: '2026-10-23', 'appointment.issued': '2026-10-23' },
};
const NUMBERS = { 'inspection.team_size': '3', 'recommendation.posts': '1', 'recommendation.names_offered': '2' };
const CODES = { 'recommendation.kind': '定向推荐', 'integrity.conclusion': '无问题', 'vote.form': '无记名投票', 'appointment.by': '党委' };

/** Fills one control by its name: `f.inspection.from`, `fact.training.met`. */
async function fill(control, step) {
  const name = await control.getAttribute('name');
  const fact = name.replace(/^(f|fact)\./, '');
  const tag = await control.evaluate((e) => (e.tagName === 'SELECT' ? 'select' : e.type));
  if (tag === 'radio') return;
  if (DAYS[step]?.[fact]) return control.fill(DAYS[step][fact]);
  if (NUMBERS[fact]) return control.fill(NUMBERS[fact]);
  if (CODES[fact]) return control.selectOption(CODES[fact]);
  if (fact.endsWith('opinion') || fact.endsWith('plan')) { if (tag === 'textarea') await control.fill('同意按程序办理'); }
}

async function fields(form, step) {
  for (const set of await form.locator('fieldset.yes-no').all()) {
    const radio = set.locator('input[type=radio]').first();
    const fact = (await radio.getAttribute('name')).replace(/^(f|fact)\./, '');
    const answer = NO.includes(fact) || (fact.startsWith('exception.') || fact.startsWith('comanager.') || fact === 'notice.exempt' || fact.startsWith('prior_report.')) ? '否' : '是';
    if (['notice.exempt', 'comanager.replied', 'exception.consent', 'exception.report_answered', 'notice.exception_stated'].includes(fact)) continue;
    await set.locator(`input[value="${answer}"]`).first().check({ force: true });
  }
  for (const control of await form.locator('input[name^="f."], select[name^="f."], textarea[name^="f."]').all()) {
    if (await control.isVisible()) await fill(control, step);
  }
}

const present = async (p) => (await p.locator('.step-form').count()) ? (await p.locator('.step-form').getAttribute('action')).split('/').pop() : null;

test('a procedure runs from initiation to the appointment, and says what is missing on the way', { timeout: 300_000 }, async () => {
  const seat = ask('ledger', 'run', 'seats').rows.find((r) => r['seat.vacant'] > 0 && r['seat.level'] === '乡科级正职');
  assert.ok(seat, 'a vacant chief’s seat: a promotion, so that it is publicised');
  const p = await page(site);
  await enter(p);
  await p.goto('/procedures/new');
  for (const [field, text] of [['r0-who', '李明'], ['r0-seat', seat['seat.name']]]) {
    await p.locator(`#${field}`).pressSequentially(text);
    await p.locator(`#${field}-list a, #${field}-list button`).first().click();
    await p.waitForTimeout(400);
  }
  await p.fill('input[name="r0-reason"]', '工作需要');
  await p.locator('button', { hasText: '先看审查结果和班子变化' }).click();
  await p.waitForSelector('#looked');
  assert.match(await p.textContent('#looked'), /班子变化/);
  await picture(p, 'procedure-new-1280');
  await p.locator('button', { hasText: '提出方案并开始程序' }).click();
  await p.waitForURL(/\/procedures\/\d+/);

  // Nothing is ready: the first step cannot be completed, and says why.
  await p.locator('button[value=complete]').click();
  await p.waitForLoadState();
  assert.match(await p.textContent("main"), /还不能完成这一步/);
  assert.equal(await present(p), 'initiation', 'nothing was skipped');

  for (const step of Object.keys(DAYS)) {
    assert.equal(await present(p), step, `in the law’s order: ${(await p.textContent('main')).slice(0, 200)}`);
    // 补充事实、理由、批准
    for (let round = 0; round < 40 && await p.locator('.answer-form').count(); round++) {
      const form = p.locator('.answer-form').first();
      for (const set of await form.locator('fieldset.yes-no').all()) {
        const fact = (await set.locator('input[type=radio]').first().getAttribute('name')).replace(/^fact\./, '');
        const answer = ['training.met'].includes(fact) ? '是' : '否';
        await set.locator(`input[value="${answer}"]`).first().check({ force: true });
      }
      for (const number of await form.locator('input[inputmode=numeric]').all()) await number.fill('0');
      for (const text of await form.locator('input[name=reason], input[name=approver]').all()) await text.fill('据干部档案和核查结果');
      await form.locator('button').first().click();
      await p.waitForTimeout(250);
      await p.waitForLoadState();
    }
    for (const paper of await p.locator('.paper:not(.is-filed)').evaluateAll((all) => all.map((e) => e.id))) {
      const box = p.locator(`#${paper}`);
      await box.locator('summary', { hasText: '归档' }).click();
      await box.locator('textarea[name=content]').fill('材料正文，已归档。');
      await box.locator('form button').click();
      await p.waitForFunction((id) => document.getElementById(id)?.classList.contains('is-filed'), paper, { timeout: 10_000 });
    }
    const form = p.locator('.step-form');
    await fields(form, step);
    for (const there of await form.locator('[data-there]').all()) {
      const row = there.locator('xpath=ancestor::tr');
      if (await row.locator('[data-name]').inputValue()) await there.check();
    }
    for (const vote of await form.locator('tr[data-vote]').all()) {
      const there = await form.locator('[data-there]:checked').count();
      await vote.locator('input[name$="-agree"]').fill(String(there));
      await vote.locator('input[name$="-against"]').fill('0');
      await vote.locator('input[name$="-defer"]').fill('0');
    }
    if (!await p.locator('#done_on').count()) assert.fail(`${step}: ${p.url()} ${(await p.textContent('main')).slice(0, 1500)}`);
    await p.fill('#done_on', DAYS[step].done);
    if (step === 'discussion') await picture(p, 'procedure-discussion-1280');
    await p.locator('button[value=complete]').click();
    await p.waitForLoadState();
    await p.waitForTimeout(200);
    if (await present(p) === step) assert.fail(`${step} 没有完成：${await p.textContent('#missing')} ${await p.locator('.error-summary').allTextContents()}`);
  }
  assert.match(await p.textContent('.effects'), /李明/);
  assert.ok(await sideways(p) <= 0);
  await picture(p, 'procedure-done-1280');

  // Roster, seats and the person's page are right at once.
  const person = await p.locator('.effects a[href^="/officials/"]').first().getAttribute('href');
  const shown = ask('person', 'show', person.match(/\d+/)[0]);
  assert.match(JSON.stringify(shown.facts), new RegExp(seat['seat.name']));
  const after = ask('ledger', 'run', 'seats').rows.find((r) => r['seat.name'] === seat['seat.name']);
  assert.equal(after['seat.vacant'], seat['seat.vacant'] - 1);

  const printed = await p.request.get(`${person}/forms/${encodeURIComponent('任免审批表')}.pdf`);
  assert.equal(printed.status(), 200);
  assert.equal((await printed.body()).toString('latin1', 0, 4), '%PDF');
  for (const made of await p.locator('#made a[href$=".pdf"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')))) {
    const answer = await p.request.get(made);
    // A paper whose facts are not there yet is refused by naming them; it is never printed with holes.
    if (made.includes('probation-appraisal')) assert.match((await answer.text()).replace(/<[^>]+>/g, ''), /试用期考核/);
    else assert.equal(answer.status(), 200, made);
  }
  await p.setViewportSize(PHONE);
  await p.reload();
  assert.ok(await sideways(p) <= 0, 'on the phone as well');
  assert.deepEqual(p.accidents.filter((a) => !a.includes('style')), []);
  await p.context().close();
});

test('a batch of forms is one file in meeting order', async () => {
  const p = await page(site);
  await enter(p);
  await p.goto('/ledgers/young');
  await state(p);
  for (const box of (await p.locator('tbody input[type=checkbox]').all()).slice(0, 5)) await box.check();
  await p.locator('button', { hasText: '打印任免审批表' }).click();
  await p.waitForLoadState();
  assert.match(await p.textContent('main'), /5/);
  assert.deepEqual(p.accidents, []);
  await p.context().close();
});
