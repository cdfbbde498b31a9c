import { MantineProvider } from '@mantine/core';
import { type ReactNode, useSyncExternalStore } from 'react';
import { theme } from '../components/theme';
import { cssVariables } from '../components/theme-variables';
import type { ThemeChoice } from './frame-state';
import type { Observable } from './observable';
import { useObservable } from './observable';

const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');

function observeSystem(listener: () => void) {
  prefersDark.addEventListener('change', listener);
  return () => prefersDark.removeEventListener('change', listener);
}

/** The scheme to paint with now. */
export function schemeOf(choice: ThemeChoice): 'dark' | 'light' {
  if (choice !== 'system') return choice;
  return prefersDark.matches ? 'dark' : 'light';
}

export function Themed(props: { readonly choice: Observable<ThemeChoice>; readonly children: ReactNode }) {
  const choice = useObservable(props.choice);
  const scheme = useSyncExternalStore(observeSystem, () => schemeOf(choice));
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme={scheme}>
      {props.children}
    </MantineProvider>
  );
}
