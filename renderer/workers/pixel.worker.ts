import { appError, unexpectedError } from '../../shared/result/app-error';
import { createPixelKeeper } from '../pictures/pixels/held-pixels';
import { performPixelTask } from '../pictures/pixels/perform-pixel-task';
import type { FromPixelWorker, PixelAnswer, ToPixelWorker } from '../pictures/pixels/pixel-messages';

// Tasks run one after the other. A later one of a kind overtakes those of the kind that have not begun.

const keeper = createPixelKeeper();
const waiting: ToPixelWorker[] = [];
let isWorking = false;

self.addEventListener('message', (event: MessageEvent<ToPixelWorker>) => {
  const task = event.data;
  for (let index = waiting.length - 1; index >= 0; index--) {
    const earlier = waiting[index];
    const isOvertaken = task.work === null || earlier?.work?.kind === task.work.kind;
    if (earlier === undefined || !isOvertaken) continue;
    waiting.splice(index, 1);
    reply({ id: earlier.id, answer: overtaken() });
  }
  waiting.push(task);
  if (!isWorking) void workOff();
});

async function workOff(): Promise<void> {
  isWorking = true;
  for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
    reply({ id: task.id, answer: await answerOf(task) });
    // Lets in what was sent meanwhile, so that a newer task overtakes those that wait.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  isWorking = false;
}

async function answerOf(task: ToPixelWorker): Promise<PixelAnswer> {
  if (task.work === null) {
    keeper.release();
    return { kind: 'released' };
  }
  try {
    return await performPixelTask(keeper, task.picture, task.work);
  } catch (thrown) {
    return { kind: 'failed', error: unexpectedError(thrown, 'working on the pixels of a picture') };
  }
}

function overtaken(): PixelAnswer {
  return { kind: 'failed', error: appError('job.cancelled', 'Something newer was asked for.') };
}

/** Pixels are handed over, not copied. */
function reply(message: FromPixelWorker): void {
  const { answer } = message;
  const transfer: Transferable[] =
    answer.kind === 'adjust' ? [answer.bitmap] : answer.kind === 'wire' ? [answer.toSeed.buffer] : [];
  self.postMessage(message, { transfer });
}
