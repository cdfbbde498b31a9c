import { useEffect } from 'react';
import { useServices } from '../../app/services';
import { useEditorValue } from '../use-editor-value';
import { pinsOfReview } from './pins-of-review';
import { useOpenReview } from './use-open-review';

/** Keeps the pins on the canvas as the review and the objects are. Draws nothing itself. */
export function ReviewPins() {
  const { editor } = useServices();
  const { review } = useOpenReview();
  const document = useEditorValue((one) => one.document);
  useEffect(() => {
    if (review !== null && document !== null) editor.setPins(pinsOfReview(review, document));
    else if (editor.session.pins.length > 0) editor.setPins([]);
  }, [editor, review, document]);
  return null;
}
