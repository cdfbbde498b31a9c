import { launchApp } from '../harness/electron-app';
import { labelPage } from '../harness/label-page';
import { median, seedLabelledProject } from '../harness/large-project';
import { stepImages } from '../harness/step-images';

const SHAPES = 2000;
const IMAGES = 22;

/**
 * `image.open`: from the key to the frame that shows the next picture with 2,000 objects of every kind, its pixels being
 * decoded already; against the same with no objects. In turns, medians.
 */
export default async function bench() {
  const { home, profile } = await seedLabelledProject(IMAGES, [0, SHAPES]);
  const launched = await launchApp({ home, profile });
  try {
    const { page } = launched;
    await labelPage(page).canvas.waitFor();
    await page.waitForTimeout(4000);
    const times = await stepImages(page, IMAGES - 2, 1500);
    // The first step goes to the second image, which is one with objects.
    const full = times.filter((_, step) => step % 2 === 0);
    const empty = times.filter((_, step) => step % 2 === 1);
    const [value, baseline] = [median(full), median(empty)];
    return [{ bench: 'image.open', n: SHAPES, value, unit: 'ms', baseline, ratio: value / baseline }];
  } finally {
    await launched.close();
  }
}
