import { launchApp } from '../harness/electron-app';
import { seedLargeProject } from '../harness/large-project';

const OBJECTS = Number(process.env.GROUNDMARK_BENCH_OBJECTS ?? 100_000);
const BOXES_PER_IMAGE = 5;
const FRAMES = 240;

/**
 * `gallery.scroll`: the worst frame while the gallery of 100,000 crops scrolls, slow at first, then faster, then by jumps
 * over thousands of crops as when the scroll bar is dragged; the budget is that of `list.scroll`. Against a bare grid of
 * as many plain cells in the same page, placed by the same arithmetic: what this machine's renderer costs.
 * `gallery.scroll.shown`: from the end of a jump until every crop on screen is there, the median of ten jumps. `gallery.scroll.read`: from opening the
 * gallery until all objects of the project are in the table.
 */
export default async function bench() {
  const { home, profile } = await seedLargeProject(OBJECTS / BOXES_PER_IMAGE, BOXES_PER_IMAGE);
  const { page, close } = await launchApp({ home, profile });
  try {
    await page.waitForSelector('[data-image-id]');
    await page.waitForTimeout(2000);
    const begun = performance.now();
    await page.keyboard.press('Alt+g');
    const count = page.locator('#crop-count');
    await page.waitForFunction(
      (objects) => document.querySelector('#crop-count')?.textContent?.startsWith(objects) === true,
      `${OBJECTS.toLocaleString('en')} objects`,
    );
    const read = performance.now() - begun;
    await count.waitFor();
    await page.waitForTimeout(2000);
    const { ours, bare } = await page.evaluate(scrollBoth, [FRAMES, OBJECTS] as const);
    const shown = await page.evaluate(jump, 10);
    return [
      { bench: 'gallery.scroll', n: OBJECTS, value: ours, unit: 'ms', baseline: bare, ratio: ours / bare },
      { bench: 'gallery.scroll.shown', n: shown.crops, value: shown.ms, unit: 'ms' },
      { bench: 'gallery.scroll.read', n: OBJECTS, value: read, unit: 'ms' },
    ];
  } finally {
    await close();
  }
}

/** Runs in the page. */
async function scrollBoth([frames, items]: readonly [number, number]) {
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const grid = document.querySelector<HTMLElement>('#crop-grid');
  if (grid === null) throw new Error('The gallery is not on screen.');
  const columns = Number(grid.getAttribute('aria-colcount'));
  const rowHeight = 122;
  const worstFrame = async (list: HTMLElement) => {
    let worst = 0;
    let before = await nextFrame();
    for (let frame = 0; frame < frames; frame += 1) {
      const part = Math.floor((frame / frames) * 3);
      const step = [120, 1200, rowHeight * 300][part] ?? 0;
      list.scrollTop += frame % 80 < 60 || part < 2 ? step : -step / 2;
      const now = await nextFrame();
      // The first frames bring up what was cold.
      if (frame > 5) worst = Math.max(worst, now - before);
      before = now;
    }
    return worst;
  };

  const box = grid.getBoundingClientRect();
  const bare = document.createElement('div');
  bare.style.cssText = `position:fixed;left:${box.left}px;top:${box.top}px;width:${box.width}px;height:${box.height}px;overflow:auto;z-index:9`;
  const sized = document.createElement('div');
  sized.style.cssText = `position:relative;height:${Math.ceil(items / columns) * rowHeight}px`;
  bare.append(sized);
  const rowsSeen = Math.ceil(box.height / rowHeight) + 1;
  bare.addEventListener('scroll', () => {
    const first = Math.floor(bare.scrollTop / rowHeight) * columns;
    sized.replaceChildren(
      ...Array.from({ length: rowsSeen * columns }, (_, offset) => {
        const index = first + offset;
        const cell = document.createElement('div');
        const top = Math.floor(index / columns) * rowHeight;
        cell.style.cssText = `position:absolute;width:96px;height:96px;background:#888;transform:translate(${(index % columns) * 104}px,${top}px)`;
        cell.textContent = `Crop ${index}`;
        return cell;
      }),
    );
  });
  document.body.append(bare);
  const bareWorst = await worstFrame(bare);
  bare.remove();
  return { ours: await worstFrame(grid), bare: bareWorst };
}

/** Runs in the page: milliseconds from the end of a jump until all crops on screen are drawn, and how many those are. */
async function jump(times: number) {
  const grid = document.querySelector<HTMLElement>('#crop-grid');
  if (grid === null) throw new Error('The gallery is not on screen.');
  const taken: number[] = [];
  let crops = 0;
  for (let time = 0; time < times; time += 1) {
    grid.scrollTop = ((time * 7 + 3) / (times * 8)) * grid.scrollHeight;
    const begun = performance.now();
    await new Promise<void>((resolve) => {
      const look = () => {
        if (grid.dataset.lacking === '0' && performance.now() - begun > 20) resolve();
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(() => requestAnimationFrame(look));
    });
    taken.push(performance.now() - begun);
    crops = Number(grid.dataset.seen);
  }
  taken.sort((a, b) => a - b);
  return { ms: taken[Math.floor(taken.length / 2)] ?? Number.NaN, crops };
}
