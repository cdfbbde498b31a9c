import { ImageRail } from '../workspace/image-rail/image-rail';
import { Inspector } from '../workspace/inspector/inspector';
import { WorkspaceFrame } from '../workspace/workspace-frame';

/** Where labels are judged. */
export default function ReviewScreen() {
  return (
    <WorkspaceFrame
      screen="review"
      purpose={{ kind: 'review', filter: {} }}
      left={(searchRef) => <ImageRail searchRef={searchRef} />}
      right={(labelsRef) => <Inspector labelsRef={labelsRef} />}
    />
  );
}
