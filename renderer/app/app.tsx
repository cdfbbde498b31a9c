import { useEffect, useState } from 'react';
import { ShownWhenLoaded } from '../components/loaded-later';
import { ImportsHost } from '../imports/imports-host';
import { SourceBanners } from '../imports/source-banners';
import { Cover, loadSignIn } from '../people/cover';
import { ActivityBar } from './activity-bar';
import styles from './app.module.css';
import { ErrorBoundary } from './error-boundary';
import { JobTray } from './job-tray';
import { useObservable } from './observable';
import { OVERLAYS, SCREENS } from './screens';
import { useRoute, useServices } from './services';
import { ToastList } from './toast-list';

/**
 * The app of whoever is at it. While they are away it stays as it is under the cover; nobody who is not signed in has
 * any of it, and another person gets it anew.
 */
export function App() {
  const { people } = useServices();
  const { kind, session } = useObservable(people.state);
  // A window that was loaded anew while the app was locked has nothing behind the cover, and main would answer nothing.
  const [hasWork, setHasWork] = useState(!people.isShut());
  useEffect(() => {
    if (kind !== 'open') loadSignIn();
    if (kind !== 'locked') setHasWork(kind !== 'signedOut');
  }, [kind]);
  if (kind === 'signedOut' || (kind === 'locked' && !hasWork)) return <Cover />;
  return (
    <>
      <Frame key={session?.personId} />
      {kind === 'locked' && <Cover />}
    </>
  );
}

/** The frame around every screen: activity bar, the screen itself, tray, toasts and overlays. */
function Frame() {
  const { bridge, frame } = useServices();
  const route = useRoute();
  const overlay = useObservable(frame.overlay);
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
          <ShownWhenLoaded key={`${route.screen} ${route.projectId}`} part={SCREENS[route.screen]} />
        </ErrorBoundary>
      </main>
      <JobTray />
      <ToastList />
      <ImportsHost />
      {overlay !== null && <ShownWhenLoaded key={overlay} part={OVERLAYS[overlay]} />}
    </div>
  );
}
