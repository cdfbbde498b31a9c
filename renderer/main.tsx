import './app/zod-without-eval';
import '@mantine/core/styles.css';
import './components/tokens.css';
import { createRoot } from 'react-dom/client';
import { tellWhatIsMeasured } from './activity/tell-what-is-measured';
import { trackActivity } from './activity/track-activity';
import { App } from './app/app';
import { createServices, hearKeys } from './app/create-services';
import { THEME_KEY, type ThemeChoice } from './app/frame-state';
import { keepNativeMenu } from './app/keep-native-menu';
import { rememberLastPlace, routeAtStart } from './app/last-place';
import { createObservable } from './app/observable';
import { loadTheRestWhenIdle, SCREENS } from './app/screens';
import { ServicesContext } from './app/services';
import { StartupFailure } from './app/startup-failure';
import { schemeOf, Themed } from './app/themed';
import { createBridge, type PreloadApi } from './bridge/bridge';
import { createEditor } from './editor/create-editor';
import { openPersistence } from './persistence';
import { answerClosing } from './persistence/closing';
import { createPreferences, windowPreferenceHome } from './persistence/preferences';
import { keepSettings } from './settings/keep-settings';
import { findingsOf } from './workspace/findings';
import { keepHabits } from './workspace/keep-habits';

declare global {
  interface Window {
    readonly groundmark: PreloadApi;
  }
}

const EMPTY_SCHEMA = { revision: 0, nextClassIndex: 0, labels: [] };

async function start(): Promise<void> {
  const container = document.getElementById('root');
  if (container === null) throw new Error('index.html has no #root');
  const preferences = createPreferences(windowPreferenceHome());
  const themeChoice = preferences.get<ThemeChoice>(THEME_KEY, 'dark');
  // Before the first paint, so that nobody sees a flash of the other theme.
  document.documentElement.dataset.mantineColorScheme = schemeOf(themeChoice);
  const firstRoute = routeAtStart(preferences);
  // A chunk that cannot be loaded shows itself when the screen is rendered.
  const screenLoaded = SCREENS[firstRoute.screen].load().catch(() => undefined);

  const bridge = createBridge(window.groundmark);
  const sessionAsked = bridge.invoke('people.session', {});
  const opened = await openPersistence(bridge);
  const session = await sessionAsked;
  const root = createRoot(container);
  if (!opened.ok || !session.ok) {
    const failed = opened.ok ? session : opened;
    root.render(
      <Themed choice={createObservable(themeChoice)}>
        {!failed.ok && <StartupFailure error={failed.error} bridge={bridge} />}
      </Themed>,
    );
    return;
  }
  const persistence = opened.value;
  keepSettings(persistence);
  const editor = createEditor({
    annotations: persistence.annotations,
    journal: persistence.journal,
    actor: () => persistence.actor(),
    newId: () => crypto.randomUUID(),
    now: () => new Date().toISOString(),
    schema: EMPTY_SCHEMA,
    evaluateFindings: (document, schema) => findingsOf(document, schema, services.rules).length > 0,
  });
  keepHabits(editor, persistence.preferences);
  const services = createServices({ bridge, persistence, editor }, firstRoute, session.value);
  if (firstRoute.screen === 'label' && firstRoute.projectId !== null && !services.people.isShut()) {
    services.workspaces.prepare(firstRoute.projectId);
  }
  rememberLastPlace(services.navigation, persistence.preferences);
  hearKeys(services);
  trackActivity(services);
  tellWhatIsMeasured(services);
  answerClosing(bridge, persistence, () => editor.settled());
  await screenLoaded;
  root.render(
    <Themed choice={services.frame.theme}>
      <ServicesContext value={services}>
        <App />
      </ServicesContext>
    </Themed>,
  );
  keepNativeMenu(services);
  loadTheRestWhenIdle();
}

void start();
