import { isPermitted } from '../../shared/people/permissions';
import { openProposal } from '../workspace/review/decide-proposal';
import type { CommandContext } from './command';

/** The reasons that commands share, in words for a person. */
const NOT_ON_LABEL_SCREEN = 'This works on the Label screen.';
const NOT_ON_REVIEW_SCREEN = 'This works on the Review screen.';
const NO_REVIEW = 'This project is not reviewed; a lead can turn that on in the review settings.';
const NO_PROJECT = 'Open a project first.';
const NO_IMAGE = 'Open an image first.';
const NOTHING_SELECTED = 'Select an object first.';

export function onLabelScreen({ workspace }: CommandContext): true | string {
  return workspace !== null || NOT_ON_LABEL_SCREEN;
}

/** An image of a project that is reviewed is open, on the label or the review screen. */
export function withReviewedImage(context: CommandContext): true | string {
  const open = withImage(context);
  if (open !== true || context.workspace === null) return open;
  const { review, policy } = context.workspace.review;
  if (!policy.get().isReviewed) return NO_REVIEW;
  return review.get() !== null || 'Wait until the review of this image was read.';
}

/** The open image was handed in, and who works may judge it. */
export function withImageToJudge(context: CommandContext): true | string {
  if (context.workspace?.kind !== 'review') return NOT_ON_REVIEW_SCREEN;
  const reviewed = withReviewedImage(context);
  if (reviewed !== true) return reviewed;
  const session = context.services.persistence.session();
  if (session === null || !isPermitted(session.role, 'review.judge')) {
    return 'Reviewers, leads and admins judge images.';
  }
  if (context.workspace.shownSet.get() !== 'own') return 'Go back to the labels of the image first.';
  const stage = context.workspace.review.review.get()?.stage;
  if (stage === 'review') return true;
  return stage === 'accepted'
    ? 'It is accepted already; reopen it to have it labelled again.'
    : 'It was not handed in yet.';
}

/** A suggestion is being drawn. */
export function withSuggestion(context: CommandContext): true | string {
  const reviewed = withReviewedImage(context);
  if (reviewed !== true) return reviewed;
  return context.workspace?.shownSet.get() === 'proposal' || 'Begin a suggestion first.';
}

/** Somebody proposes a fix of the open image, and nobody decided about it. */
export function withProposal(context: CommandContext): true | string {
  const reviewed = withReviewedImage(context);
  if (reviewed !== true || context.workspace === null) return reviewed;
  if (context.workspace.shownSet.get() !== 'own') return 'Go back to the labels of the image first.';
  return openProposal(context.workspace) !== undefined || 'Nobody proposes anything for this image.';
}

export function withProject({ services }: CommandContext): true | string {
  return services.navigation.route.get().projectId !== null || NO_PROJECT;
}

/** There are profiles, and one of them is signed in. */
export function somebodySignedIn({ services }: CommandContext): true | string {
  return services.people.state.get().session !== null || 'There are no profiles; make one in the settings.';
}

/** An image is open and its annotations were read. */
export function withImage(context: CommandContext): true | string {
  if (context.workspace === null) return NOT_ON_LABEL_SCREEN;
  return context.services.editor.document !== null || NO_IMAGE;
}

/** The open image can be edited now. */
export function withEditableImage(context: CommandContext): true | string {
  const open = withImage(context);
  if (open !== true) return open;
  return context.services.editor.session.readOnlyReason ?? true;
}

export function withSelection(context: CommandContext): true | string {
  const editable = withEditableImage(context);
  if (editable !== true) return editable;
  return context.services.editor.session.selection.size > 0 || NOTHING_SELECTED;
}

/** Something is selected; the image may be read only. */
export function withSelectionToRead(context: CommandContext): true | string {
  const open = withImage(context);
  if (open !== true) return open;
  return context.services.editor.session.selection.size > 0 || NOTHING_SELECTED;
}
