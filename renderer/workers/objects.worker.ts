import '../app/zod-without-eval';
import type { ToObjectWorker } from '../objects/object-messages';
import { serveObjects } from '../objects/serve-objects';

const server = serveObjects((message, transfer) => self.postMessage(message, { transfer }));

self.addEventListener('message', (event: MessageEvent<ToObjectWorker>) => server.receive(event.data));
