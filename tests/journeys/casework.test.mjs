// 办件: letters of inquiry, traced problems, what members and staff say, and what a leader takes along from a contact point;
// each from its report to its end, by those whose turn it is.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { dayInWords, workingDays } from './calendar.mjs';
import { closed, letterText, press, registered, seated, shownDue, signedOff, sorted, sound, whistled } from './casework.mjs';
import { DESKTOP, PHONE, TODAY, office, page, picture } from './harness.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

for (const [name, size] of [['desk', DESKTOP], ['telephone', PHONE]]) {
  test(`a problem is traced by six looks, each asked for, and counted by its root (${name})`, async () => {
    const officer = await seated(site, 'zuzhi', size);
    const { href } = await registered(officer, 'tracing', { way: '督查发现', words: `危房台账漏了${name === 'desk' ? '三' : '五'}户`, place: '县住房和城乡建设局' });
    await sorted(officer, href, '基层基础工作');
    await whistled(officer, '住房和城乡', '县住房和城乡建设局');
    const liaison = await seated(site, 'lianluo', size);
    await liaison.goto(href);
    await press(liaison, '报到');
    for (const look of ['thought', 'style', 'ability', 'duty', 'rules']) await liaison.fill(`[name^="f-${look}@"]`, look === 'duty' ? '没有分解到人' : '无');
    await liaison.selectOption('[name^="f-root@"]', '责任落实');
    await liaison.fill('textarea[name=says]', '已查明');
    await press(liaison, '提交办理结果');
    const told = await liaison.textContent('.error-summary');
    for (const lacking of ['看组织功能', '整改措施', '由此带出的一类问题', '党建溯源工作办法']) assert.ok(told.includes(lacking), lacking);
    assert.equal(await liaison.inputValue('[name^="f-duty@"]'), '没有分解到人', 'what was typed is still there');
    assert.equal(await liaison.inputValue('[name^="f-root@"]'), '责任落实');
    await sound(liaison, 'tracing: refused');
    await liaison.fill('[name^="f-organisation@"]', '支部没有研究过');
    await liaison.fill('[name^="f-remedy@"]', '副局长牵头，月底前核对');
    await liaison.selectOption('[name^="f-kind@"]', '台账不实');
    await press(liaison, '提交办理结果');
    assert.match(await liaison.textContent('.deeds'), /看责任落实\s*没有分解到人/);
    await officer.goto(href);
    await officer.fill('#answer', '台账已补齐，抽查五户属实');
    await press(officer, '答复');
    await officer.getByText('已解决', { exact: true }).click();
    await press(officer, '记下');
    await signedOff(officer, href);
    await officer.goto('/cases/figures?system=tracing');
    await sound(officer, 'tracing: figures');
    const figure = officer.locator('section', { hasText: '主要根源' }).locator('tr', { hasText: '责任落实' }).locator('a');
    const count = parseInt(await figure.textContent(), 10);
    await Promise.all([officer.waitForEvent('load'), figure.click()]);
    assert.equal(await officer.locator('a.case-words').count(), count);
    await picture(officer, `tracing-rows-${size.width}`);
    await closed(officer, liaison);
  });

  test(`a letter of inquiry is received, answered in its days and filed (${name})`, async () => {
    const officer = await seated(site, 'zuzhi', size);
    const { href } = await registered(officer, 'letters', { way: '审计反映', words: `请说明${name === 'desk' ? '办公用房' : '公务用车'}的情况`, place: '青云镇' });
    await officer.goto(href);
    assert.equal(await shownDue(officer), workingDays(TODAY, 2), 'sorted within two working days');
    await sorted(officer, href, '函询');
    // 细则: fifteen working days to answer, of which two to receive; a Sunday's letter counts from Monday on.
    const [answer, receive] = [workingDays(TODAY, 15), workingDays(TODAY, 2)];
    assert.equal(await shownDue(officer), answer);
    await whistled(officer, '青云镇', '青云镇');
    const part = officer.locator('.case-parts li', { hasText: '青云镇' });
    assert.ok((await part.textContent()).includes(`${receive.slice(5)} 前`), 'received within two working days');
    const says = await letterText(officer, await officer.locator('a[href*="/letters/inquiry/docx"]').getAttribute('href'));
    assert.ok(says.includes(`于${dayInWords(answer)}前书面答复`), says);
    assert.ok(says.includes(`于${dayInWords(receive)}前签收`), says);
    for (const [kind, head] of [['docx', 'PK'], ['pdf', '%PDF-']]) {
      const letter = await officer.request.get(await officer.locator(`a[href*="/letters/inquiry/${kind}"]`).getAttribute('href'));
      assert.equal(letter.status(), 200, kind);
      assert.equal((await letter.body()).subarray(0, head.length).toString(), head);
    }
    const unit = await seated(site, 'renshi', size);
    await unit.goto(href);
    await sound(unit, 'letters: received');
    await press(unit, '报到');
    assert.ok((await unit.locator('.case-parts li', { hasText: '青云镇' }).textContent()).includes(`${answer.slice(5)} 前`), 'received, the answer is what runs');
    await unit.fill('textarea[name=says]', '已整改到位，附清单');
    await press(unit, '提交办理结果');
    await officer.goto(href);
    assert.match(await officer.textContent('main'), /已整改到位，附清单/);
    await officer.fill('#answer', '说明清楚，予以采信了结');
    await press(officer, '答复');
    await signedOff(officer, href);
    assert.match(await officer.textContent('.head'), /按期/);
    await closed(officer, unit);
  });

  test(`what troubles a member of staff is answered by their unit, and they say whether it helped (${name})`, async () => {
    const words = `孩子${name === 'desk' ? '入学' : '看病'}要跑很远`;
    const guest = await page(site, size);
    await guest.goto('/r/report?system=concerns');
    await guest.fill('#words', words);
    await press(guest, '下一步');
    await guest.fill('#place_search', '青云镇');
    await press(guest, '查找');
    await guest.getByLabel('青云镇', { exact: true }).check();
    await press(guest, '下一步');
    await press(guest, '下一步');
    await press(guest, '下一步');
    await press(guest, '下一步');
    await guest.getByRole('button', { name: '反映', exact: true }).click();
    await guest.waitForSelector('[data-sent]');
    const [number, code] = await guest.$$eval('[data-sent] b', (all) => all.map((b) => b.textContent));
    assert.match(number, /^ZG\d{7}$/);
    const unit = await seated(site, 'renshi', size);
    await unit.goto('/cases?system=concerns&all=1');
    const href = await unit.locator('a.case-words', { hasText: words }).getAttribute('href');
    await sorted(unit, href, '生活困难');
    await unit.fill('#answer', '已和学校说好，下月起可以就近');
    await press(unit, '答复');
    await guest.goto('/r');
    await guest.fill('#number', number);
    await guest.fill('#code', code);
    await press(guest, '查看');
    assert.match(await guest.textContent('main'), /下月起可以就近/);
    await press(guest, /^好$/);
    assert.match(await guest.textContent('main'), /您的评价：好/);
    await unit.goto(href);
    await sound(unit, 'concerns: rated');
    await press(unit, '销号');
    assert.match(await unit.textContent('.head'), /已销号/);
    await closed(guest, unit);
  });
}

test('what a leader takes along from a contact point is a case that knows its visit', async () => {
  const leader = await seated(site, 'wangjianguo', PHONE);
  await leader.goto('/duties');
  const point = await leader.locator('a', { hasText: '到党建联系点' }).first().getAttribute('href');
  await leader.goto(point);
  await leader.fill('#at', '09:30');
  await leader.selectOption('#person', { index: 1 });
  await leader.fill('#f-did', '参加主题党日，与党员座谈');
  await leader.fill('#f-problem', '灌渠年久失修，浇不上地');
  await press(leader, '提交');
  const brought = leader.locator('section', { hasText: '带回的问题' });
  assert.match(await brought.textContent(), /CS\d{7}\s*待分类/);
  await sound(leader, 'duties: brought');
  await picture(leader, 'visit-brought-360');
  const officer = await seated(site, 'zuzhi', DESKTOP);
  await officer.goto('/cases?system=whistle-and-report&all=1');
  const href = await officer.locator('a.case-words', { hasText: '灌渠年久失修，浇不上地' }).getAttribute('href');
  await officer.goto(href);
  const came = officer.getByRole('link', { name: /到党建联系点 2026-11-22/ });
  await Promise.all([officer.waitForEvent('load'), came.click()]);
  assert.match(await officer.textContent('main'), /参加主题党日/);
  await closed(leader, officer);
});
