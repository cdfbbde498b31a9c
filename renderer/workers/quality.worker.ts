import '../app/zod-without-eval';
import type { ToQualityWorker } from '../quality/engine/quality-messages';
import { serveQuality } from '../quality/engine/serve-quality';

const server = serveQuality((message) => self.postMessage(message));

self.addEventListener('message', (event: MessageEvent<ToQualityWorker>) => server.receive(event.data));
