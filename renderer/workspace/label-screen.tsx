import { ImageRail } from './image-rail/image-rail';
import { Inspector } from './inspector/inspector';
import { WorkspaceFrame } from './workspace-frame';

/** Where images are labelled. */
export default function LabelScreen() {
  return (
    <WorkspaceFrame
      screen="label"
      left={(searchRef) => <ImageRail searchRef={searchRef} />}
      right={(labelsRef) => <Inspector labelsRef={labelsRef} />}
    />
  );
}
