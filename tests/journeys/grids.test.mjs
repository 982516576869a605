// 网格走访: what a visit in a grid brings is solved by a department.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { closed, press, registered, seated, sorted, sound } from './casework.mjs';
import { DESKTOP, PHONE, office, picture } from './harness.mjs';

let site;
before(async () => { site = await office(); });
after(async () => { await site?.close(); });

for (const [name, size] of [['desk', DESKTOP], ['telephone', PHONE]]) {
  test(`a visit in the grid becomes a problem that a department solves (${name})`, async () => {
    const worker = await seated(site, 'shequ', size);
    const { href } = await registered(worker, 'grid', { way: '入户走访', words: `${name === 'desk' ? '六' : '七'}号楼一层私拉电线`, place: '青云镇滨河社区第二网格' });
    await worker.goto('/cases');
    await sound(worker, 'board by grid');
    await picture(worker, `board-by-grid-${size.width}`);
    const grid = worker.locator('.case-below tr', { hasText: '第二网格' });
    const open = Number(await grid.locator('td').nth(1).textContent());
    await Promise.all([worker.waitForEvent('load'), grid.getByRole('link').click()]);
    assert.ok(open >= 1 && (await worker.textContent('.head-text')).includes(`在办和待销号 ${open} 件`), 'the count of a grid is its list');
    await sorted(worker, href, '问题');
    await press(worker, /向县住房和城乡建设局吹哨/);
    const liaison = await seated(site, 'lianluo', size);
    await liaison.goto(href);
    await press(liaison, '报到');
    await liaison.fill('textarea[name=says]', '已拆除并装了充电桩');
    await press(liaison, '提交办理结果');
    await worker.goto(href);
    await worker.fill('#answer', '线拆了，充电桩能用了');
    await press(worker, '答复');
    await worker.getByText('好', { exact: true }).click();
    await press(worker, '记下');
    await press(worker, '销号');
    assert.match(await worker.textContent('.head'), /已销号/);
    await sound(worker, 'grid: signed off');
    await closed(worker, liaison);
  });

}
