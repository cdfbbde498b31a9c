import type { EditContext } from '../../actions/edit/action';
import type { ChangeSet } from '../../document/change-set';
import type { ImageDocument } from '../../document/image-document';
import type { Size } from '../../geometry/rect';
import type { Result } from '../../result/result';
import type { Annotation } from '../../schema/annotation';
import type { AnnotationId, ImageId } from '../../schema/ids';
import type { LabelSchema } from '../../schema/label-schema';
import { paramsFor, type RuleFace, type RuleSetting } from '../rule';
import type { DatasetInput } from './dataset-input';

/** All that a rule about one annotation may look at beside it: its answer holds until one of these changes. */
export interface AnnotationInput {
  /** Of the picture, in image px. */
  readonly size: Size;
  readonly schema: LabelSchema;
}

export interface ImageInput {
  readonly document: ImageDocument;
  readonly schema: LabelSchema;
}

/** What a rule noticed, before it is put into a finding. */
export interface Issue {
  /** What the issue is about; together with the rule and `subject` it makes the finding's id. */
  readonly annotationIds: readonly AnnotationId[];
  /** Tells several issues of one rule about the same annotations apart, e.g. an attribute's id; empty when there is one. */
  readonly subject: string;
  /** What, where and how to mend, for a person; with the value that was found. */
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** An issue of a whole project. It has no fixes: what it says cannot be mended within one picture. */
export interface DatasetIssue extends Omit<Issue, 'fixes'> {
  /** Pictures it is about, the one to look at first; none when it is about the project. */
  readonly imageIds: readonly ImageId[];
}

/** A mend that is an ordinary edit: it runs an action, so it is journalled and undoable like any other. */
export interface Fix {
  /** Kebab-case, unique in its rule. */
  readonly id: string;
  /** For people, on a button: `Cut to the picture`. */
  readonly label: string;
  run(document: ImageDocument, context: EditContext): Result<ChangeSet>;
}

/** What must be found in an example, in any order. */
export type ExpectedIssue = Pick<Issue, 'annotationIds' | 'subject'> & {
  readonly imageIds?: readonly ImageId[];
};

export interface ImageExample extends ImageInput {
  readonly expected: readonly ExpectedIssue[];
  /** Settings to evaluate with, for rules that say nothing by default. */
  readonly setting?: RuleSetting;
}

export interface DatasetExample {
  readonly input: DatasetInput;
  readonly expected: readonly ExpectedIssue[];
}

/** Looks at one annotation at a time, so that an edit re-checks only what changed. */
export interface AnnotationRule<Params> extends RuleFace<Params, ImageExample> {
  readonly scope: 'annotation';
  evaluate(annotation: Annotation, input: AnnotationInput, params: Params): readonly Issue[];
}

/** Looks at all annotations of a picture together. */
export interface ImageRule<Params> extends RuleFace<Params, ImageExample> {
  readonly scope: 'image';
  evaluate(input: ImageInput, params: Params): readonly Issue[];
}

/** Looks at all annotations and pictures of a project together, in columns. */
export interface DatasetRule<Params> extends RuleFace<Params, DatasetExample> {
  readonly scope: 'dataset';
  evaluate(input: DatasetInput, params: Params): readonly DatasetIssue[];
}

type Setting = RuleSetting | undefined;

/** Rules whose parameters' types were put away: what registries and evaluators hold. */
export interface BoundAnnotationRule extends RuleFace<unknown, ImageExample> {
  readonly scope: 'annotation';
  /** A setting that the rule's schema refuses is replaced by the defaults. */
  withSetting(setting: Setting): (annotation: Annotation, input: AnnotationInput) => readonly Issue[];
}
export interface BoundImageRule extends RuleFace<unknown, ImageExample> {
  readonly scope: 'image';
  withSetting(setting: Setting): (input: ImageInput) => readonly Issue[];
}
export interface BoundDatasetRule extends RuleFace<unknown, DatasetExample> {
  readonly scope: 'dataset';
  withSetting(setting: Setting): (input: DatasetInput) => readonly DatasetIssue[];
}
export type BoundRule = BoundAnnotationRule | BoundImageRule | BoundDatasetRule;

export function annotationRule<Params>(rule: Omit<AnnotationRule<Params>, 'scope'>): BoundAnnotationRule {
  return {
    ...faceOf(rule),
    scope: 'annotation',
    withSetting(setting) {
      const params = paramsFor(rule, setting);
      return (annotation, input) => rule.evaluate(annotation, input, params);
    },
  };
}

export function imageRule<Params>(rule: Omit<ImageRule<Params>, 'scope'>): BoundImageRule {
  return {
    ...faceOf(rule),
    scope: 'image',
    withSetting(setting) {
      const params = paramsFor(rule, setting);
      return (input) => rule.evaluate(input, params);
    },
  };
}

export function datasetRule<Params>(rule: Omit<DatasetRule<Params>, 'scope'>): BoundDatasetRule {
  return {
    ...faceOf(rule),
    scope: 'dataset',
    withSetting(setting) {
      const params = paramsFor(rule, setting);
      return (input) => rule.evaluate(input, params);
    },
  };
}

function faceOf<Params, Example>(rule: RuleFace<Params, Example>): RuleFace<unknown, Example> {
  const { id, title, description, severity, params, defaults, examples } = rule;
  return { id, title, description, severity, params, defaults, examples };
}
