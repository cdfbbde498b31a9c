import path from 'node:path';
import { app, type BrowserWindow, session } from 'electron';
import { createBackupChannels } from './backups/backup-channels';
import { createBackupStore } from './backups/backup-store';
import { createBundleChannels } from './bundles/bundle-channels';
import { acceptDroppedFiles } from './grants/dropped-files';
import { createGrantChannels } from './grants/grant-channels';
import { openGrantStore } from './grants/grant-store';
import { createTextFileChannels } from './grants/text-files';
import { dataHome } from './home/data-home';
import { createAdmission, isShut, sessionOf } from './ipc/admission';
import { createJobChannels } from './ipc/job-channels';
import { createEmit, registerChannels } from './ipc/router';
import { captureFailures } from './log/capture-failures';
import { createLogChannels } from './log/log-channels';
import { openLog } from './log/log-file';
import { createAssetResponder } from './media/asset-responses';
import { guardAssets } from './media/guard-assets';
import { createMediaChannels } from './media/media-channels';
import { createSampleChannels } from './media/sample/sample-channels';
import { createThumbnailCache, thumbnailCapBytes } from './media/thumbnail-cache';
import { createTileCache, tileCapBytes } from './media/tiles/tile-cache';
import { createTileService } from './media/tiles/tile-service';
import { createMenuChannels } from './menus/menu-channels';
import { lockWithSystem, openPeople } from './people/open-people';
import { createPeopleChannels } from './people/people-channels';
import { spawnWorkerProcess } from './process-host/spawn-worker-process';
import { stopWorkersAtQuit } from './process-host/stop-at-quit';
import { mendTornLogs } from './profile/mend-torn-logs';
import { createBundleResponder } from './security/bundle-responses';
import { denyNavigation } from './security/navigation';
import { denyNetwork, denyNetworkOfChromium } from './security/network';
import { denyPermissions } from './security/permissions';
import { registerSchemes, serveProtocols } from './security/protocols';
import { createDatasetChannels } from './store/dataset-channels';
import { createAppChannels, userName } from './windows/app-channels';
import { createCloseFlow } from './windows/close-flow';
import { recoverFromCrashes } from './windows/crash-recovery';
import { failToStart } from './windows/fail-to-start';
import { createMainWindow, focusWindow } from './windows/main-window';
import { RECOVERY_PAGES } from './windows/recovery-page';

// The composition root: a flat list of set-up calls, first what must run before the app is ready, then the rest.

/** Beside this bundle lie the preload and the workers; the renderer is in the folder next to it. */
const bundled = (file: string): string => path.join(__dirname, file);

const home = dataHome();
const log = openLog(home.logs);
captureFailures(log);
if (process.env.GROUNDMARK_PROFILE) app.setPath('userData', path.resolve(process.env.GROUNDMARK_PROFILE));
const profile = app.getPath('userData');
registerSchemes();
denyNetworkOfChromium(app.commandLine);
denyNavigation(app, (what, url) => log.write('warning', `A ${what} was refused.`, { url }));
// Root must run Chromium without its sandbox and says so by this switch; asking for both ends every child process.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

let mainWindow: BrowserWindow | null = null;
const getWindow = (): BrowserWindow | null => mainWindow;
const emit = createEmit(getWindow);
const closeFlow = createCloseFlow(emit, log);
const grantsOpening = openGrantStore(path.join(profile, 'grants.json'), () =>
  log.write('error', 'The list of opened folders was damaged; it was put aside and a new one begun.'),
);
const peopleOpening = openPeople(profile, log);

const media = spawnWorkerProcess(bundled('media-worker.cjs'), { name: 'media' });
const datasets = spawnWorkerProcess(bundled('datasets-worker.cjs'), { name: 'datasets' });
const tileMaker = spawnWorkerProcess(bundled('tiles-worker.cjs'), { name: 'tiles' });

function openWindow(): void {
  mainWindow = createMainWindow({
    preload: bundled('preload.cjs'),
    stateFile: path.join(profile, 'window.json'),
  });
  closeFlow.watch(mainWindow);
  recoverFromCrashes(mainWindow, log);
  mainWindow.on('closed', () => {
    mainWindow = null;
  });
}

async function start(): Promise<void> {
  // First of all: no page may have opened a database yet, and this instance alone holds the profile.
  mendTornLogs(profile, log);
  const [grants, people] = await Promise.all([grantsOpening, peopleOpening, app.whenReady()]);
  const whoWorks = () => sessionOf(people.keeper.state(), userName());
  lockWithSystem(people.keeper);
  const thumbnails = createThumbnailCache(path.join(profile, 'thumbnails'), thumbnailCapBytes());
  const tiles = createTileService(tileMaker, createTileCache(path.join(profile, 'tiles'), tileCapBytes()));
  const mediaJobs = createMediaChannels({ media, grants, thumbnails, emit });
  const datasetJobs = createDatasetChannels({ datasets, grants, home: home.root, emit });
  const bundleJobs = createBundleChannels({
    datasets,
    grants,
    folder: home.bundles,
    session: whoWorks,
    isKeyHere: (key) =>
      people.people.hasProfiles()
        ? people.people.list().some(({ publicKey, isRetired }) => publicKey === key && !isRetired)
        : people.installation.publicKey() === key,
  });
  denyPermissions(session.defaultSession);
  denyNetwork(session.defaultSession);
  serveProtocols(session.defaultSession, {
    bundle: createBundleResponder(bundled('../renderer'), RECOVERY_PAGES),
    asset: guardAssets(createAssetResponder({ grants, media, thumbnails, tiles }), {
      ...people.keeper,
      onRefused: (url) => log.write('warning', 'A picture was refused: nobody is signed in.', { url }),
    }),
  });
  registerChannels(
    {
      ...createAppChannels(grants, home),
      ...createLogChannels(log),
      ...createMenuChannels(emit),
      ...closeFlow.channels,
      ...createGrantChannels(grants),
      ...createTextFileChannels(),
      ...mediaJobs.channels,
      ...datasetJobs.channels,
      ...createSampleChannels({ media, grants, folder: home.sample }),
      ...createJobChannels([mediaJobs, datasetJobs, bundleJobs]),
      ...bundleJobs.channels,
      ...createBackupChannels(createBackupStore(home.backups), home.backups),
      ...createPeopleChannels({ ...people, session: whoWorks, log, emit }),
    },
    {
      getWindow,
      emit,
      admit: createAdmission(people.keeper.state, userName()),
      reportFailure: (channel, { message, code, details }) =>
        log.write('warning', message, { channel, code, details, by: whoWorks().name }),
    },
  );
  acceptDroppedFiles(grants, { getWindow, emit, mayOpen: () => !isShut(people.keeper.state()) });
  openWindow();
  log.write('info', 'Groundmark started.', {
    version: app.getVersion(),
    electron: process.versions.electron,
    platform: process.platform,
  });
}

// One instance a profile: two would hold one database, and the second start is by someone looking for the first.
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => focusWindow(mainWindow));
  app.on('window-all-closed', () => app.quit());
  stopWorkersAtQuit([media, datasets, tileMaker], log);
  start().catch((thrown: unknown) => failToStart(thrown, log));
} else {
  app.quit();
}
