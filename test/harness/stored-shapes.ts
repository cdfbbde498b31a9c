import type { Page } from '@playwright/test';
import type { Shape, SkeletonTemplate } from '../../shared/schema/shapes';

/** Shapes of all stored annotations, oldest first, as the database has them, past all of our code. */
export function storedShapes(page: Page): Promise<Shape[]> {
  return page.evaluate(
    () =>
      new Promise<Shape[]>((resolve, reject) => {
        const opening = indexedDB.open('groundmark');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('annotationSets').objectStore('annotationSets').getAll();
          reading.onerror = () => reject(reading.error);
          reading.onsuccess = () => {
            opening.result.close();
            // A line of text is one annotation; so few lie all in the first page.
            const lines = reading.result.flatMap((set: { text: string }) =>
              set.text.split('\n').filter(Boolean),
            );
            resolve(lines.map((line) => (JSON.parse(line) as { shape: Shape }).shape));
          };
        };
      }),
  );
}

/** Lets every label have any shape and gives the first one a skeleton. */
export function openUpLabels(page: Page, skeleton: SkeletonTemplate): Promise<void> {
  return page.evaluate(
    (template) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('groundmark');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const write = opening.result.transaction('projects', 'readwrite');
          const projects = write.objectStore('projects');
          const reading = projects.getAll();
          reading.onsuccess = () => {
            for (const project of reading.result) {
              for (const label of project.schema.labels) label.allowedShapes = [];
              project.schema.labels[0].skeleton = template;
              projects.put(project);
            }
          };
          write.onerror = () => reject(write.error);
          write.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    skeleton,
  );
}
