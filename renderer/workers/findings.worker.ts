import '../app/zod-without-eval';
import type { ToFindingWorker } from '../findings/finding-messages';
import { serveFindings } from '../findings/serve-findings';

const server = serveFindings((message) => self.postMessage(message));

self.addEventListener('message', (event: MessageEvent<ToFindingWorker>) => server.receive(event.data));
