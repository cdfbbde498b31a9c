import { createBundleHandlers } from './bundles/bundle-handlers';
import { serveWorker } from './process-host/serve-worker';
import { createDatasetHandlers } from './store/dataset-handlers';

// The datasets process: label files of others, DuckDB and the lake. A hostile file or a crash of native code ends
// this process at worst; what is staged and published lies on disk and is found again.

serveWorker({ ...createDatasetHandlers(), ...createBundleHandlers() });
