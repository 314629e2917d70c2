// page.mjs - opens a report in real Chromium: node page.mjs PAGE.html [FOLDER for screenshots]
// Needs playwright-core and axe-core (npm i in a folder named by NODE_PATH or here) and /usr/bin/chromium; exit 77 where absent.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

const from = [process.cwd(), import.meta.dirname ?? '.', ...(process.env.NODE_PATH ?? '').split(':')].filter(Boolean);
const find = name => {
  for (const folder of from) {
    try { return createRequire(path.join(folder, 'x.js')).resolve(name); } catch { /* the next one */ }
  }
  console.log(`skipped: ${name} is not installed`);
  process.exit(77);
};
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!fs.existsSync(chromium)) { console.log('skipped: no chromium'); process.exit(77); }
const playwright = createRequire(import.meta.url)(find('playwright-core'));
const axe = fs.readFileSync(find('axe-core/axe.min.js'), 'utf8');

const [page_file, shots] = process.argv.slice(2);
if (!page_file) process.exit(0);                 // everything needed is here
const url = 'file://' + path.resolve(page_file);
let faults = 0;
const must = (good, what) => { console.log(`${good ? 'ok  ' : 'FAIL'} ${what}`); if (!good) faults++; };

const browser = await playwright.chromium.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
  '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
for (const [width, scheme] of [[1100, 'light'], [1200, 'dark'], [390, 'light'], [390, 'dark']]) {
  const at = `${width} px ${scheme}`;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: false });
  const page = await context.newPage();
  const errors = [], requests = [];
  page.on('console', m => m.type() === 'error' && errors.push(m.text()));
  page.on('pageerror', e => errors.push(String(e)));
  page.on('request', r => r.url().startsWith('data:') || requests.push(r.url()));
  await page.goto(url);
  const seen = await page.evaluate(() => {
    const shown = [...document.querySelectorAll('svg.nf')].filter(s => s.getClientRects().length);
    const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
    const outside = shown.flatMap(s => [...s.querySelectorAll('text')].filter(t => {
      const b = t.getBBox(), v = s.viewBox.baseVal;
      return b.x < -1 || b.x + b.width > v.width + 1 || b.y < -1 || b.y + b.height > v.height + 6;
    }).map(t => t.textContent));
    return { shown: shown.length, unnamed: shown.filter(s => !s.querySelector('title')?.textContent).length, outside,
      twice: ids.filter((id, i) => ids.indexOf(id) !== i), scrolls: document.documentElement.scrollWidth > innerWidth,
      smallest: Math.min(...shown.flatMap(s => [...s.querySelectorAll('text')].map(t => t.getBoundingClientRect().height))) };
  });
  must(requests.length === 1, `${at}: ${requests.length} request`);
  must(errors.length === 0, `${at}: ${errors.length} console errors ${errors.slice(0, 3).join(' | ')}`);
  must(seen.shown > 0 && seen.unnamed === 0, `${at}: ${seen.shown} charts, ${seen.unnamed} without a name`);
  must(seen.twice.length === 0, `${at}: ids given twice: ${seen.twice.slice(0, 3)}`);
  must(seen.outside.length === 0, `${at}: text outside its chart: ${seen.outside.length} ${seen.outside.slice(0, 3).join(' | ')}`);
  must(!seen.scrolls, `${at}: no sideways scrolling`);
  must(seen.smallest > 10.9, `${at}: smallest chart text ${seen.smallest.toFixed(1)} px high`);
  if (shots) await page.screenshot({ path: path.join(shots, `page-${width}-${scheme}.png`), fullPage: false });
  if (shots && scheme === 'light' && width === 1100) await page.pdf({ path: path.join(shots, 'page.pdf'), preferCSSPageSize: true });
  await context.close();
  const open = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: true });   // for axe alone
  const probe = await open.newPage();
  await probe.goto(url);
  await probe.evaluate(axe);
  const { violations } = await probe.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  must(violations.length === 0, `${at}: axe ${violations.length} violations ${violations.map(v => `${v.id} x${v.nodes.length} ${v.nodes[0].html.slice(0, 120)}`).join(' | ')}`);
  await open.close();
}
await browser.close();
process.exit(faults ? 1 : 0);
