import { lazy, Suspense } from 'react';
import { ImportsHost } from '../imports/imports-host';
import { SourceBanners } from '../imports/source-banners';
import { ActivityBar } from './activity-bar';
import styles from './app.module.css';
import { ErrorBoundary } from './error-boundary';
import { JobTray } from './job-tray';
import { useObservable } from './observable';
import { SCREENS } from './screens';
import { useRoute, useServices } from './services';
import { ToastList } from './toast-list';

const CommandPalette = lazy(() => import('../commands/palette/command-palette'));
const HelpOverlay = lazy(() => import('../commands/help-overlay/help-overlay'));

/** The frame around every screen: activity bar, the screen itself, tray, toasts and overlays. */
export function App() {
  const { bridge, frame } = useServices();
  const route = useRoute();
  const overlay = useObservable(frame.overlay);
  const Screen = SCREENS[route.screen];
  return (
    <div className={styles.app}>
      <ActivityBar />
      <main className={styles.screen} aria-label={route.screen}>
        <SourceBanners />
        <ErrorBoundary
          resetKey={`${route.screen} ${route.projectId}`}
          onError={(error) =>
            void bridge.invoke('log.write', {
              level: 'error',
              message: `Screen ${route.screen} failed: ${error.message}`.slice(0, 10_000),
              details: { stack: (error.stack ?? '').slice(0, 20_000) },
            })
          }
        >
          <Suspense fallback={<div className={styles.waiting} aria-busy="true" />}>
            <Screen key={route.projectId} />
          </Suspense>
        </ErrorBoundary>
      </main>
      <JobTray />
      <ToastList />
      <ImportsHost />
      <Suspense fallback={null}>
        {overlay === 'palette' && <CommandPalette />}
        {overlay === 'help' && <HelpOverlay />}
      </Suspense>
    </div>
  );
}
