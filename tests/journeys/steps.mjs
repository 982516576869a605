// One step of a procedure, filled in a browser as an officer would: answers, papers, fields, roll, votes.
import assert from 'node:assert/strict';

/** What must be 否 for a clean case; everything else that is asked is 是. */
const NO = ['candidate.by_votes_alone', 'candidate.low_recognition', 'candidate.other_unsuitable', 'recommendation.at_renewal',
  'recommendation.meeting_skipped', 'recommendation.by_leader', 'recommendation.npc_post', 'meeting.adhoc', 'meeting.recusal_needed',
  'meeting.disagreement', 'redeliberation.asked', 'notice.objection', 'probation.moved', 'plenary.ballot'];
export const DAYS = {
  initiation: { done: '2026-09-07', 'initiation.day': '2026-09-07' },
  recommendation: { done: '2026-09-14', 'recommendation.day': '2026-09-14' },
  inspection: { done: '2026-09-28', 'candidate.fixed_on': '2026-09-21', 'inspection.from': '2026-09-22' },
  consultation: { done: '2026-10-09' },
  discussion: { done: '2026-10-12', 'decision.day': '2026-10-12' },
  notice: { done: '2026-10-21', 'notice.posted': '2026-10-13', 'notice.last_day': '2026-10-20' },
  talk: { done: '2026-10-22', 'talk.day': '2026-10-22' },
  appointment: { done: '2026-10-23', 'appointment.issued': '2026-10-23' },
};
const NUMBERS = { 'probation.absent_months': '0', 'inspection.team_size': '3', 'recommendation.posts': '1', 'recommendation.names_offered': '2' };
const CODES = { 'probation.result': '胜任', 'recommendation.kind': '定向推荐', 'integrity.conclusion': '无问题', 'vote.form': '无记名投票', 'appointment.by': '党委' };

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

export const present = async (p) => (await p.locator('.step-form').count()) ? (await p.locator('.step-form').getAttribute('action')).split('/').pop() : null;

/** Everything that the present step asks, entered; the step itself is not completed yet. `votes` says otherwise than all in favour. */
export async function fillStep(p, step, votes = () => null) {
  // 补充事实、理由、批准
  for (let round = 0; round < 120 && await p.locator('.answer-form').count(); round++) {
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
}

/** Completes the present step on its day, and says why when it could not. */
export async function completeStep(p, step, day = DAYS[step]?.done) {
  if (!await p.locator('#done_on').count()) assert.fail(`${step}: ${p.url()} ${(await p.textContent('main')).slice(0, 1500)}`);
  await p.fill('#done_on', day);
  await p.locator('button[value=complete]').click();
  await p.waitForLoadState();
  await p.waitForTimeout(200);
  if (await present(p) === step) assert.fail(`${step} 没有完成：${await p.textContent('#missing')} ${await p.locator('.error-summary').allTextContents()}`);
}
