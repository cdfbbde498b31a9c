import type {
  DatasetAnnotation,
  DatasetEvent,
  DatasetImage,
  DatasetLabel,
  DatasetProblem,
} from '../formats/format';
import type { Shape } from '../schema/shapes';
import { takenShape } from './taken-shape';

/** Hears what a dataset says, image by image. */
export interface LabelVisitor {
  label(label: DatasetLabel): void;
  problem(problem: DatasetProblem): void;
  image(image: DatasetImage): void;
  /** `shape` is the annotation's own, mended where it had to be. */
  annotation(annotation: DatasetAnnotation, shape: Shape): void;
  /**
   * After the last annotation of an image. `saysSomething` is false for an image that is merely there. False ends the
   * visit.
   */
  endOfImage(image: DatasetImage, saysSomething: boolean): boolean | Promise<boolean>;
}

/**
 * Leads a visitor through a dataset. The same dataset gives the same visit each time, however its labels are mapped:
 * an import counts on it when it goes on where it stopped. False when the visitor ended it.
 */
export async function visitLabels(
  events: AsyncIterable<DatasetEvent>,
  visitor: LabelVisitor,
): Promise<boolean> {
  let image: DatasetImage | null = null;
  let annotations = 0;
  const end = async (): Promise<boolean> => {
    const ended = image;
    image = null;
    if (ended === null) return true;
    const saysSomething =
      annotations > 0 || ended.state === 'confirmedEmpty' || Object.keys(ended.attributes ?? {}).length > 0;
    annotations = 0;
    return visitor.endOfImage(ended, saysSomething);
  };
  for await (const event of events) {
    switch (event.type) {
      case 'annotation': {
        const taken = takenShape(event.annotation.shape, event.annotation.imageKey);
        for (const problem of taken.problems) visitor.problem(problem);
        if (taken.shape === null || image === null) break;
        for (const problem of faultsOf(event.annotation)) visitor.problem(problem);
        visitor.annotation(event.annotation, taken.shape);
        annotations += 1;
        break;
      }
      case 'image':
        if (!(await end())) return false;
        image = event.image;
        visitor.image(event.image);
        break;
      case 'label':
        visitor.label(event.label);
        break;
      case 'problem':
        visitor.problem(event.problem);
        break;
    }
  }
  return end();
}

/** What of an annotation the project cannot hold as it stands, beside its shape. */
function faultsOf({ imageKey, score, note }: DatasetAnnotation): readonly DatasetProblem[] {
  if (score === null && note === undefined) return NO_PROBLEMS;
  const problems: DatasetProblem[] = [];
  const problem = (code: string, message: string) =>
    problems.push({
      severity: 'warning',
      code,
      message: `${imageKey}: ${message}`,
      path: imageKey,
      line: null,
    });
  if (score !== null && !(score >= 0 && score <= 1)) {
    problem('score-out-of-range', `a score of ${score} is not between 0 and 1 and was left out.`);
  }
  if (note !== undefined && note.trim().length > 2000) {
    problem('note-shortened', 'a note of more than 2,000 characters was cut there.');
  }
  return problems;
}

const NO_PROBLEMS: readonly DatasetProblem[] = [];
