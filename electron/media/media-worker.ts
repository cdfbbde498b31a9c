import { serveWorker } from '../process-host/serve-worker';
import { mediaHandlers } from './media-handlers';

// The media process: everything that touches the bytes of pictures outside of the renderer's sandbox happens here, so
// that a hostile or huge file can at worst end this process, and main answers with `process.crashed`.

serveWorker(mediaHandlers);
