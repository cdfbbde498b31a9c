import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { launchApp, temporaryFolder } from '../harness/electron-app';
import { watchFrames } from '../harness/frame-watch';
import { seedLargeProject } from '../harness/large-project';
import { answerFolderDialog } from '../harness/shell';

const IMAGES = Number(process.env.GROUNDMARK_BENCH_IMAGES ?? 100_000);
const BOXES_PER_IMAGE = 10;
const BOXES = IMAGES * BOXES_PER_IMAGE;
const CLASSES = 80;
/** One frame of a screen that shows 60 a second. */
const FRAME_IN_MS = 16.7;

/**
 * A COCO file of a million boxes on 100,000 images comes into a project that has these images, in the real app, as a
 * person imports it. `import.labels`: from the click on Import until the last box is in the database. Against the same
 * records put into a bare database of the same form, as many in a transaction, with the same durability.
 * `import.labels.plan`: from the chosen folder until the dialog says what would come in. The longest gap between two
 * frames says whether the window stayed live.
 */
export default async function bench() {
  const project = await seedLargeProject(IMAGES);
  const labels = temporaryFolder('labels');
  await writeLargeCoco(path.join(labels, 'instances.json'));
  const { app, page, close } = await launchApp(project);
  page.setDefaultTimeout(900_000);
  try {
    await page.waitForSelector('[data-image-id]');
    await page.waitForTimeout(3000);
    await answerFolderDialog(app, labels);
    const whilePlanning = await watchFrames(page);
    const planStart = performance.now();
    await page.keyboard.press('Control+Shift+I');
    const words = `Import ${BOXES.toLocaleString('en')} annotations`;
    await waitForText(page, words);
    const planSeconds = (performance.now() - planStart) / 1000;
    const planFrame = await whilePlanning.longest();

    await page.waitForTimeout(1000);
    const whileStoring = await watchFrames(page);
    const start = performance.now();
    await page.getByRole('button', { name: words }).click();
    await waitForText(
      page,
      `Imported ${BOXES.toLocaleString('en')} annotations in ${IMAGES.toLocaleString('en')} images.`,
    );
    const seconds = (performance.now() - start) / 1000;
    const frame = await whileStoring.longest();
    const bareSeconds = await page.evaluate(putIntoBareDatabase);
    return [
      row('import.labels', BOXES / seconds, 'boxes/s', BOXES / bareSeconds, seconds / bareSeconds),
      row('import.labels.frame', frame, 'ms', FRAME_IN_MS, frame / FRAME_IN_MS),
      row(
        'import.labels.plan',
        BOXES / planSeconds,
        'boxes/s',
        BOXES / bareSeconds,
        planSeconds / bareSeconds,
      ),
      row('import.labels.plan.frame', planFrame, 'ms', FRAME_IN_MS, planFrame / FRAME_IN_MS),
    ];
  } finally {
    await close();
  }
}

/** Looks a few times a second: a driver that looks with every frame would take part in what is measured. */
async function waitForText(page: Page, text: string): Promise<void> {
  const isThere = () => page.evaluate((wanted) => document.body.textContent?.includes(wanted) === true, text);
  while (!(await isThere())) await page.waitForTimeout(200);
}

function row(bench: string, value: number, unit: string, baseline: number, ratio: number) {
  return { bench, n: BOXES, value, unit, baseline, ratio };
}

/** About 150 bytes a box; boxes of places and classes that are the same in every run. */
async function writeLargeCoco(file: string): Promise<void> {
  let state = 42;
  const random = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  const out = fs.createWriteStream(file);
  const write = async (text: string) => {
    if (!out.write(text)) await once(out, 'drain');
  };
  const keyOf = (image: number) => `${String(image).padStart(6, '0')}.jpg`;
  await write('{"images":[');
  for (let image = 0; image < IMAGES; image += 1) {
    const comma = image === 0 ? '' : ',';
    await write(`${comma}{"id":${image + 1},"file_name":"${keyOf(image)}","width":320,"height":180}`);
  }
  await write('],"annotations":[');
  for (let box = 0; box < BOXES; box += 1) {
    const [x, y] = [random() * 280, random() * 140];
    const [width, height] = [1 + random() * (319 - x), 1 + random() * (179 - y)];
    const image = Math.floor(box / BOXES_PER_IMAGE) + 1;
    const bbox = [x, y, width, height].map((value) => value.toFixed(3)).join(',');
    const category = Math.floor(random() * CLASSES) + 1;
    const comma = box === 0 ? '' : ',';
    await write(
      `${comma}{"id":${box + 1},"image_id":${image},"category_id":${category},"bbox":[${bbox}],"area":${(width * height).toFixed(3)},"iscrowd":0}`,
    );
  }
  await write('],"categories":[');
  for (let category = 1; category <= CLASSES; category += 1) {
    await write(`${category === 1 ? '' : ','}{"id":${category},"name":"class number ${category}"}`);
  }
  out.end(']}');
  await once(out, 'finish');
}

/** Runs in the page. Seconds for the records of the import alone, put as they are: no reading, no hashing, no checks. */
async function putIntoBareDatabase(): Promise<number> {
  const asked = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const source = await asked(indexedDB.open('groundmark'));
  const read = <T>(store: string) =>
    asked(source.transaction(store).objectStore(store).getAll() as IDBRequest<T[]>);
  const lines = (await read<{ row?: number; body: string }>('changes')).filter(({ body }) =>
    body.startsWith('{"firstAnnotationId"'),
  );
  const pages = await read<unknown>('importedPages');
  source.close();
  const opening = indexedDB.open('bare', 1);
  opening.onupgradeneeded = () => {
    const changes = opening.result.createObjectStore('changes', { keyPath: 'row', autoIncrement: true });
    changes.createIndex('id', 'id', { unique: true });
    changes.createIndex('[projectId+seq]', ['projectId', 'seq'], { unique: true });
    for (const index of ['imageId', 'groupId', 'outerScope']) changes.createIndex(index, index);
    opening.result.createObjectStore('importedPages', { keyPath: ['projectId', 'page'] });
  };
  const bare = await asked(opening);
  for (const line of lines) delete line.row;
  const start = performance.now();
  const perTransaction = Math.ceil(lines.length / 200);
  for (let from = 0, at = 0; from < lines.length; from += perTransaction, at += 1) {
    const transaction = bare.transaction(['changes', 'importedPages'], 'readwrite', { durability: 'strict' });
    for (const line of lines.slice(from, from + perTransaction)) transaction.objectStore('changes').add(line);
    const share = Math.ceil(pages.length / 200);
    for (const page of pages.slice(at * share, (at + 1) * share))
      transaction.objectStore('importedPages').put(page);
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = () => reject(transaction.error);
    });
  }
  const seconds = (performance.now() - start) / 1000;
  bare.close();
  await asked(indexedDB.deleteDatabase('bare'));
  return seconds;
}
