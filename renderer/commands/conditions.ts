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

/** An image is open on the review screen of a project that is reviewed. */
export function withImageInReview(context: CommandContext): true | string {
  if (context.workspace?.kind !== 'review') return NOT_ON_REVIEW_SCREEN;
  return withReviewedImage(context);
}

/** An image of a project that is reviewed is open, on the label or the review screen. */
export function withReviewedImage(context: CommandContext): true | string {
  const open = withImage(context);
  if (open !== true || context.workspace === null) return open;
  const { review, policy } = context.workspace.review;
  if (!policy.get().isReviewed) return NO_REVIEW;
  return review.get() !== null || 'Wait until the review of this image was read.';
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
