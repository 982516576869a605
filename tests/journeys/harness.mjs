// What every journey needs: 青云县 served on a port of its own, a browser, and the eyes for accidents.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const ROOT = new URL('../..', import.meta.url).pathname;
export const OUTPUT = join(ROOT, 'tests/output');
export const TODAY = '2026-11-22';
export const PASSWORD = 'qingyun-demo-2026';
export const PROGRAM = process.env.ZHIREN ?? join(ROOT, 'target/debug/zhiren');

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** Plants 青云县 into a folder of its own and serves it; `close` ends the server by its own process id. */
export async function office(people = 5000) {
  const data = mkdtempSync(join(tmpdir(), 'zhiren-journey-'));
  const server = spawn(PROGRAM, ['demo', '--data', data, '--today', TODAY, '--people', String(people), '--listen', '127.0.0.1:0'],
    { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const address = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the site did not open: ${said}`)), 120_000);
    const listen = (chunk) => {
      said += chunk;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) { clearTimeout(late); resolve(found[0]); }
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.on('exit', (code) => { clearTimeout(late); reject(new Error(`the server ended (${code}): ${said}`)); });
  });
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS });
  const close = async () => {
    await browser.close();
    server.removeAllListeners('exit');
    const gone = new Promise((resolve) => server.on('exit', resolve));
    server.kill('SIGTERM');
    await gone;
    rmSync(data, { recursive: true, force: true });
  };
  return { address, data, browser, close };
}

/** A page whose scripts' errors and broken answers fail the journey. */
export async function page(office, viewport = DESKTOP) {
  const context = await office.browser.newContext({ viewport, baseURL: office.address, locale: 'zh-CN', acceptDownloads: true });
  const page = await context.newPage();
  page.accidents = [];
  page.on('pageerror', (error) => page.accidents.push(`script: ${error.message}`));
  // A page that refuses on purpose answers 4xx, which the browser writes down as an error; a broken one answers 5xx.
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) page.accidents.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => { if (response.status() >= 500) page.accidents.push(`${response.status()} ${response.url()}`); });
  return page;
}

/** Logs in as one of the demo accounts. */
export async function enter(page, name = 'zuzhi') {
  await page.goto('/login');
  await page.fill('input[name=name]', name);
  await page.fill('input[name=password]', PASSWORD);
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith('/login')), page.press('input[name=password]', 'Enter')]);
}

/** States the purpose for what is folded on this page, if anything is; the page comes back with it. */
export async function state(page, purpose = 'daily') {
  if (!(await page.locator('.access select[name=purpose]').count())) return;
  await page.selectOption('.access select[name=purpose]', purpose);
  await page.locator('.access button').click();
  await page.waitForLoadState();
}

/** No page scrolls sideways. */
export async function sideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Keeps a picture for people to look at. */
export async function picture(page, name) {
  mkdirSync(OUTPUT, { recursive: true });
  await page.screenshot({ path: join(OUTPUT, `${name}.png`), fullPage: true });
}
