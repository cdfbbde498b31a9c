import { useMemo } from 'react';
import type { Project } from '../../../shared/schema/project';
import { useObservable } from '../../app/observable';
import type { Services } from '../../app/services';
import { useServices } from '../../app/services';
import { readPublishSettings, splitRuleOf } from '../../datasets/publish-settings';
import type { CheckSettings } from '../../findings/finding-messages';

/** How a project is checked now: its rules, what was waived, and the splits that publishing would give it. */
export function checkSettingsOf({ rules, persistence }: Services, project: Project): CheckSettings {
  const publish = readPublishSettings(persistence.preferences, project.id);
  return {
    schema: project.schema,
    rules: rules.settings.get(),
    waivers: rules.waivers.get(),
    split: { rule: splitRuleOf(publish), states: publish.states },
    sourceNames: new Map(project.sources.map(({ id, displayName }) => [id, displayName])),
  };
}

/** As `checkSettingsOf`, made anew only when rules, waivers or labels changed. */
export function useCheckSettings(project: Project): CheckSettings {
  const services = useServices();
  const rules = useObservable(services.rules.settings);
  const waivers = useObservable(services.rules.waivers);
  const { schema } = project;
  // biome-ignore lint/correctness/useExhaustiveDependencies: counts of the project change with every edit and mean nothing here
  return useMemo(() => checkSettingsOf(services, project), [services, project.id, schema, rules, waivers]);
}
