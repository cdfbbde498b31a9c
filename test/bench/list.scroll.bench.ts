import { launchApp } from '../harness/electron-app';
import { seedLargeProject } from '../harness/large-project';

const IMAGES = Number(process.env.GROUNDMARK_BENCH_IMAGES ?? 100_000);
const FRAMES = 240;

/**
 * `list.scroll`: the worst frame while the image list of 100,000 images scrolls, slow at first, then faster, then by
 * jumps over thousands of rows as when the scroll bar is dragged. Against a bare list of as many rows of plain text in
 * the same page, placed by the same arithmetic: what this machine's renderer costs.
 */
export default async function bench() {
  const { home, profile } = await seedLargeProject(IMAGES);
  const { page, close } = await launchApp({ home, profile });
  try {
    await page.waitForSelector('[data-image-id]');
    // Thumbnails of the first rows and prefetched neighbours are done by then.
    await page.waitForTimeout(2000);
    const { ours, bare } = await page.evaluate(scrollBoth, [FRAMES, IMAGES] as const);
    return [{ bench: 'list.scroll', n: IMAGES, value: ours, unit: 'ms', baseline: bare, ratio: ours / bare }];
  } finally {
    await close();
  }
}

/** Runs in the page. */
async function scrollBoth([frames, rows]: readonly [number, number]) {
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const worstFrame = async (list: HTMLElement) => {
    let worst = 0;
    let before = await nextFrame();
    for (let frame = 0; frame < frames; frame += 1) {
      const part = Math.floor((frame / frames) * 3);
      const step = [120, 1200, 48 * 1500][part] ?? 0;
      list.scrollTop += frame % 80 < 60 || part < 2 ? step : -step / 2;
      const now = await nextFrame();
      // The first frames bring up what was cold.
      if (frame > 5) worst = Math.max(worst, now - before);
      before = now;
    }
    return worst;
  };

  const ours = document.querySelector<HTMLElement>('#image-list');
  if (ours === null) throw new Error('The image list is not on screen.');
  const bare = document.createElement('div');
  bare.style.cssText = 'position:fixed;left:0;top:80px;width:248px;height:690px;overflow:auto;z-index:9';
  const sized = document.createElement('div');
  sized.style.cssText = `position:relative;height:${rows * 48}px`;
  bare.append(sized);
  bare.addEventListener('scroll', () => {
    const first = Math.floor(bare.scrollTop / 48);
    sized.replaceChildren(
      ...Array.from({ length: 16 }, (_, offset) => {
        const row = document.createElement('div');
        row.style.cssText = `position:absolute;height:48px;transform:translateY(${(first + offset) * 48}px)`;
        row.textContent = `Row ${first + offset}`;
        return row;
      }),
    );
  });
  document.body.append(bare);
  const bareWorst = await worstFrame(bare);
  bare.remove();
  return { ours: await worstFrame(ours), bare: bareWorst };
}
