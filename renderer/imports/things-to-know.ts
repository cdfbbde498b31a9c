import type { LabelImportPlan } from '../../shared/imports/plan-label-import';
import { plural } from '../components/quantity';
import type { LabelProposal } from './label-proposal';
import type { ProblemLine } from './problem-lines';

/** All that an import does not take as the files have it, and why, the gravest first. */
export function thingsToKnow(proposal: LabelProposal, plan: LabelImportPlan): readonly ProblemLine[] {
  const { dataset, match } = proposal;
  const { survey } = dataset;
  const about: string[] = [];
  if (plan.leftOut > 0) about.push(`${plural(plan.leftOut, 'annotation')} of classes that are left out.`);
  for (const { label, attribute, values } of plan.strangeChoices) {
    about.push(
      `${label}: ${attribute} has ${plural(values.length, 'value')} that are not among its choices (${values.slice(0, 5).join(', ')}). They come in as they are, and the checks point at them.`,
    );
  }
  if (survey.outside > 0) {
    about.push(
      `${plural(survey.outside, 'annotation')} lie outside their picture. They are imported as they are and marked by the checks.`,
    );
  }
  if (survey.splits > 0) {
    about.push(
      `${plural(survey.splits, 'image')} belong to a split (train, val, test). Splits are not taken over: a version gets its own when it is published.`,
    );
  }
  if (survey.frames > 0) {
    about.push(
      `${plural(survey.frames, 'image')} are frames of a sequence. Tracks keep their ids; the order of the pictures stays that of the project.`,
    );
  }
  const errors = dataset.problems.filter((problem) => problem.severity === 'error');
  const warnings = dataset.problems.filter((problem) => problem.severity === 'warning');
  const unseen = survey.problems - dataset.problems.length;
  return [
    ...errors.map(lineOf),
    ...about.map((reason) => ({ place: '', reason })),
    ...match.ambiguousKeys.map((place) => ({
      place,
      reason:
        'Fits more than one image of the project; not imported. Keep the folders of the dataset as they were.',
    })),
    ...match.unmatchedKeys.map((place) => ({
      place,
      reason: 'No image of that name is in the project; not imported. Add the folder that holds it.',
    })),
    ...warnings.map(lineOf),
    ...(unseen > 0 ? [{ place: '', reason: `${plural(unseen, 'further problem')}, not listed.` }] : []),
  ];
}

function lineOf(problem: LabelProposal['dataset']['problems'][number]): ProblemLine {
  return {
    place: problem.line === null ? problem.path : `${problem.path}:${problem.line}`,
    reason: problem.message,
  };
}
